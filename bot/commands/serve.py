"""`beian serve`: every configured channel and the outbox in one process."""

from __future__ import annotations

import asyncio
import signal

import click

from bot.app import App
from bot.commands.chat import language
from bot.commands.mending import look, mendable, places_of
from bot.settings import Settings


def run() -> None:
    """Serve until SIGTERM or SIGINT. What the operator has to mend is said in one line."""
    settings = Settings.read()
    if not settings.telegram:
        raise click.UsageError("no channel is set: BEIAN_TELEGRAM_TOKEN, or BEIAN_TELEGRAM_TOKEN_FILE")
    if settings.telegram_mode == "webhook" and not (settings.webhook_secret and settings.public_url):
        raise click.UsageError("webhook mode needs BEIAN_WEBHOOK_SECRET and BEIAN_PUBLIC_URL")
    places = places_of(settings)
    with mendable(places):
        look(places)
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from bot.telegram import Telegram  # noqa: PLC0415 - a Telegram library is imported by nobody else

    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    # A practice office never stands beside a real channel unless it is asked for.
    served = settings.model_copy(update={"office": settings.office or "none"})
    async with App(served, language(settings.language)) as app:
        await app.connect()
        channel = asyncio.create_task(Telegram(app, settings).run())
        click.echo("serving")
        await told.wait()
        channel.cancel()
        await asyncio.gather(channel, return_exceptions=True)
