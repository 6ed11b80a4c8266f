"""Conditions in three-valued logic.

A condition is a tree of `All`, `Any` and `Not` over leaves; a leaf tests one fact. `TRUE` and `FALSE` are
plain; `UNSURE` means that the sources differ, or that it hangs on what the owner does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from dialogs.rules.values import Value


class Truth(Enum):
    """The three values."""

    TRUE = "true"
    FALSE = "false"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Is:
    """The fact is one of `options`; for a fact with several answers, it includes one of them.

    On `disputed` options the sources differ.
    """

    fact: str
    options: tuple[str, ...]
    disputed: tuple[str, ...] = ()
    passage: str = ""

    def test(self, value: Value) -> Truth:
        """What this condition says of an answer."""
        given = value if isinstance(value, tuple) else (value,)
        if any(item in self.options for item in given):
            return Truth.TRUE
        return Truth.UNSURE if any(item in self.disputed for item in given) else Truth.FALSE

    def __str__(self) -> str:
        return f"{self.fact} is {' or '.join(self.options + self.disputed)}"


@dataclass(frozen=True, slots=True)
class MoreThan:
    """The count is strictly more than `limit` (超过). With `inclusive`, at least `limit` (以上).

    `says` is how the source puts it, in its own words.
    """

    fact: str
    limit: int
    inclusive: bool = False
    passage: str = ""
    says: str = ""

    @property
    def first(self) -> int:
        """The smallest count that meets it."""
        return self.limit if self.inclusive else self.limit + 1

    def test(self, value: Value) -> Truth:
        """What this condition says of an exact count."""
        if not isinstance(value, int):
            raise TypeError(f"{self.fact} is a count, not {value!r}")
        return Truth.TRUE if value >= self.first else Truth.FALSE

    def __str__(self) -> str:
        return f"{self.fact} {'>=' if self.inclusive else '>'} {self.limit}"


@dataclass(frozen=True, slots=True)
class Vague:
    """What a source leaves so open that only the office can say it. Nobody is asked about it."""

    text: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A condition that has changed: one in each period, first and last day included; None is without end."""

    periods: tuple[tuple[date, date | None, Leaf], ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part is enough."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Node


Leaf = Is | MoreThan
Node = Leaf | Vague | Dated | All | Any | Not | Truth

_OPPOSITE = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNSURE: Truth.UNSURE}


def opposite(truth: Truth) -> Truth:
    """Not, for one of the three values."""
    return _OPPOSITE[truth]


@lru_cache(maxsize=65536)
def substitute(node: Node, fact: str, value: Value) -> Node:
    """What is left of a condition once `fact` is known to be `value`."""
    match node:
        case Is() | MoreThan():
            return node.test(value) if node.fact == fact else node
        case Not(part):
            rest = substitute(part, fact, value)
            return opposite(rest) if isinstance(rest, Truth) else Not(rest)
        case All(parts):
            return conjunction(tuple(substitute(part, fact, value) for part in parts))
        case Any(parts):
            return disjunction(tuple(substitute(part, fact, value) for part in parts))
        case Truth() | Vague() | Dated():
            return node


def conjunction(parts: tuple[Node, ...]) -> Node:
    """All of `parts`, simplified: one FALSE decides, a TRUE drops out."""
    if Truth.FALSE in parts:
        return Truth.FALSE
    rest = tuple(dict.fromkeys(part for part in parts if part is not Truth.TRUE))
    return rest[0] if len(rest) == 1 else All(rest) if rest else Truth.TRUE


def disjunction(parts: tuple[Node, ...]) -> Node:
    """Any of `parts`, simplified: one TRUE decides, a FALSE drops out."""
    if Truth.TRUE in parts:
        return Truth.TRUE
    rest = tuple(dict.fromkeys(part for part in parts if part is not Truth.FALSE))
    return rest[0] if len(rest) == 1 else Any(rest) if rest else Truth.FALSE


@lru_cache(maxsize=65536)
def facts_of(node: Node) -> frozenset[str]:
    """The facts a condition mentions."""
    return frozenset(leaf.fact for leaf in leaves(node))


def leaves(node: Node) -> tuple[Leaf, ...]:
    """The leaves of a condition, in the order they are written."""
    match node:
        case Is() | MoreThan():
            return (node,)
        case Not(part):
            return leaves(part)
        case All(parts) | Any(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Dated(periods):
            return tuple(leaf for _, _, leaf in periods)
        case Truth() | Vague():
            return ()


def on_day(node: Node, day: date) -> Node | None:
    """The condition as it is on `day`; None if some value in it has none then."""
    match node:
        case Dated(periods):
            return next((leaf for first, last, leaf in periods if first <= day <= (last or day)), None)
        case Not(part):
            there = on_day(part, day)
            return None if there is None else Not(there)
        case All(parts) | Any(parts):
            found = [on_day(part, day) for part in parts]
            return None if None in found else type(node)(tuple(part for part in found if part is not None))
        case _:
            return node


def changes_of(node: Node) -> frozenset[date]:
    """The first days of other conditions: from each of them on, until the next, it is one and the same."""
    match node:
        case Dated(periods):
            ends = {last + timedelta(days=1) for _, last, _ in periods if last}
            return frozenset({first for first, _, _ in periods} | ends)
        case Not(part):
            return changes_of(part)
        case All(parts) | Any(parts):
            return frozenset().union(*map(changes_of, parts))
        case _:
            return frozenset()


def decidable(node: Node) -> Node:
    """The condition with what is vague in it as UNSURE, simplified."""
    match node:
        case Vague():
            return Truth.UNSURE
        case Not(part):
            rest = decidable(part)
            return opposite(rest) if isinstance(rest, Truth) else Not(rest)
        case All(parts):
            return conjunction(tuple(map(decidable, parts)))
        case Any(parts):
            return disjunction(tuple(map(decidable, parts)))
        case _:
            return node
