"""The library aiogram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, ClassVar

from aiogram import Bot, exceptions
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, Update
from pydantic import ValidationError

from bot import delivered
from bot.channels.telegram import api
from bot.channels.telegram.api import ALLOWED_UPDATES, Rows
from bot.channels.telegram.calls import Calls


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without decoding: one update that cannot be read must not hide the others."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


AT_ONCE = 128
"""Connections at most: for all that is being sent, the long poll, and answers to presses."""


class Aiogram(Calls):
    """`bot.channels.telegram.api.Library` by aiogram."""

    def __init__(self, token: str, base: str) -> None:
        server = TelegramAPIServer.from_base(base)
        self._bot = Bot(token, session=AiohttpSession(api=server, limit=AT_ONCE))

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: D102, ASYNC109 - Telegram's own
        call = RawUpdates(offset=offset, timeout=timeout, allowed_updates=list(ALLOWED_UPDATES))
        async with self._translated():
            found: list[dict[str, Any]] = await self._bot(call, request_timeout=timeout + 10)
        return found

    def decode(self, raw: dict[str, Any]) -> Update:  # noqa: D102
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            raise api.Undecodable("aiogram") from None

    async def close(self) -> None:  # noqa: D102
        await self._bot.session.close()

    def _keyboard(self, rows: Rows) -> InlineKeyboardMarkup | None:
        buttons = [
            [InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in rows
        ]
        return InlineKeyboardMarkup(inline_keyboard=buttons) if buttons else None

    def _command(self, name: str, description: str) -> BotCommand:
        return BotCommand(command=name, description=description)

    def _file(self, name: str, content: bytes) -> BufferedInputFile:
        return BufferedInputFile(content, name)

    def _translated(self) -> AbstractAsyncContextManager[None]:
        return _translated()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """The library's errors by our names; their own texts quote what was to be sent."""
    try:
        yield
    except exceptions.TelegramRetryAfter as error:
        raise delivered.Flooded(error.retry_after) from None
    except exceptions.TelegramMigrateToChat as error:
        raise api.Moved(str(error.migrate_to_chat_id)) from None
    except exceptions.TelegramForbiddenError:
        raise delivered.Gone("forbidden") from None
    except exceptions.TelegramConflictError:
        raise api.Conflicting("conflict") from None
    except (exceptions.TelegramUnauthorizedError, exceptions.TelegramNotFound):
        raise delivered.Unauthorised("token") from None
    except exceptions.TelegramBadRequest as error:
        gone = "chat not found" in error.message.lower()
        raise (delivered.Gone("chat") if gone else api.NotAccepted(error.message)) from None
    except (exceptions.AiogramError, TimeoutError) as error:
        raise delivered.Passing(type(error).__name__) from None
