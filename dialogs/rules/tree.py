"""Why a duty came to its outcome, as a tree: every condition, what was answered, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from dialogs.rules import locality
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import All, Any, Is, Leaf, MoreThan, Node, Not, Truth, Vague
from dialogs.rules.model import Outcome, Rulebook
from dialogs.rules.values import UNKNOWN, Value
from dialogs.rules.verdict import Result, day_of, reading


@dataclass(frozen=True, slots=True)
class Branching:
    """Conditions of which `all` must hold, or `any` is enough, or which must `not` hold."""

    how: Literal["all", "any", "not"]
    met: Truth
    parts: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One test and the answer it was held against; None if it was not asked."""

    leaf: Leaf
    answer: Value | None
    met: Truth


@dataclass(frozen=True, slots=True)
class Open:
    """What the source leaves for the office to say."""

    vague: Vague


Explained = Branching | Held | Open


def explained(node: Node, answers: Mapping[str, Value]) -> Explained:
    """A condition on one day, held against the answers. Raises TypeError for one that is not of a day."""
    met = truth_of(node, answers)
    match node:
        case All(parts):
            return Branching("all", met, tuple(explained(part, answers) for part in parts))
        case Any(parts):
            return Branching("any", met, tuple(explained(part, answers) for part in parts))
        case Not(part):
            return Branching("not", met, (explained(part, answers),))
        case Is() | MoreThan():
            return Held(node, answers.get(node.fact), met)
        case Vague():
            return Open(node)
    raise TypeError(f"{node} is no condition of a day")


def forcing(result: Result, answers: Mapping[str, Value], rulebook: Rulebook, at: date) -> tuple[str, ...]:
    """The fewest facts whose answers alone force this outcome, whatever the others; the first asked of several.

    None where the outcome hangs on no answer, or is not decided yet. Of the others, those about a place are
    about the place that was named, as the interview asks them.
    """
    ready, instrument = reading(rulebook), result.instrument
    diagram = ready.diagram(result.duty, instrument, day_of(instrument, at), result.word)
    if result.outcome is Outcome.UNDETERMINED or isinstance(diagram, Outcome):
        return ()
    local = locality.place_facts(rulebook)
    telling = ready.diagrams.facts(diagram).union(local, {locality.asked_by(rulebook)})
    somewhere = locality.settled(answers, rulebook)

    def forces(some: tuple[str, ...]) -> bool:
        given = {fact: answers[fact] for fact in some}
        if somewhere and not locality.settled(given, rulebook):
            # "I don't know whether it is there" says nothing while nobody has said where.
            given = {f: value for f, value in given.items() if value is not UNKNOWN or f not in local}
        return ready.left(diagram, instrument, given, rulebook) is result.outcome

    asked = tuple(fact for fact in rulebook.facts if fact in answers and fact in telling)
    return next(filter(forces, _smallest_first(asked)))


def _smallest_first(facts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(facts) + 1):
        yield from combinations(facts, size)
