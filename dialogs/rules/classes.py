"""Answer classes: values of a fact that no condition tells apart are one class.

The whole answer space then is finite and small, which is what makes the bound on questions and the proofs exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from dialogs.rules.logic import Is, Leaf, MoreThan, Node, Truth, leaves
from dialogs.rules.model import Question
from dialogs.rules.values import Band, Unknown, Value


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one fact: a value standing for each, in question order. Unknown is the class after the last."""

    fact: str
    tests: tuple[Leaf, ...]
    values: tuple[Value, ...]
    index: Mapping[tuple[Truth, ...], int]

    @property
    def unknown(self) -> int:
        """The index of the class of 'asked, not known or not told'."""
        return len(self.values)

    def of(self, value: Value) -> tuple[int, ...]:
        """The classes an answer may fall into: one, or several for a band that a threshold divides."""
        if isinstance(value, Unknown):
            return (self.unknown,)
        if isinstance(value, Band):
            return tuple(i for i, one in enumerate(self.bands()) if _overlap(one, value))
        return (self.index[tuple(test.test(value) for test in self.tests)],)

    def bands(self) -> tuple[Band, ...]:
        """The classes of a count as closed bands, ascending."""
        lows = [value for value in self.values if isinstance(value, int)]
        return tuple(
            Band(low, high)
            for low, high in zip(lows, [*(next_ - 1 for next_ in lows[1:]), None], strict=True)
        )


def _overlap(one: Band, other: Band) -> bool:
    """Whether two bands share a count."""
    return (other.high is None or one.low <= other.high) and (one.high is None or other.low <= one.high)


def classes_of(facts: Mapping[str, Question], conditions: Iterable[Node]) -> dict[str, Classes]:
    """The classes of every fact that some condition mentions."""
    tests: dict[str, dict[Leaf, None]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            tests.setdefault(leaf.fact, {})[leaf] = None
    return {fact: _classes(facts[fact], tuple(tests[fact])) for fact in facts if fact in tests}


def _classes(question: Question, tests: tuple[Leaf, ...]) -> Classes:
    """One value for each distinct row of test results."""
    index: dict[tuple[Truth, ...], int] = {}
    values: list[Value] = []
    for value in _candidates(question, tests):
        row = tuple(test.test(value) for test in tests)
        if row not in index:
            index[row] = len(values)
            values.append(value)
    return Classes(question.id, tests, tuple(values), index)


def _candidates(question: Question, tests: tuple[Leaf, ...]) -> Iterable[Value]:
    """Values enough to meet every class: each option, each set of the options tested, each side of a threshold."""
    ids = [option.id for option in question.options]
    if question.kind == "count":
        return sorted({0, *(test.first for test in tests if isinstance(test, MoreThan))})
    if question.kind == "several":
        named = {o for test in tests if isinstance(test, Is) for o in test.options + test.disputed}
        telling = [id_ for id_ in ids if id_ in named]
        return ((), *(some for n in range(1, len(telling) + 1) for some in combinations(telling, n)))
    return ids
