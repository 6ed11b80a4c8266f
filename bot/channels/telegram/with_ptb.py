"""The library python-telegram-bot."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
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


AT_ONCE = 128
"""Connections at most: for all that is being sent, the long poll, and answers to presses."""
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
        self._requests = sending, HTTPXRequest(connection_pool_size=1)  # the library wants one for updates
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
    except error.TelegramError as caught:
        raise _named(caught) from None


def _named(caught: error.TelegramError) -> delivered.Undelivered:
    """Our name of an error, unless the answer was none of Telegram's: a proxy on the way may say anything."""
    if any(type(cause) is error.TelegramError for cause in _causes(caught)):
        return delivered.Passing("no answer of Telegram's")
    match caught:
        case error.RetryAfter():
            # The public name warns about its coming change of type.
            return delivered.Flooded(caught._retry_after.total_seconds())  # noqa: SLF001
        case error.ChatMigrated():
            return api.Moved(str(caught.new_chat_id))
        case error.Forbidden():
            return delivered.Gone("forbidden")
        case error.Conflict():
            return api.Conflicting("conflict")
        case error.InvalidToken():
            return delivered.Unauthorised("token")
        case error.BadRequest():
            gone = "chat not found" in caught.message.lower()
            return delivered.Gone("chat") if gone else api.NotAccepted(caught.message)
    return delivered.Passing(type(caught).__name__)


def _causes(caught: BaseException) -> Iterator[BaseException]:
    """What led to it. The library's plain error among them says that there was no JSON."""
    while caught.__cause__ is not None:
        caught = caught.__cause__
        yield caught
