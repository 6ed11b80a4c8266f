"""`beian rules diff --notify`: who asked to be told of changes learns of one that concerns them. Once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import click

from bot.commands.mending import look, mendable, places_of
from bot.commands.revisions import read
from bot.i18n import words
from bot.rulebook import rulebook
from bot.settings import Settings
from bot.terminal import heard
from dialogs.conversation import World
from dialogs.messages import Part
from dialogs.reminder import Reminder, Standing
from dialogs.reminding.watching import comes_to
from dialogs.rules.model import Rulebook
from dialogs.rules.statement import Statement
from dialogs.timing import decent, zone_of
from storage import conversations, keys, reminders, statements
from storage.database import Database, Transaction
from storage.records import Address, Loaded, Unreadable

AT_ONCE = 200
"""How many reminders are looked at in one transaction."""
_LANGUAGES = ("en", "zh_CN")

Wording = tuple[Part, ...]
Change = tuple[Wording, Wording]
"""What a card said first before, and says now."""


@dataclass
class Found:
    """How many owners asked to be told, how many each change concerns, and how many chats cannot be read."""

    asked: int = 0
    concerned: Counter[Change] = field(default_factory=Counter)
    unreadable: int = 0


def run(old: str, new: str, *, dry: bool) -> None:
    """Print what changes for how many, never for whom; tell them, unless it is `dry`."""
    before, after = read(old), read(new)
    if not dry and after.version != rulebook().version:
        raise click.UsageError(
            "owners are told of the rulebook that this bot has; with another, use --dry-run"
        )
    settings = Settings.read()
    places = places_of(settings)
    with mendable(places):
        if not dry:
            look(places)
        database = Database.open(settings.database_url, keys.in_file(settings.key_path), read_only=dry)
        try:
            found = tell(database, before, _world(database, settings, after), dry=dry)
        finally:
            database.close()
    with heard():
        click.echo("\n".join(_lines(found, dry=dry)))


def _world(database: Database, settings: Settings, book: Rulebook) -> World:
    """Today, with what the office states."""
    now = datetime.now(UTC)
    stated: Mapping[str, Statement] = {}
    if settings.office not in ("", "none"):
        with database.reading() as tx:
            stated = statements.load(tx, settings.office, now)
    return World(now=now, rulebook=book, fresh="", statements=stated)


def tell(database: Database, before: Rulebook, world: World, *, dry: bool) -> Found:
    """Look at all that wait for a change, some at a time; what is due now is written, unless it is `dry`."""
    found = Found()
    with database.reading() as tx:
        channels = reminders.channels(tx)
    for channel in channels:
        last = ""
        while True:
            with database.reading() if dry else database.transaction() as tx:
                waiting = reminders.without_day(tx, channel, last, AT_ONCE)
                due = _concerned(tx, waiting, before, world, found)
                if not dry:
                    reminders.make_due(tx, channel, due)
            if not waiting:
                break
            last = max(waiting)
    return found


def _concerned(
    tx: Transaction, waiting: Mapping[str, Address], before: Rulebook, world: World, found: Found
) -> dict[str, datetime]:
    """Count those of `waiting` for whom something changes; when each is to be told, by its id."""
    due: dict[str, datetime] = {}
    kept = _kept(tx, frozenset(waiting.values()), found)
    for id_, c in ((id_, kept[at].conversation) for id_, at in waiting.items() if at in kept):
        reminder = next((one for one in c.reminders if one.id == id_), None)
        if reminder is None or not _watches(reminder, world):
            continue
        found.asked += 1
        change = (comes_to(reminder.facts, replace(world, rulebook=before)), comes_to(reminder.facts, world))
        if change[0] != change[1]:
            found.concerned[change] += 1
            due[id_] = decent(world.now, zone_of(c, world))
    return due


def _watches(reminder: Reminder, world: World) -> bool:
    """Whether it waits for a change, and has not been told of this rulebook."""
    coming = reminder.kind == "rules" and reminder.standing is Standing.COMING
    return coming and reminder.rulebook != world.rulebook.version


def _kept(tx: Transaction, addresses: frozenset[Address], found: Found) -> Mapping[Address, Loaded]:
    """These chats, but for those that cannot be read."""
    try:
        return conversations.load(tx, sorted(addresses, key=lambda one: one.chat))
    except Unreadable as error:
        if error.address is None:
            raise
        found.unreadable += 1
        return _kept(tx, addresses - {error.address}, found)


def _lines(found: Found, *, dry: bool) -> Iterator[str]:
    concerned = found.concerned.total()
    yield f"{_owners(found.asked)} asked to be told, and {_has(found.asked)} not been told of this change."
    yield f"For {concerned} of them something changes."
    for (before, after), count in found.concerned.most_common():
        yield from ("", f"{_owners(count)}:")
        for name, wording in (("before", before), ("after", after)):
            for language in _LANGUAGES:
                said = words(language)
                yield from (f"  {name:7}{language:6} {said.text(part)}" for part in wording)
    if found.unreadable:
        some = (
            "1 chat cannot be read, and is"
            if found.unreadable == 1
            else f"{found.unreadable} chats cannot be read, and are"
        )
        yield from ("", f"{some} left out.")
    if concerned:
        yield ""
        yield (
            "Nobody was told (--dry-run)."
            if dry
            else "They are told as soon as it is a decent hour for them."
        )


def _owners(count: int) -> str:
    return f"{count} owner" if count == 1 else f"{count} owners"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
