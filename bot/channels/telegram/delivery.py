"""One message shown in a Telegram chat: an earlier one is closed or changed by it, or it is sent."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.channels.telegram.api import Library, NotAccepted
from bot.channels.telegram.screen import keyboard, texts
from bot.delivered import Delivered, Place
from bot.pace import Pace
from bot.shown import Shown

log = logging.getLogger(__name__)

T = TypeVar("T")


class Delivery:
    """Shows messages by a library, at a pace. Raises Undelivered."""

    def __init__(self, library: Library, pace: Pace) -> None:
        self._library = library
        self._pace = pace

    async def show(self, chat: str, message: Shown, place: Place, part: int) -> Delivered:
        """Show the part of that number: the texts come first, then the files.

        With the first, the message that it closes is closed, or the one whose place it takes is changed.
        """
        if place.closes and part == 0:
            await self._close(chat, int(place.closes), message)
        if place.replaces and part == 0 and await self._changed(chat, int(place.replaces), message):
            return Delivered(place.replaces, bool(message.files))
        await self._pace.take(chat)
        parts = len(texts(message.lines, html=False, question=False))
        more = part + 1 < parts + len(message.files)
        if part >= parts:
            name, _kind, content = message.files[part - parts]
            await self._library.document(chat, name, content)
            return Delivered(more=more)
        last = part == parts - 1
        sent = await _readable(lambda html: self._send(chat, message, part, last=last, html=html))
        return Delivered(str(sent) if last else "", more)

    async def _send(self, chat: str, message: Shown, part: int, *, last: bool, html: bool) -> int:
        lines = texts(message.lines, html=html, question=bool(message.choices))
        return await self._library.send(chat, lines[part], keyboard(message) if last else (), html=html)

    async def _changed(self, chat: str, earlier: int, message: Shown) -> bool:
        """Whether the earlier message shows this text now; not if one is too short for it, or it is gone.

        This counts as a message in the pace, since it stands for one.
        """
        if len(texts(message.lines, html=False, question=False)) > 1:
            return False
        await self._pace.take(chat)
        try:
            await _readable(lambda html: self._edit(chat, earlier, message.lines, html=html))
        except NotAccepted as error:
            if not error.unchanged:
                log.warning("message not changed")
            return error.unchanged
        return True

    async def _close(self, chat: str, before: int, message: Shown) -> None:
        """What is closed shows how it ended; a question that was not answered only loses its keyboard.

        That Telegram refuses it changes nothing: it was closed already, or is gone, or too old.
        """
        self._pace.check()
        try:
            if message.closes:
                await _readable(lambda html: self._edit(chat, before, message.closes, html=html))
            else:
                await self._library.bare(chat, before)
        except NotAccepted as error:
            if not error.unchanged:
                log.warning("message not closed")

    async def _edit(self, chat: str, message: int, lines: tuple[str, ...], *, html: bool) -> None:
        await self._library.edit(chat, message, texts(lines, html=html, question=False)[0], html=html)


async def _readable(call: Callable[[bool], Awaitable[T]]) -> T:
    """What `call` returns with markup; without, if Telegram cannot read that."""
    try:
        return await call(True)
    except NotAccepted as error:
        if not error.markup:
            raise
    return await call(False)
