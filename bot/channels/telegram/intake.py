"""Updates in: each decoded on its own, committed together, and only then answered or confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.channels.telegram.api import Library, Moved, NotAccepted
from bot.channels.telegram.heard import Heard, Kind, encodable, heard, undecoded
from bot.channels.telegram.patience import patiently
from bot.channels.telegram.screen import pressed
from bot.delivered import Flooded, Undelivered
from bot.i18n import ENGLISH, language_of, words
from bot.pace import Pace
from bot.received import Inbox, Received
from dialogs.conversation import Arrived, Event, Noticed, Pressed, Said, Shared
from dialogs.scenes.about import in_group

log = logging.getLogger(__name__)

ENTRIES = {"check": "check", "register": "register", "filings": "filings"}
LANGUAGES = {"en": "en", "zh": "zh_CN", "zh_CN": "zh_CN"}
"""What a link's `?start=` may ask for: an entry point or a language, nothing else."""
WORTH_ANSWERING = 150.0
"""Seconds after which a press cannot be answered any more."""


class Intake:
    """Takes raw updates. When `take` returns they are committed. `link` leads to a private chat."""

    def __init__(self, library: Library, inbox: Inbox, pace: Pace) -> None:
        self._library = library
        self._inbox = inbox
        self._pace = pace
        self._answering: set[asyncio.Task[None]] = set()
        self._groups: set[str] = set()
        self.link = ""
        self.undecodable = 0

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Commit what these updates say, in order; then answer presses and groups. Raises NotTaken."""
        said = [self._heard(raw) for raw in raws]
        waiting: list[Received] = []
        for one in said:
            event = _event(one)
            if event is not None and one.chat:
                waiting.append(Received(one.chat, event, _id(one), one.language))
            elif one.kind is Kind.BLOCKED:
                await self._inbox.take(waiting)
                waiting = []
                await self._inbox.hold(one.chat, _id(one))
        await self._inbox.take(waiting)
        for one in said:
            if one.press:
                self._answer(self._acknowledge(one.press))
            if one.kind is Kind.GROUP and self._is_me(one.text) and one.chat not in self._groups:
                self._groups.add(one.chat)  # one line is on its way there; it answers all who ask meanwhile
                self._answer(self._in_group(one.chat, one.language))

    async def finish(self) -> None:
        """Return when all that was taken is answered."""
        await asyncio.gather(*self._answering)

    def _heard(self, raw: dict[str, Any]) -> Heard:
        """What one update says. One that cannot be read is counted; its owner is told if known."""
        try:
            return heard(self._library.decode(encodable(raw)))
        except Exception:
            self.undecodable += 1
            log.exception("update unreadable", extra={"count": self.undecodable})
            return undecoded(raw)

    def _is_me(self, name: str) -> bool:
        """Whether a bot of that name is this one; a command without a name is for every bot."""
        return not name or self.link.casefold().endswith(f"/{name.casefold()}")

    def _answer(self, call: Coroutine[Any, Any, None]) -> None:
        """Do it beside what comes next: nobody has to wait for it."""
        task = asyncio.create_task(call)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _acknowledge(self, press: str) -> None:
        """Every press is answered, as long as Telegram takes it."""
        try:
            async with asyncio.timeout(WORTH_ANSWERING):
                await patiently(lambda: self._library.acknowledge(press, ""))
        except NotAccepted as error:
            if not error.too_old:
                log.warning("press not answered")
        except (Undelivered, TimeoutError) as error:
            log.warning("press not answered", extra={"why": type(error).__name__})

    async def _in_group(self, chat: str, language: str) -> None:
        """One line, and no conversation: nothing is kept of a group, and nothing personal is said there."""
        line = words(language_of(language) or ENGLISH).text(in_group(self.link))
        try:
            await self._pace.take(chat)
            await self._library.send(chat, line, (), html=False)
        except Moved as moved:
            await self._in_group(moved.chat, language)
        except Undelivered as error:
            if isinstance(error, Flooded):
                self._pace.be_quiet(error.retry_after)
            log.warning("group not answered", extra={"why": type(error).__name__})
        finally:
            self._groups.discard(chat)


def _id(one: Heard) -> str:
    """By what a repetition is known. The parts of an album are one thing said."""
    return f"album {one.chat} {one.album}" if one.album else str(one.update)


def _event(one: Heard) -> Event | None:
    """What it means to the conversation; None if nothing."""
    match one.kind:
        case Kind.TEXT:
            return _started(one.text) or Said(one.text)
        case Kind.CONTACT:
            return Shared(one.text)
        case Kind.PRESS:
            return Pressed(*(pressed(one.text) or (-1, 0)))
        case Kind.RETURNED:
            return Arrived()
        case Kind.OTHERS_CONTACT | Kind.EDITED | Kind.UNREADABLE:
            return Noticed(one.kind.value)
    return None


def _started(text: str) -> Event | None:
    """/start with what a link asked for; anything but an entry point or a language is left out."""
    command, _, payload = text.partition(" ")
    if command != "/start" or not payload.strip():
        return None
    asked = payload.strip()
    return Arrived(ENTRIES.get(asked, "start"), LANGUAGES.get(asked, ""))
