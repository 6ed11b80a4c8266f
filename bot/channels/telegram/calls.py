"""The calls that both libraries name as the Bot API does, and so are written once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from bot.channels.telegram.api import ALLOWED_UPDATES, Rows, understood


class Calls(ABC):
    """What `bot.channels.telegram.api.Library` asks, by a library's `_bot`."""

    _bot: Any

    @abstractmethod
    def _translated(self) -> AbstractAsyncContextManager[None]:
        """The library's errors by our names; their own texts may quote what was to be sent, or the token."""

    @abstractmethod
    def _keyboard(self, rows: Rows) -> Any:
        """An inline keyboard as the library has it; None without rows."""

    @abstractmethod
    def _command(self, name: str, description: str) -> Any:
        """A command as the library has it."""

    @abstractmethod
    def _file(self, name: str, content: bytes) -> Any:
        """A file to send as the library has it."""

    @asynccontextmanager
    async def _calling(self) -> AsyncIterator[None]:
        """A call, and reading its answer."""
        with understood():
            async with self._translated():
                yield

    async def name(self) -> str:
        """The bot's user name."""
        async with self._calling():
            me = await self._bot.get_me()
            return str(me.username or "")

    async def send(self, chat: str, text: str, rows: Rows, *, html: bool) -> int:
        """Send a text; returns the message's id."""
        async with self._calling():
            sent = await self._bot.send_message(
                chat, text, parse_mode="HTML" if html else None, reply_markup=self._keyboard(rows)
            )
            return int(sent.message_id)

    async def edit(self, chat: str, message: int, text: str, *, html: bool) -> None:
        """Replace the text of a message, and take away its keyboard."""
        async with self._calling():
            await self._bot.edit_message_text(
                text, chat_id=chat, message_id=message, parse_mode="HTML" if html else None
            )

    async def bare(self, chat: str, message: int) -> None:
        """Take away a message's keyboard, leaving its text."""
        async with self._calling():
            await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message)

    async def acknowledge(self, press: str, text: str) -> None:
        """Answer a button press, with a short text or none."""
        async with self._calling():
            await self._bot.answer_callback_query(press, text=text or None)

    async def document(self, chat: str, name: str, content: bytes) -> None:
        """Send a file."""
        async with self._calling():
            await self._bot.send_document(chat, self._file(name, content))

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to `url`."""
        async with self._calling():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))

    async def remove_webhook(self) -> None:
        """Have updates wait again; none is dropped."""
        async with self._calling():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def commands(self, language: str) -> list[tuple[str, str]]:
        """The commands shown in `language` ('' for the default)."""
        async with self._calling():
            found = await self._bot.get_my_commands(language_code=language or None)
            return [(one.command, one.description) for one in found]

    async def set_commands(self, language: str, commands: Sequence[tuple[str, str]]) -> None:
        """Set them."""
        listed = [self._command(name, text) for name, text in commands]
        async with self._calling():
            await self._bot.set_my_commands(listed, language_code=language or None)

    async def descriptions(self, language: str) -> tuple[str, str]:
        """The long and the short description in `language`."""
        async with self._calling():
            long = await self._bot.get_my_description(language_code=language or None)
            short = await self._bot.get_my_short_description(language_code=language or None)
            return long.description, short.short_description

    async def set_descriptions(self, language: str, long: str, short: str) -> None:
        """Set them."""
        async with self._calling():
            await self._bot.set_my_description(long, language_code=language or None)
            await self._bot.set_my_short_description(short, language_code=language or None)
