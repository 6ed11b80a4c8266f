"""`beian sandbox`: the practice office by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands.mending import mendable
from bot.office.sandbox import serve
from bot.settings import Settings
from bot.terminal import heard


def run(host: str, port: int, folder: Path | None) -> None:
    """Serve until interrupted. With port 0 it finds a free one."""
    settings = Settings.read()
    token = settings.office_token.get_secret_value() if settings.office_token else None
    kept = folder or settings.data / "practice-office"
    places = {"BEIAN_DATA": settings.data} if folder is None else {"--folder": folder}
    with mendable(places):
        try:
            asyncio.run(serve(kept, host, port, token, _announce))
        except (OSError, UnicodeError) as error:  # the latter of what cannot be a host's name
            if isinstance(error, OSError) and error.filename is not None:
                raise
            why = str(error.strerror).partition(" (")[0] if isinstance(error, OSError) else "no host's name"
            raise click.ClickException(
                f"--host {host} --port {port}: {why}; it must be an address of this machine and a free port,"
                " such as --host 127.0.0.1 --port 8018"
            ) from error


def _announce(address: str) -> None:
    with heard():
        click.echo(f"practice office, no authority: {address}")
