"""`beian rules list`: every source of the law, what rests on it, and how long ago it was checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import click

from bot.rulebook import rulebook
from bot.terminal import heard
from dialogs.rules.logic import leaves
from dialogs.rules.model import FRESH, Duty, Rulebook, Source


def run(*, as_json: bool) -> None:
    """Print the sources, those checked longest ago first."""
    book, today = rulebook(), datetime.now(UTC).date()
    found = sorted(book.sources.values(), key=lambda source: (source.checked_on, source.id))
    with heard():
        if as_json:
            click.echo(json.dumps([as_data(one, book, today) for one in found], ensure_ascii=False, indent=2))
            return
        for source in found:
            click.echo("\n".join(lines(source, book, today)))
        stale = sum(source.stale_on(today) for source in found)
        click.echo(f"{len(found)} sources, {stale} of them checked more than {FRESH.days} days ago")


def lines(source: Source, book: Rulebook, today: date) -> Iterator[str]:
    """One source for people, and an empty line."""
    age = (today - source.checked_on).days
    yield f"{source.id}: {source.kind.replace('_', ' ')} of {source.dated}, {source.issuer}"
    yield f"  {source.title}"
    yield f"  {source.title_zh}"
    yield f"  at {source.read_at}{f' ({source.seen})' if source.seen else ''}"
    long_ago = f" (more than {FRESH.days})" if source.stale_on(today) else ""
    yield f"  checked on {source.checked_on}, {age} {'day' if age == 1 else 'days'} ago{long_ago}"
    for id_, passages in _resting(source, book):
        yield f"  {id_}{f' ({passages})' if passages else ''}"
    yield ""


def _resting(source: Source, book: Rulebook) -> Iterator[tuple[str, str]]:
    """What names this source, with the passages that hold its conditions; or what else was read there."""
    for instrument in book.instruments.values():
        if source.id in instrument.sources:
            yield instrument.id, ""
    for duty in book.duties.values():
        if source.id in duty.sources:
            yield duty.id, ", ".join(_passages(duty))
        elif source.id in [deadline.source for deadline in duty.deadlines]:
            yield duty.id, "deadline"
    for note in book.notes:
        if source.id in note.sources:
            yield f"note {note.id}", ""
    for form in book.forms.values():
        if source.id in [entry.source for entry in form.fields]:
            yield f"form {form.id}", ""


def _passages(duty: Duty) -> tuple[str, ...]:
    told = (duty.passage, *(leaf.passage for leaf in leaves(duty.when)))
    return tuple(dict.fromkeys(passage for passage in told if passage))


def as_data(source: Source, book: Rulebook, today: date) -> dict[str, Any]:
    """One source as the JSON contract has it."""
    return {
        "id": source.id,
        "issuer": source.issuer,
        "title": source.title,
        "title_zh": source.title_zh,
        "kind": source.kind,
        "date": source.dated.isoformat(),
        "read_at": source.read_at,
        "seen": source.seen,
        "checked_on": source.checked_on.isoformat(),
        "age_in_days": (today - source.checked_on).days,
        "stale": source.stale_on(today),
        "rests_on_it": [{"id": id_, "passage": passages} for id_, passages in _resting(source, book)],
    }
