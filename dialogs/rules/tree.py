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
from dialogs.rules.model import Rulebook
from dialogs.rules.values import Value
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

    None where the outcome hangs on no answer, or is not decided yet.
    """
    ready, instrument = reading(rulebook), result.instrument
    diagram = ready.diagram(result.duty, instrument, day_of(instrument, at), result.word)
    telling = ready.diagrams.facts(diagram) | {locality.asked_by(rulebook)}
    for some in _smallest_first(tuple(fact for fact in answers if fact in telling)):
        given = {fact: answers[fact] for fact in some}
        if ready.left(diagram, instrument, given, rulebook) is result.outcome:
            return some
    return ()


def _smallest_first(facts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(facts) + 1):
        yield from combinations(facts, size)
