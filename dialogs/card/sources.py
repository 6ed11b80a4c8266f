"""Where a rule was read, and which documents it lists."""

from __future__ import annotations

from dialogs.conversation import Check, World
from dialogs.messages import Day, Part, T, Text
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import Truth
from dialogs.rules.model import Duty


def source_line(id_: str, world: World) -> Text:
    """Where a rule was read: title, date, how it was seen, when a person last checked it."""
    source = world.rulebook.sources[id_]
    checked = T("last checked {checked}") if source.stale_on(world.now.date()) else T("checked {checked}")
    slots: dict[str, Part] = {
        "title": T(source.title),
        "date": Day(source.dated),
        "checked": T(checked.msgid, checked=Day(source.checked_on)),
    }
    if source.seen:
        return T("Source: {title}, {date} ({seen}; {checked}).", **slots, seen=T(source.seen))
    return T("Source: {title}, {date} ({checked}).", **slots)


def documents_of(duty: Duty, check: Check) -> tuple[Part, ...]:
    """The documents the source lists for an owner like this."""
    return tuple(T(text) for text, when in duty.documents if truth_of(when, check.answers) is not Truth.FALSE)
