"""The fewest answers that settle a diagram."""

from __future__ import annotations

from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.model import Outcome
from dialogs.rules.values import UNKNOWN, Value
from dialogs.rules.verdict import Reading

Answer = tuple[str, int]


def smallest(reading: Reading, diagram: Diagram, outcome: Outcome) -> dict[str, Value]:
    """The fewest answers after which it is `outcome` whatever else is answered; the first in the order of asking.

    Raises ValueError if none lead there.
    """
    for most in range(len(reading.diagrams.facts(diagram)) + 1):
        found = _within(reading, frozenset({diagram}), outcome, most)
        if found is not None:
            return {fact: _value(reading, fact, index) for fact, index in found}
    raise ValueError(f"nothing leads to {outcome}")


def _value(reading: Reading, fact: str, index: int) -> Value:
    classes = reading.classes[fact]
    return UNKNOWN if index == classes.unknown else classes.values[index]


def _within(
    reading: Reading, diagrams: frozenset[Diagram], outcome: Outcome, most: int
) -> tuple[Answer, ...] | None:
    """At most so many answers that settle all of them; None if that many do not."""
    if any(isinstance(one, Outcome) and one is not outcome for one in diagrams):
        return None
    open_ = [one for one in diagrams if isinstance(one, Branch)]
    fact = reading.diagrams.first_question(open_)
    if fact is None:
        return ()
    asking = [dict(one.children) for one in open_ if one.fact == fact]
    others = frozenset(one for one in open_ if one.fact != fact)
    for index in sorted(set.intersection(*map(set, asking))) if most else ():
        rest = _within(reading, others | {one[index] for one in asking}, outcome, most - 1)
        if rest is not None:
            return ((fact, index), *rest)
    return _within(reading, others | {child for one in asking for child in one.values()}, outcome, most)
