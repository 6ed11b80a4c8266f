"""One chat that is read by whoever holds it open, such as a console: events in, words out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.printer import Printer
from bot.runner import Incoming, Runner
from bot.shown import Shown
from dialogs.conversation import Event
from dialogs.filing import OPEN
from storage import outbox
from storage.database import Database
from storage.records import Address, Outgoing, Unreadable

log = logging.getLogger(__name__)


class Stream:
    """One chat. `after` is called when a turn is committed; `news` is set when there is some."""

    def __init__(
        self,
        address: Address,
        runner: Runner,
        database: Database,
        printer: Printer,
        after: Callable[[], None],
    ) -> None:
        self._address = address
        self._after = after
        self._runner = runner
        self._database = database
        self._printer = printer
        self.news = asyncio.Event()

    async def take(self, event: Event) -> None:
        """Take one event; its messages wait after this."""
        await asyncio.to_thread(self._runner.run, [Incoming(self._address, event)])
        self._after()

    async def waiting(self) -> list[Shown]:
        """The messages not shown yet, in order."""
        return [
            await self._printer.shown(one.id, one.language, one.turn, one.message)
            for one in await asyncio.to_thread(self._waiting)
        ]

    def _waiting(self) -> list[Outgoing]:
        """What waits. A message that cannot be read is deleted: it would stand before all others for ever."""
        while True:
            try:
                with self._database.reading() as tx:
                    return outbox.waiting(tx, self._address)
            except Unreadable as error:
                log.exception("message unreadable", extra={"row": error.row})
                self._sent([int(error.row)])

    async def shown(self, ids: list[int]) -> None:
        """These have been shown, and need not be kept."""
        await asyncio.to_thread(self._sent, ids)

    def _sent(self, ids: list[int]) -> None:
        with self._database.transaction() as tx:
            outbox.sent(tx, ids)

    async def unfinished(self) -> bool:
        """Whether something confirmed here has no answer from the office yet."""
        loaded = await asyncio.to_thread(self._runner.conversation, self._address)
        return any(filing.state in OPEN for filing in loaded.conversation.filings)
