"""A change of the rules, told to those who asked for it: what their answers came to before, and come to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.card.card import not_required
from dialogs.card.groups import groups
from dialogs.card.headline import headline
from dialogs.card.locality import left_out, unknown_place_lines
from dialogs.conversation import Check, World
from dialogs.interview import fits, verdict
from dialogs.messages import Part, T
from dialogs.rules.model import Rulebook
from dialogs.rules.values import Value

MORE = T("A further question has to be answered first; “check” asks it.")


def comes_to(facts: Mapping[str, Value], world: World) -> tuple[Part, ...]:
    """What a card would say first for these answers today."""
    known = world.rulebook.facts
    check = Check(
        {fact: value for fact, value in facts.items() if fact in known and fits(value, known[fact])}
    )
    found = verdict(check, world)
    if found.next_question is not None:
        return (MORE,)
    grouped = groups(found)
    away = [group for group in grouped if left_out(group.lead.instrument, check, world)]
    lines: list[Part] = (
        [] if any(g.lead.duty.kind == "registration" for g in grouped) else not_required(check, world)[:1]
    )
    lines.extend(unknown_place_lines(away, check, world)[:2])
    return (
        *lines,
        *(line for group in grouped if group not in away for line in headline(group, check, world)),
    )


def came_to(facts: Mapping[str, Value], version: str, world: World) -> tuple[Part, ...] | None:
    """The same by an earlier rulebook; None if that is no longer known."""
    earlier: Rulebook | None = world.earlier.get(version)
    return None if earlier is None else comes_to(facts, replace(world, rulebook=earlier))


def differs(facts: Mapping[str, Value], version: str, world: World) -> bool:
    """Whether it is another thing now than by that rulebook; of one no longer known, it has to be said."""
    return version != world.rulebook.version and came_to(facts, version, world) != comes_to(facts, world)
