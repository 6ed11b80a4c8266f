"""`beian texts check`: every text that can be shown has a sound translation in every language."""

from __future__ import annotations

import click

from bot.catalogues import extracted, faults, languages
from bot.terminal import heard


def run() -> None:
    """Print every fault; exit code 1 if there is one."""
    wanted = extracted()
    found = [fault for language in languages() for fault in faults(language, wanted)]
    with heard():
        for fault in found:
            click.echo(fault)
        click.echo(f"{len(wanted)} texts in English and {', '.join(languages())}, {len(found)} faults")
    if found:
        raise SystemExit(1)
