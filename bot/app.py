"""The composition root: the one place that constructs things."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.clock import Clock
from bot.delivered import Deliver
from bot.i18n import ENGLISH, words
from bot.inbox import ChannelInbox
from bot.office.stated import last_word
from bot.pace import Pace
from bot.papers.seal import ReceiptKey
from bot.printer import Printer
from bot.reminding import Reminding
from bot.rulebook import rulebook, texts
from bot.runner import Runner
from bot.sending import Sending
from bot.settings import Settings
from bot.stream import Stream
from bot.sweeping import Sweeping
from dialogs.conversation import Office, World
from dialogs.rules.statement import Statement
from storage import astray, keys, rulebooks, secrets
from storage.database import Database
from storage.records import Address

if TYPE_CHECKING:
    from bot.outbox import Outbox

log = logging.getLogger(__name__)

FIRST_WORD = 5.0
"""Seconds to wait, before the first answer, for what the office states."""
PROBE = 2.0
"""Seconds after which a database that has not answered counts as away."""


def now() -> datetime:
    """The clock. The only one."""
    return datetime.now(UTC)


class App:
    """All that runs in one process, while it is entered. `language` is for owners who have not said.

    `clock` tells the time, and `seconds` counts those that pass.
    """

    def __init__(
        self,
        settings: Settings,
        language: str,
        clock: Callable[[], datetime] = now,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._now = clock
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._settings = settings
        self._language = language
        self._database = Database.open(settings.database_url, keys.in_file(settings.key_path))
        self._runner = Runner(self._database, self.world)
        self._office = _office_of(settings)
        self._statements = last_word(self._database, self._office, clock()) if self._office else {}
        self._clock = self._held_against(seconds)
        self._keep_rulebook()
        self._receipts = self._receipt_key()
        self._printer = Printer(self._receipts.seal)
        self._sendings: dict[str, Sending] = {}
        self._streams: dict[Address, Stream] = {}
        self.outbox: Outbox | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._opened = AsyncExitStack()

    def _held_against(self, seconds: Callable[[], float]) -> Clock:
        """The clock, held against what is known from earlier."""
        clock = Clock(self._now, seconds)
        with self._database.reading() as tx:
            clock.compare(astray.newest(tx))
        return clock

    def _keep_rulebook(self) -> None:
        """Today's rulebook is kept, so that after an upgrade it is known what has changed."""
        version = rulebook().version
        with self._database.reading() as tx:
            if rulebooks.newest(tx) == version:
                return
        with self._database.transaction() as tx:
            rulebooks.keep(tx, version, texts(), self._now())

    def _receipt_key(self) -> ReceiptKey:
        """The key that receipts are proven with; made the first time."""
        with self._database.reading() as tx:
            secret = secrets.load(tx, secrets.RECEIPTS)
        if secret is None:
            with self._database.transaction() as tx:
                secret = secrets.load_or_make(tx, secrets.RECEIPTS)
        return ReceiptKey(secret)

    def world(self) -> World:
        """What turns may know, now."""
        practice = self._office == "sandbox" or any(s.practice for s in self._statements.values())
        kind = ("practice" if practice else "real") if self._office else "none"
        return World(
            now=self._now(),
            rulebook=rulebook(),
            fresh="",
            language=self._language,
            statements=self._statements,
            office=Office(kind, self._office),
            operator=(self._settings.operator, self._settings.operator_contact),
            label=lambda language, text: words(language or ENGLISH).text(text),
            prove=self._receipts.prove,
        )

    def inbox(self, channel: str) -> ChannelInbox:
        """Where a channel's events go."""
        return ChannelInbox(channel, self._runner, self._database, self._now, self._committed)

    def sending(self, channel: str, deliver: Deliver, pace: Pace) -> Sending:
        """What sends a channel's messages."""
        made = Sending(channel, self._database, deliver, self._now, pace, self._printer)
        self._sendings[channel] = made
        return made

    def stream(self, address: Address) -> Stream:
        """The chat of one address."""
        if address not in self._streams:
            self._streams[address] = Stream(
                address, self._runner, self._database, self._printer, self._committed
            )
        return self._streams[address]

    def _committed(self) -> None:
        """A turn was committed: there may be something to send."""
        for sending in self._sendings.values():
            sending.wake()
        if self.outbox:
            self.outbox.wake()

    async def connect(self) -> None:
        """Begin what runs beside the chats; return when the office, if any, has said what it collects."""
        self._tasks.append(asyncio.create_task(Sweeping(self._database, self._runner, self._clock).run()))
        if self._sendings:
            reminding = Reminding(self._sendings, self._database, self._runner, self._clock, self._told)
            self._tasks.append(asyncio.create_task(reminding.run()))
        if not self._office:
            return
        # HTTP takes as long to import as all the rest of a start, and is not needed for the first prompt.
        from bot.office.client import OfficeClient  # noqa: PLC0415
        from bot.office.link import OfficeLink  # noqa: PLC0415
        from bot.outbox import Outbox  # noqa: PLC0415

        token = self._settings.office_token
        client = OfficeClient(await self._url(), token.get_secret_value() if token else None)
        self._opened.push_async_callback(client.aclose)
        link = OfficeLink(self._office, client, self._database, self._now, self._heard)
        self.outbox = Outbox(self._database, self._runner, link, self._now, self._told, self._believed)
        try:
            async with asyncio.timeout(FIRST_WORD):
                await link.refresh()
        except TimeoutError:
            log.warning("office slow")
        self._tasks.extend(asyncio.create_task(work()) for work in (link.keep_fresh, self.outbox.run))

    async def _url(self) -> str:
        """Where the office is; the practice office is started within this process."""
        if self._office != "sandbox":
            return self._office
        from bot.office.sandbox import embedded  # noqa: PLC0415 - a web server, only for practice

        return await self._opened.enter_async_context(embedded(self._settings.data / "practice-office"))

    async def watch(self) -> None:
        """Return never; raise what has ended a task that runs beside the chats."""
        await asyncio.gather(*self._tasks)

    async def reachable(self) -> bool:
        """Whether the database answers, and soon."""
        try:
            async with asyncio.timeout(PROBE):
                return await asyncio.to_thread(self._database.reachable)
        except TimeoutError:
            return False

    def _believed(self) -> bool:
        return self._clock.believed() is not None

    def _heard(self, stated: Mapping[str, Statement]) -> None:
        self._statements = stated

    def _told(self, address: Address) -> None:
        for sending in self._sendings.values():
            sending.wake()
        if address in self._streams:
            self._streams[address].news.set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._opened.aclose()
        self._database.close()


def _office_of(settings: Settings) -> str:
    """A URL, 'sandbox', or '' for no office. A real one is used only if it is said who runs the bot."""
    office = settings.office or "sandbox"
    if office == "none":
        return ""
    if office != "sandbox" and not settings.named:
        log.warning("office not offered: BEIAN_OPERATOR and BEIAN_OPERATOR_CONTACT are not set")
        return ""
    return office
