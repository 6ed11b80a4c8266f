"""The check as an interview: which question is next, what a change makes void, which readings matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dialogs.conversation import Check, World
from dialogs.rules import locality
from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.model import Instrument, Question
from dialogs.rules.values import Band, Unknown, Value
from dialogs.rules.verdict import Verdict, assess, day_of, reading


def verdict(check: Check, world: World) -> Verdict:
    """The verdict by the answers so far, today or on the day asked about.

    What an office states concerns today, not another day.
    """
    statements = {} if check.on else world.statements
    return assess(check.answers, world.rulebook, check.on or world.now, statements)


def on_day(check: Check, world: World) -> date:
    """The day a check is about, in the zone of the first instrument."""
    first = next(iter(world.rulebook.instruments.values()))
    return check.on or day_of(first, world.now)


def question(fact: str, check: Check, world: World) -> Question:
    """The question of a fact; of a place fact, about the places that other answers name. Raises KeyError."""
    others = {name: value for name, value in check.answers.items() if name != fact}
    return world.rulebook.facts[fact].narrowed(locality.named(others, world.rulebook))


def known(check: Check, instrument: Instrument, world: World) -> Mapping[str, Value]:
    """The answers as they concern an instrument."""
    return locality.known(check.answers, instrument, world.rulebook)


def answer(check: Check, fact: str, value: Value, world: World) -> tuple[Check, tuple[str, ...]]:
    """The check with this answer, and the facts whose answers it made void.

    In the order of asking, an answer stays if some verdict depends on it given the answers before it. What
    was said about one place says nothing about another.
    """
    book = world.rulebook
    moved = fact == locality.asked_by(book) and check.answers.get(fact, value) != value
    local = locality.place_facts(book) if moved else ()
    return held(check, {f: v for f, v in check.answers.items() if f not in local} | {fact: value}, world)


def held(check: Check, answers: Mapping[str, Value], world: World) -> tuple[Check, tuple[str, ...]]:
    """The check with those of these answers that some verdict depends on, and the facts that are void."""
    ready, book = reading(world.rulebook), world.rulebook
    matter = {f: {f} for f in ready.classes}
    if ready.gate is not None:
        matter[ready.gate.fact] = set(ready.gate.facts)
    kept: dict[str, Value] = {}
    for asked in (asked for asked in book.facts if asked in answers and asked in matter):
        left = _diagrams(replace(check, answers=kept), world)
        if any(matter[asked] & ready.diagrams.facts(diagram) for diagram in left):
            kept[asked] = answers[asked]
    void = tuple(f for f in {**check.answers, **answers} if f not in kept and f in matter)
    stand = {f: v for f, v in answers.items() if f not in void}
    return replace(check, answers=stand, rulebook=book.version), void


def _diagrams(check: Check, world: World) -> list[Diagram]:
    """What is left of every duty's diagram."""
    statements = {} if check.on else world.statements
    left = reading(world.rulebook).open(check.answers, world.rulebook, check.on or world.now, statements)
    return [diagram for *_, diagram in left]


def fits(value: Value, question: Question) -> bool:
    """Whether an answer is one that this question can have."""
    ids = {option.id for option in question.options}
    if isinstance(value, Unknown):
        return True
    match question.kind:
        case "count":
            return isinstance(value, int | Band)
        case "several":
            return isinstance(value, tuple) and ids.issuperset(value)
        case "option" | "place" | "locality":
            return value in ids
        case "date":
            return isinstance(value, date)
    return isinstance(value, str)


def telling_bands(check: Check, fact: str, world: World) -> tuple[Band, ...]:
    """The bands of a count that some verdict can still tell apart, ascending."""
    ready = reading(world.rulebook)
    others = {f: v for f, v in check.answers.items() if f != fact}
    left = [d for d in _diagrams(replace(check, answers=others), world) if fact in ready.diagrams.facts(d)]
    at_root = [dict(d.children) for d in left if isinstance(d, Branch) and d.fact == fact]
    joined: list[Band] = []
    for i, band in enumerate(ready.classes[fact].bands()):
        alike = i > 0 and len(at_root) == len(left) and all(c[i] is c[i - 1] for c in at_root)
        if alike:
            joined[-1] = Band(joined[-1].low, band.high)
        else:
            joined.append(band)
    return tuple(joined)


def overlapping(bands: tuple[Band, ...], low: int, high: int | None) -> tuple[Band, ...]:
    """The bands that share a count with low..high."""
    return tuple(b for b in bands if (high is None or b.low <= high) and (b.high is None or low <= b.high))


def before(answers: Mapping[str, Value], about: str | None) -> str | None:
    """The question answered before `about`, or the last one answered."""
    order = list(answers)
    place = order.index(about) if about is not None and about in answers else len(order)
    return order[place - 1] if place else None
