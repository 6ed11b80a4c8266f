"""Both libraries behind the same few calls, to try the server with what bots really use.

Updates are fetched undecoded and decoded one by one, as a bot must that loses none.
"""

from __future__ import annotations

from typing import Any

import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.request import HTTPXRequest

from tests.telegram.errors import Json
from tests.telegram.server import Telegram

KINDS = "message edited_message channel_post edited_channel_post callback_query my_chat_member".split()


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """aiogram's getUpdates without decoding."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"
    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Aiogram:
    """aiogram 3."""

    def __init__(self, server: Telegram) -> None:
        self._line = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        self._bot = Bot(server.token, session=self._line)

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Without the quarter of a second that aiogram's own `close` sleeps."""
        await (await self._line.create_session()).close()

    async def send(self, chat: int, text: str, label: str = "") -> int:
        """Send HTML, perhaps with a button."""
        rows = [[InlineKeyboardButton(text=label, callback_data="data")]]
        keyboard = InlineKeyboardMarkup(inline_keyboard=rows) if label else None
        sent = await self._bot.send_message(
            chat, text, parse_mode="HTML", reply_markup=keyboard, disable_notification=False
        )
        return sent.message_id

    async def edit(self, chat: int, number: int, text: str) -> None:
        """Change a text."""
        await self._bot.edit_message_text(text, chat_id=chat, message_id=number, parse_mode="HTML")

    async def answer(self, press: str) -> None:
        """Answer a press."""
        await self._bot.answer_callback_query(press, show_alert=False)

    async def updates(self, offset: int | None = None) -> list[Json]:
        """Fetch updates."""
        return await self._bot(RawUpdates(offset=offset, timeout=1, allowed_updates=KINDS))

    def decode(self, update: Json) -> Any:
        """Decode one."""
        return Update.model_validate(update, context={"bot": self._bot})

    async def upload(self, chat: int, name: str, content: bytes) -> str:
        """Send a file; returns its id."""
        sent = await self._bot.send_document(chat, BufferedInputFile(content, name))
        assert sent.document is not None
        return sent.document.file_id

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        stream = await self._bot.download(file_id)
        assert stream is not None
        return stream.read()

    async def introduce(self, description: str, command: str) -> list[str]:
        """Set a description and a command in Chinese; returns both as they are read back."""
        scope = BotCommandScopeAllPrivateChats()
        commands = [BotCommand(command=command, description=description)]
        await self._bot.set_my_description(description, language_code="zh")
        await self._bot.set_my_commands(commands, scope=scope, language_code="zh")
        there = await self._bot.get_my_commands(scope=scope, language_code="zh")
        return [(await self._bot.get_my_description("zh")).description, *(one.command for one in there)]


class Ptb:
    """python-telegram-bot 22."""

    def __init__(self, server: Telegram) -> None:
        self._bot = telegram.Bot(
            server.token,
            base_url=f"{server.url}/bot",
            base_file_url=f"{server.url}/file/bot",
            request=HTTPXRequest(),
            get_updates_request=HTTPXRequest(),
        )

    async def open(self) -> None:
        """Calls getMe."""
        await self._bot.initialize()

    async def close(self) -> None:
        """Closes both its lines."""
        await self._bot.shutdown()

    async def send(self, chat: int, text: str, label: str = "") -> int:
        """Send HTML, perhaps with a button."""
        rows = [[telegram.InlineKeyboardButton(label, callback_data="data")]]
        keyboard = telegram.InlineKeyboardMarkup(rows) if label else None
        sent = await self._bot.send_message(
            chat, text, parse_mode="HTML", reply_markup=keyboard, disable_notification=False
        )
        return sent.message_id

    async def edit(self, chat: int, number: int, text: str) -> None:
        """Change a text."""
        await self._bot.edit_message_text(text, chat_id=chat, message_id=number, parse_mode="HTML")

    async def answer(self, press: str) -> None:
        """Answer a press."""
        await self._bot.answer_callback_query(press, show_alert=False)

    async def updates(self, offset: int | None = None) -> list[Json]:
        """Fetch updates. Spelled thus, which Telegram takes too, it is not the method that decodes."""
        asked = {"timeout": 1, "allowed_updates": KINDS} | ({} if offset is None else {"offset": offset})
        fetched: list[Json] = await self._bot.do_api_request("GetUpdates", api_kwargs=asked, read_timeout=6)
        return fetched

    def decode(self, update: Json) -> Any:
        """Decode one."""
        return telegram.Update.de_json(update, self._bot)

    async def upload(self, chat: int, name: str, content: bytes) -> str:
        """Send a file; returns its id."""
        sent = await self._bot.send_document(chat, telegram.InputFile(content, name))
        assert sent.document is not None
        return sent.document.file_id

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        return bytes(await (await self._bot.get_file(file_id)).download_as_bytearray())

    async def introduce(self, description: str, command: str) -> list[str]:
        """Set a description and a command in Chinese; returns both as they are read back."""
        scope = telegram.BotCommandScopeAllPrivateChats()
        await self._bot.set_my_description(description, language_code="zh")
        await self._bot.set_my_commands([(command, description)], scope=scope, language_code="zh")
        there = await self._bot.get_my_commands(scope=scope, language_code="zh")
        return [(await self._bot.get_my_description("zh")).description, *(one.command for one in there)]
