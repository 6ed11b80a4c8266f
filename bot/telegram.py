"""The Telegram channel put together: a library, what comes in, what goes out."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import uvicorn
from starlette.applications import Starlette

from bot.app import App
from bot.channels.telegram import polling, profile, webhook
from bot.channels.telegram.api import Library, TelegramError
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.intake import Intake
from bot.pace import Pace
from bot.settings import Settings

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LAST_SENDS = 5.0
"""Seconds to go on sending what is committed when the process is to end."""


def library_of(settings: Settings) -> Library:
    """The library that is set. The other one is never imported."""
    if settings.telegram_library == "ptb":
        from bot.channels.telegram.with_ptb import Ptb  # noqa: PLC0415

        return Ptb(settings.telegram, settings.telegram_api)
    from bot.channels.telegram.with_aiogram import Aiogram  # noqa: PLC0415

    return Aiogram(settings.telegram, settings.telegram_api)


class _WithoutSignals(uvicorn.Server):
    """A server that leaves SIGINT and SIGTERM to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Telegram:
    """The channel while it runs. `stopped` says why it has ended by itself, if it has."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._settings = settings
        self._library = library_of(settings)
        pace = Pace(settings.telegram_rate, settings.telegram_chat_rate, monotonic)
        self.sending = app.sending(CHANNEL, Delivery(self._library).show, pace)
        self._intake = Intake(self._library, app.inbox(CHANNEL))
        self._app = app
        self.stopped = ""

    async def run(self) -> None:
        """Take and send until cancelled; then finish sending what is committed."""
        sending = asyncio.create_task(self._guarded(self.sending.run()))
        try:
            await self._guarded(self._receive())
            await sending
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await self._last_sends()
            await self._library.close()

    async def _guarded(self, work: object) -> None:
        """A failure that cannot be mended here ends this channel only, with a line that says what to do."""
        try:
            await work  # type: ignore[misc]
        except (polling.Stopped, TelegramError) as error:
            self.stopped = str(error)
            log.error("telegram stopped", extra={"why": self.stopped})  # noqa: TRY400 - `why` says it all

    async def _receive(self) -> None:
        self._app.link = f"https://t.me/{await self._library.name()}"
        await profile.introduce(self._library)
        if self._settings.telegram_mode == "polling":
            await self._library.remove_webhook()
            await polling.poll(self._library, self._intake, monotonic)
        else:
            await self._serve_webhook()

    async def _serve_webhook(self) -> None:
        secret = self._settings.webhook_secret
        if secret is None or not self._settings.public_url:
            raise polling.Stopped("webhook mode needs BEIAN_WEBHOOK_SECRET and BEIAN_PUBLIC_URL")
        kept = secret.get_secret_value()
        host, _, port = self._settings.listen.rpartition(":")
        app = Starlette(routes=[webhook.route(self._intake, kept)])
        server = _WithoutSignals(
            uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None, access_log=False)
        )
        url = self._settings.public_url.rstrip("/") + webhook.path_of(kept)
        # It listens before Telegram is told where, so that no first delivery meets a closed door.
        with socket.create_server((host, int(port))) as listener:
            await self._library.set_webhook(url, kept)
            await server.serve(sockets=[listener])

    async def _last_sends(self) -> None:
        try:
            async with asyncio.timeout(LAST_SENDS):
                while await self.sending.work():
                    pass
        except (TimeoutError, TelegramError):
            log.info("not everything could be sent before the end; it is kept")
