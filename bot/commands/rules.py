"""`beian rules check`: the rulebook is read whole, and walked over all answers."""

from __future__ import annotations

import click

from bot.rulebook import rulebook
from bot.terminal import heard
from dialogs.rules.reader import RulebookError
from dialogs.rules.verdict import reading


def run() -> None:
    """Print what was read and walked; a fault is one line and exit code 1."""
    try:
        book = rulebook()
    except RulebookError as error:
        raise click.ClickException(str(error)) from error
    classes = reading(book).classes
    with heard():
        click.echo(
            f"{len(book.instruments)} instruments, {len(book.duties)} duties, {len(book.sources)} sources, "
            f"{sum(len(c.values) + 1 for c in classes.values())} answer classes of {len(classes)} facts"
        )
