"""`beian serve`: every configured channel and the outbox in one process."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Mapping

import click

from bot.app import App
from bot.commands.mending import look, mendable, places_of
from bot.i18n import language
from bot.settings import Settings, Unfit, host_and_port


def run() -> None:
    """Serve until SIGTERM or SIGINT. What the operator has to mend is said in one line."""
    settings = Settings.read()
    places = places_of(settings)
    with mendable(places):
        if not settings.telegram:
            raise Unfit(
                "no channel is set: BEIAN_TELEGRAM_TOKEN must be a token as BotFather gives it, such as"
                " 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11, or BEIAN_TELEGRAM_TOKEN_FILE a file with one"
            )
        look(places)
        by_webhook = settings.telegram_mode == "webhook"
        asyncio.run(
            _serve(
                settings,
                _door("BEIAN_ADMIN_LISTEN", settings.admin_listen),
                _door("BEIAN_LISTEN", settings.listen) if by_webhook else None,
            )
        )


def _door(name: str, where: str) -> socket.socket:
    """A socket that listens where a setting says."""
    from bot.listening import listener  # noqa: PLC0415 - a web server

    try:
        return listener(*host_and_port(where))
    except (OSError, UnicodeError) as error:
        why = str(error.strerror).partition(" (")[0] if isinstance(error, OSError) else "no host's name"
        raise click.ClickException(
            f"{name}: {where}: {why}; it must be an address of this machine and a free port,"
            " such as 127.0.0.1:8080"
        ) from error


async def _serve(settings: Settings, admin_door: socket.socket, door: socket.socket | None) -> None:
    from bot import admin  # noqa: PLC0415
    from bot.listening import serving  # noqa: PLC0415
    from bot.telegram import Telegram  # noqa: PLC0415 - a Telegram library is imported by nobody else

    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    # A practice office never stands beside a real channel unless it is asked for.
    served = settings.model_copy(update={"office": settings.office or "none"})
    async with App(served, language(settings.language)) as app:
        telegram = Telegram(app, settings, door)

        async def troubles() -> Mapping[str, str]:
            database = "" if await app.reachable() else "not reached"
            found = {"telegram": telegram.trouble, "database": database}
            return {part: trouble for part, trouble in found.items() if trouble}

        await app.connect()
        async with serving(admin.make_app(troubles), admin_door) as address, asyncio.TaskGroup() as tasks:
            # A task that fails ends the others and the process, so that whoever runs it starts it anew.
            running = [tasks.create_task(telegram.run()), tasks.create_task(app.watch())]
            click.echo(f"serving; {address}/ready")
            await told.wait()
            for task in running:
                task.cancel()
