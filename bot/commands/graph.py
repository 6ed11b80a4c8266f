"""`beian rules graph`: the questions and outcomes of an instrument as a picture."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot.commands.options import day_given
from bot.i18n import language as default_language
from bot.i18n import words
from bot.pictures.mermaid import mermaid
from bot.pictures.svg import svg
from bot.rulebook import rulebook
from bot.settings import Settings
from bot.terminal import heard
from dialogs.picture import picture
from dialogs.rules.model import Rulebook
from dialogs.rules.verdict import day_of

LANGUAGES = {"en": "en", "zh_CN": "zh"}
"""The languages, and what they are called in the name of a file."""


def run(
    instruments: tuple[str, ...],
    language: str | None,
    day: str | None,
    folder: Path | None,
    *,
    as_mermaid: bool,
) -> None:
    """Print one picture; or write one file for each instrument and language into a folder."""
    book = rulebook()
    for id_ in instruments:
        if id_ not in book.instruments:
            raise click.UsageError(f"no instrument {id_[:40]!r}; there are: {', '.join(book.instruments)}")
    on = day_given(day)
    if folder is None:
        if len(instruments) != 1:
            raise click.UsageError(
                "one INSTRUMENT, or --folder for several; there are: " + ", ".join(book.instruments)
            )
        spoken = language or default_language(Settings.read().language)
        with heard():
            click.echo(drawn(book, instruments[0], spoken, on, as_mermaid=as_mermaid), nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for id_ in instruments or tuple(book.instruments):
        for spoken in (language,) if language else tuple(LANGUAGES):
            name = f"{id_}.{LANGUAGES[spoken]}.{'mmd' if as_mermaid else 'svg'}"
            text = drawn(book, id_, spoken, on, as_mermaid=as_mermaid)
            (folder / name).write_text(text, encoding="utf-8")


def drawn(book: Rulebook, id_: str, spoken: str, on: date | None, *, as_mermaid: bool = False) -> str:
    """An instrument's picture: today, without saying so, or on a day that it then names."""
    instrument = book.instruments[id_]
    day = on or day_of(instrument, datetime.now(UTC))
    draw = mermaid if as_mermaid else svg
    return draw(picture(instrument, book, day, dated=on is not None), words(spoken))
