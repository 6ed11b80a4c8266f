"""`beian chat`: the bot in a terminal, with the practice office unless another is set."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TextIO

import click

from bot.app import App
from bot.channels import console
from bot.commands.mending import look, mendable, places_of
from bot.i18n import language
from bot.settings import Settings
from bot.terminal import Unheard
from storage.records import Address

HERE = Address("console", "local")


def run() -> None:
    """Talk until the input ends. What the operator has to mend is said in one line."""
    settings = Settings.read()
    source, target = _streams()
    places = places_of(settings)
    try:
        with mendable(places):
            look(places)
            _say_what_is_not_used(settings)
            asyncio.run(_talk(settings, source, target))
    except KeyboardInterrupt:
        click.echo()


async def _talk(settings: Settings, source: TextIO, target: TextIO) -> None:
    async with App(settings, language(settings.language)) as app:
        shelf = console.Shelf(settings.data / "packages")
        await console.converse(app.stream(HERE), source, target, app.connect, shelf)


def _say_what_is_not_used(settings: Settings) -> None:
    if settings.office not in ("", "none", "sandbox") and not settings.named:
        click.echo(
            "BEIAN_OFFICE is not used: BEIAN_OPERATOR and BEIAN_OPERATOR_CONTACT are not set,"
            " such as 'Example Ltd' and help@example.org",
            err=True,
        )


def _streams() -> tuple[TextIO, TextIO]:
    """Standard input and output as UTF-8, whatever the terminal says; broken bytes are shown, not fatal.

    Without an output there is nobody to talk to; without an input there is nothing to hear.
    """
    if sys.stdout is None:
        raise Unheard
    source = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - it lives as long as we do
    for stream, errors in ((source, "replace"), (sys.stdout, "strict")):
        stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]
    return source, sys.stdout
