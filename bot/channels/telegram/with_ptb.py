"""The library python-telegram-bot."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update, error
from telegram.request import HTTPXRequest

from bot import delivered
from bot.channels.telegram import api
from bot.channels.telegram.api import ALLOWED_UPDATES, Rows
from bot.channels.telegram.calls import Calls

# They log addresses, which hold the token, and at every level what is sent and received. What went wrong is
# raised, and said by us.
for _name in ("httpx", "httpcore", "telegram"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


AT_ONCE = 100
"""Connections at most."""
PATIENCE = 25.0
"""Seconds that one call may take to connect, to write or to be answered."""


class Ptb(Calls):
    """`bot.channels.telegram.api.Library` by python-telegram-bot: its typed client, nothing else."""

    def __init__(self, token: str, base: str) -> None:
        base = base.rstrip("/")
        # Its own five seconds would take a slow answer for a cut line, and send the message twice.
        sending = HTTPXRequest(
            connection_pool_size=AT_ONCE,
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
            write_timeout=PATIENCE,
            pool_timeout=PATIENCE,
        )
        self._requests = sending, HTTPXRequest(connection_pool_size=1)
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: D102, ASYNC109 - Telegram's own
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": list(ALLOWED_UPDATES)}
        async with self._translated():
            found = await self._bot.do_api_request("GetUpdates", api_kwargs=asked, read_timeout=timeout + 10)
        return list(found)

    def decode(self, raw: dict[str, Any]) -> Update:  # noqa: D102
        try:
            return Update.de_json(raw, self._bot)
        except (TypeError, ValueError, KeyError, AttributeError):
            raise api.Undecodable("python-telegram-bot") from None

    async def close(self) -> None:  # noqa: D102
        for request in self._requests:
            await request.shutdown()

    def _keyboard(self, rows: Rows) -> InlineKeyboardMarkup | None:
        buttons = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
        return InlineKeyboardMarkup(buttons) if buttons else None

    def _command(self, name: str, description: str) -> BotCommand:
        return BotCommand(name, description)

    def _file(self, name: str, content: bytes) -> InputFile:
        return InputFile(io.BytesIO(content), filename=name)

    def _translated(self) -> AbstractAsyncContextManager[None]:
        return _translated()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """The library's errors by our names; their own texts may quote what was to be sent, or the token."""
    try:
        yield
    except error.RetryAfter as caught:
        # The public name warns about its coming change of type.
        raise delivered.Flooded(caught._retry_after.total_seconds()) from None  # noqa: SLF001
    except error.ChatMigrated as caught:
        raise api.Moved(str(caught.new_chat_id)) from None
    except error.Forbidden:
        raise delivered.Gone("forbidden") from None
    except error.Conflict:
        raise api.Conflicting("conflict") from None
    except error.InvalidToken:
        raise delivered.Unauthorised("token") from None
    except error.BadRequest as caught:
        gone = "chat not found" in caught.message.lower()
        raise (delivered.Gone("chat") if gone else api.NotAccepted(caught.message)) from None
    except error.TelegramError as caught:
        raise delivered.Passing(type(caught).__name__) from None
