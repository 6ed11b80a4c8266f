"""Where a rule was read, and which documents it lists."""

from __future__ import annotations

from datetime import date

from dialogs.conversation import Check, World
from dialogs.messages import Day, Number, Part, T, Text
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import Truth
from dialogs.rules.model import FRESH, Duty, Source


def source_line(id_: str, world: World) -> Text:
    """Where a rule was read: title, date, how it was seen, when a person last checked it."""
    source = world.rulebook.sources[id_]
    slots: dict[str, Part] = {
        "title": T(source.title),
        "date": Day(source.dated),
        "checked": _checked(source, world.now.date()),
    }
    if source.seen:
        return T("Source: {title}, {date} ({seen}; {checked}).", **slots, seen=T(source.seen))
    return T("Source: {title}, {date} ({checked}).", **slots)


def _checked(source: Source, today: date) -> Text:
    """When it was last checked; if that is long ago, that it is."""
    on = Day(source.checked_on)
    if source.stale_on(today):
        days = Number(FRESH.days)
        return T("last checked on {checked}, more than {n} days ago", checked=on, n=days)
    return T("checked {checked}", checked=on)


def documents_of(duty: Duty, check: Check) -> tuple[Part, ...]:
    """The documents the source lists for an owner like this."""
    return tuple(T(text) for text, when in duty.documents if truth_of(when, check.answers) is not Truth.FALSE)
