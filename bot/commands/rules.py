"""`beian rules check`: the rulebook is read whole, and proven over all answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot import spoken
from bot.rulebook import FOLDER, texts
from bot.terminal import heard
from dialogs.rules.load import load
from dialogs.rules.proofs import Proven, prove, stages
from dialogs.rules.proofs.counts import Counts
from dialogs.rules.proofs.fault import Fault, ordered
from dialogs.rules.reader import RulebookError


def run(folder: Path | None) -> None:
    """Print what was proven; or every fault, the one with the fewest answers first, and exit with code 1."""
    files = texts(folder or FOLDER)
    try:
        book = load(files)
    except RulebookError as error:
        raise click.ClickException(str(error)) from error
    hidden = not sys.stderr.isatty()
    with (
        heard(),
        click.progressbar(length=stages(book), label="Proving", file=sys.stderr, hidden=hidden) as bar,
    ):
        proven = prove(book, datetime.now(UTC).date(), lambda: bar.update(1))
    faults = ordered([*proven.faults, *_spoken(proven, dict(files))], book.facts)
    with heard():
        for line in _lines(proven, faults):
            click.echo(line)
    if faults:
        raise SystemExit(1)


def _spoken(proven: Proven, files: dict[str, str]) -> Iterator[Fault]:
    yield from spoken.texts(files)
    if proven.counts:
        yield from spoken.cards(proven.case)
        yield from spoken.deadlines(proven.case)


def _lines(proven: Proven, faults: list[Fault]) -> Iterator[str]:
    yield from (f"warning: {warning}" for warning in proven.warnings)
    if proven.counts:
        yield from _counted(proven.counts)
    yield from map(str, faults)
    yield f"{len(faults)} faults" if len(faults) > 1 else "1 fault" if faults else "proven"


def _counted(counts: Counts) -> Iterator[str]:
    yield f"{counts.instruments} instruments, {counts.duties} duties, {counts.sources} sources"
    yield f"{counts.facts} facts, {counts.classes} answer classes"
    yield f"{counts.days} days, {counts.starts} starts, {counts.states} states walked"
    yield f"{counts.interviews} complete interviews, the longest with {counts.longest} questions"
