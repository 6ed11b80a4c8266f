"""The Telegram channel put together: a library, what comes in, what goes out."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from starlette.applications import Starlette

from bot.app import App
from bot.channels.telegram import polling, profile, webhook
from bot.channels.telegram.api import Conflicting, Library
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.patience import Pause, patiently
from bot.delivered import Gone, Passing, Refused, Unauthorised, Undelivered
from bot.listening import serving
from bot.pace import Pace
from bot.settings import Settings

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LAST_SENDS = 5.0
"""Seconds to go on sending what is committed when the channel is to end."""
BORNE = (Passing, Refused, Gone, Conflicting)
"""What a call at start may meet without an end of it: all but a token that is not accepted."""
T = TypeVar("T")


def library_of(settings: Settings) -> Library:
    """The library that is set. The other one is never imported."""
    if settings.telegram_library == "ptb":
        from bot.channels.telegram.with_ptb import Ptb  # noqa: PLC0415

        return Ptb(settings.telegram, settings.telegram_api)
    from bot.channels.telegram.with_aiogram import Aiogram  # noqa: PLC0415

    return Aiogram(settings.telegram, settings.telegram_api)


class Telegram:
    """The channel. `trouble` says why it does not take updates, and is '' while it does.

    For a webhook, `door` is the socket it listens at; it is closed when the channel ends.
    `clock` counts seconds, and `pause` waits for so many.
    """

    def __init__(
        self,
        app: App,
        settings: Settings,
        door: socket.socket | None = None,
        clock: Callable[[], float] = monotonic,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._clock, self._pause = clock, pause
        self._settings = settings
        self._door = door
        self._library = library_of(settings)
        pace = Pace(settings.telegram_rate, settings.telegram_chat_rate, clock, pause)
        self._sending = app.sending(CHANNEL, Delivery(self._library, pace).show, pace)
        self._intake = Intake(self._library, app.inbox(CHANNEL), pace)
        self.trouble = "not connected yet"

    async def run(self) -> None:
        """Take and send until cancelled, or until it cannot go on: then `trouble` says why.

        In the end, what is committed is still sent, as far as that is quickly done.
        """
        sending = asyncio.create_task(self._sending.run())
        receiving = asyncio.create_task(self._receive())
        introducing = asyncio.create_task(self._introduce())
        try:
            await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            receiving.cancel()
            introducing.cancel()
            await asyncio.wait({receiving}, timeout=LAST_SENDS)
            self._sending.end()
            await asyncio.wait({sending}, timeout=LAST_SENDS)
            sending.cancel()
            ended = await asyncio.gather(receiving, sending, introducing, return_exceptions=True)
            await self._close()
        for error in ended:
            self._stopped(error)

    async def _close(self) -> None:
        try:
            async with asyncio.timeout(LAST_SENDS):
                await self._intake.finish()
        except TimeoutError:
            log.warning("not every press could be answered")
        await self._library.close()

    def _stopped(self, error: BaseException | None) -> None:
        """Why the channel has ended. What the operator can mend ends only this channel; else it is raised."""
        if isinstance(error, Unauthorised):
            error = polling.Stopped(
                "Telegram does not accept the token; set BEIAN_TELEGRAM_TOKEN to the one BotFather shows"
            )
        if isinstance(error, polling.Stopped):
            self.trouble = str(error)
            log.error("telegram stopped", extra={"why": self.trouble})
        elif isinstance(error, Exception):
            raise error

    def _reached(self, answered: bool) -> None:
        self.trouble = "" if answered else "Telegram is not reached"

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        return await patiently(call, self._pause, BORNE)

    async def _introduce(self) -> None:
        """Beside all else: Telegram may put off for hours a change of what it shows of the bot."""
        try:
            await patiently(lambda: profile.introduce(self._library), self._pause)
        except Undelivered as error:
            log.warning("profile not set", extra={"why": type(error).__name__})

    async def _receive(self) -> None:
        self._intake.link = f"https://t.me/{await self._insist(self._library.name)}"
        if self._door is None:
            await self._insist(self._library.remove_webhook)
            self.trouble = ""
            await polling.poll(self._library, self._intake, self._clock, self._pause, self._reached)
            return
        secret, url = self._settings.webhook
        app = Starlette(routes=[webhook.route(self._intake, secret)])
        # It listens before Telegram is told where, so that no first delivery meets a closed door.
        async with serving(app, self._door):
            self.trouble = "Telegram has not taken the webhook yet; BEIAN_PUBLIC_URL may be wrong"
            await self._insist(lambda: self._library.set_webhook(url + webhook.path_of(secret), secret))
            self.trouble = ""
            await asyncio.Event().wait()
