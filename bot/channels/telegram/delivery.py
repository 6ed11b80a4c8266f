"""One message shown in a Telegram chat: the question before it loses its keyboard, then it is sent."""

from __future__ import annotations

from bot.channels.telegram.api import Library, NotAccepted
from bot.channels.telegram.screen import keyboard, texts
from bot.shown import Shown


class Delivery:
    """Shows messages by a library. Raises TelegramError's subclasses."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def show(self, chat: str, message: Shown, before: str, has_buttons: bool) -> str:
        """Close the question before, send this one and its file; returns the id of what shows it."""
        if before and has_buttons:
            await self._close(chat, int(before), message)
        sent = await self._send(chat, message)
        for name, _kind, content in message.files:
            await self._library.document(chat, name, content.encode())
        return str(sent)

    async def _close(self, chat: str, before: int, message: Shown) -> None:
        """The answered question shows its answer; one that was not answered only loses its keyboard."""
        try:
            if message.closes:
                closed = texts(message.closes, html=True, question=False)
                await self._library.edit(chat, before, closed[0], html=True)
            else:
                await self._library.bare(chat, before)
        except NotAccepted as error:
            if error.markup and message.closes:
                plain = texts(message.closes, html=False, question=False)
                await self._library.edit(chat, before, plain[0], html=False)

    async def _send(self, chat: str, message: Shown) -> int:
        """Send the text, in parts if it is long; as plain text if Telegram cannot read the markup."""
        try:
            return await self._parts(chat, message, html=True)
        except NotAccepted as error:
            if not error.markup:
                raise
            return await self._parts(chat, message, html=False)

    async def _parts(self, chat: str, message: Shown, *, html: bool) -> int:
        parts = texts(message.lines, html=html, question=bool(message.choices))
        sent = 0
        for place, text in enumerate(parts):
            rows = keyboard(message) if place == len(parts) - 1 else ()
            sent = await self._library.send(chat, text, rows, html=html)
        return sent
