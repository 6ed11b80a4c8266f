"""Updates in: each decoded on its own, committed together, and only then answered or confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from bot.channels.telegram.api import Library, NotAccepted, TelegramError, Undecodable
from bot.channels.telegram.heard import Heard, Kind, chat_of, heard
from bot.channels.telegram.screen import pressed
from bot.received import Inbox, Received
from dialogs.conversation import Arrived, Event, Noticed, Pressed, Said

log = logging.getLogger(__name__)

ENTRIES = {"check": "check", "register": "register", "filings": "filings"}
LANGUAGES = {"en": "en", "zh": "zh_CN", "zh_CN": "zh_CN"}
"""What a link's `?start=` may ask for: an entry point or a language, nothing else."""


class Intake:
    """Takes raw updates. When `take` returns they are committed."""

    def __init__(self, library: Library, inbox: Inbox) -> None:
        self._library = library
        self._inbox = inbox
        self.undecodable = 0

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Commit what these updates say, in order; then answer the presses among them."""
        said = [self._heard(raw) for raw in raws]
        for one in said:
            if one.kind is Kind.BLOCKED:
                await self._inbox.hold(one.chat)
            elif one.kind is Kind.RETURNED:
                await self._inbox.resume(one.chat)
        received = [entry for one in said if (entry := _received(one)) is not None]
        await self._inbox.take(received)
        presses = [one.press for one in said if one.press]
        await asyncio.gather(*(self._acknowledge(press) for press in presses))

    def _heard(self, raw: dict[str, Any]) -> Heard:
        """What one update says. One that cannot be decoded is counted; its owner is told if known."""
        try:
            return heard(self._library.decode(raw))
        except Undecodable:
            self.undecodable += 1
            log.warning("update undecodable", extra={"count": self.undecodable})
            chat = chat_of(raw)
            return Heard(int(raw.get("update_id", 0)), Kind.UNREADABLE if chat else Kind.IGNORED, chat)

    async def _acknowledge(self, press: str) -> None:
        """Every press is answered; that one is too old, or the line is cut, changes nothing."""
        try:
            await self._library.acknowledge(press, "")
        except NotAccepted as error:
            if not error.too_old:
                log.warning("press not acknowledged")
        except TelegramError as error:
            log.info("press not acknowledged", extra={"why": type(error).__name__})


def _received(one: Heard) -> Received | None:
    event = _event(one)
    if event is None or not one.chat:
        return None
    # The parts of an album are one thing said.
    update = f"album {one.album}" if one.album else str(one.update)
    return Received(one.chat, event, update, one.language)


def _event(one: Heard) -> Event | None:
    """What it means to the conversation; None if nothing."""
    match one.kind:
        case Kind.TEXT:
            return _started(one.text) or Said(one.text)
        case Kind.CONTACT:
            return Said(one.text)
        case Kind.PRESS:
            return Pressed(*(pressed(one.text) or (-1, 0)))
        case Kind.RETURNED:
            return Arrived()
        case Kind.OTHERS_CONTACT | Kind.EDITED | Kind.UNREADABLE | Kind.GROUP:
            return Noticed(one.kind.value)
    return None


def _started(text: str) -> Event | None:
    """/start with what a link asked for; anything but an entry point or a language is left out."""
    command, _, payload = text.partition(" ")
    if command != "/start" or not payload.strip():
        return None
    asked = payload.strip()
    return Arrived(ENTRIES.get(asked, "start"), LANGUAGES.get(asked, ""))
