"""Decision diagrams: a condition unfolded over the answer classes, in the order the questions are asked.

A diagram branches on a fact only if the outcome depends on it. So the root is the next question worth asking,
the longest path is the true bound on questions left, and a walk of the diagram is a proof over all answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.rules.classes import Classes
from dialogs.rules.logic import Leaf, Node, Truth, facts_of, leaves, substitute
from dialogs.rules.model import Outcome
from dialogs.rules.values import Value

Answered = Mapping[str, tuple[int, ...]]
"""For each fact answered, the classes its answer may fall into."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A question that matters, and what each class of answer leads to. Equal diagrams are one object."""

    fact: str
    children: tuple[tuple[int, Diagram], ...]


Diagram = Branch | Outcome


class Diagrams:
    """Makes and keeps the diagrams of one rulebook. What was worked out once is not worked out again."""

    def __init__(self, classes: Mapping[str, Classes]) -> None:
        self._classes = classes
        self._order = {fact: place for place, fact in enumerate(classes)}
        self._branches: dict[tuple[str, tuple[tuple[int, Diagram], ...]], Diagram] = {}
        self._built: dict[tuple[object, ...], Diagram] = {}
        self._kinds_of: dict[tuple[str, tuple[Leaf, ...]], tuple[tuple[Value, ...], tuple[int, ...]]] = {}
        self._truths: dict[Node, frozenset[Truth]] = {}
        self._facts: dict[Branch, frozenset[str]] = {}
        self._outcomes: dict[Branch, frozenset[Outcome]] = {}
        self._bounds: dict[frozenset[Branch], int] = {}

    def branch(self, fact: str, children: tuple[tuple[int, Diagram], ...]) -> Diagram:
        """The one diagram with these children; a branch whose children agree is no branch."""
        first = children[0][1]
        if all(child is first for _, child in children):
            return first
        return self._branches.setdefault((fact, children), Branch(fact, children))

    def build(
        self, node: Node, outcomes: Mapping[Truth, Outcome], unknown: frozenset[str] = frozenset()
    ) -> Diagram:
        """The diagram of a condition, when its truth leads to `outcomes` and `unknown` facts stay unknown."""
        open_ = facts_of(node) - unknown
        if not open_:
            return outcomes[self.settle(node)]
        key = (node, unknown & facts_of(node), tuple(outcomes.values()))
        if key not in self._built:
            fact = min(open_, key=self._order.__getitem__)
            values, kind_of = self._kinds(node, fact)
            known = [self.build(substitute(node, fact, value), outcomes, unknown) for value in values]
            untold = self.build(node, outcomes, unknown | {fact})
            children = [*(known[kind] for kind in kind_of), untold]
            self._built[key] = self.branch(fact, tuple(enumerate(children)))
        return self._built[key]

    def settle(self, node: Node) -> Truth:
        """The truth of a condition whose facts stay unknown: what all their values agree on, else UNSURE."""
        found = self._possible(node)
        return next(iter(found)) if len(found) == 1 else Truth.UNSURE

    def _possible(self, node: Node) -> frozenset[Truth]:
        """Every truth that some values of its facts give a condition."""
        if isinstance(node, Truth):
            return frozenset({node})
        if node not in self._truths:
            fact = min(facts_of(node), key=self._order.__getitem__)
            values, _ = self._kinds(node, fact)
            rest = (substitute(node, fact, value) for value in values)
            self._truths[node] = frozenset().union(*map(self._possible, rest))
        return self._truths[node]

    def _kinds(self, node: Node, fact: str) -> tuple[tuple[Value, ...], tuple[int, ...]]:
        """The classes of a fact by what this condition alone tells apart: a value of each kind; each one's kind.

        Of many places a condition names one or two: it is unfolded for these and once for all others.
        """
        tests = tuple(dict.fromkeys(leaf for leaf in leaves(node) if leaf.fact == fact))
        if (fact, tests) not in self._kinds_of:
            values = self._classes[fact].values
            rows = [tuple(test.test(value) for test in tests) for value in values]
            first = {row: values[rows.index(row)] for row in rows}
            kinds = {row: kind for kind, row in enumerate(first)}
            self._kinds_of[fact, tests] = tuple(first.values()), tuple(kinds[row] for row in rows)
        return self._kinds_of[fact, tests]

    def restrict(self, diagram: Diagram, answered: Answered) -> Diagram:
        """What is left of a diagram after some answers. A band keeps its question open if it divides."""
        return self._restrict(diagram, answered, {})

    def _restrict(self, diagram: Diagram, answered: Answered, done: dict[Branch, Diagram]) -> Diagram:
        """The same; what several answers lead to is restricted once."""
        if isinstance(diagram, Outcome) or answered.keys().isdisjoint(self.facts(diagram)):
            return diagram
        if diagram not in done:
            among = answered.get(diagram.fact)
            kept = tuple(
                (i, self._restrict(child, answered, done))
                for i, child in diagram.children
                if among is None or i in among
            )
            done[diagram] = self.branch(diagram.fact, kept)
        return done[diagram]

    def facts(self, diagram: Diagram) -> frozenset[str]:
        """The facts a diagram still depends on."""
        if isinstance(diagram, Outcome):
            return frozenset()
        if diagram not in self._facts:
            below = (self.facts(child) for _, child in diagram.children)
            self._facts[diagram] = frozenset({diagram.fact}).union(*below)
        return self._facts[diagram]

    def outcomes(self, diagram: Diagram) -> frozenset[Outcome]:
        """What a diagram can still come to."""
        if isinstance(diagram, Outcome):
            return frozenset({diagram})
        if diagram not in self._outcomes:
            below = (self.outcomes(child) for _, child in diagram.children)
            self._outcomes[diagram] = frozenset().union(*below)
        return self._outcomes[diagram]

    def first_question(self, diagrams: Iterable[Diagram]) -> str | None:
        """The first fact, in the order of asking, that some diagram still depends on."""
        facts = {diagram.fact for diagram in diagrams if isinstance(diagram, Branch)}
        return min(facts, key=self._order.__getitem__, default=None)

    def bound(self, diagrams: Iterable[Diagram]) -> int:
        """At most how many questions are left before every diagram has come to an outcome."""
        open_ = frozenset(diagram for diagram in diagrams if isinstance(diagram, Branch))
        if not open_:
            return 0
        if open_ not in self._bounds:
            fact = self.first_question(open_)
            indices = next([i for i, _ in d.children] for d in open_ if d.fact == fact)
            self._bounds[open_] = 1 + max(self.bound(_follow(open_, str(fact), i)) for i in indices)
        return self._bounds[open_]


def _follow(diagrams: Iterable[Branch], fact: str, index: int) -> Sequence[Diagram]:
    """Each diagram after the answer of that class."""
    return [dict(diagram.children)[index] if diagram.fact == fact else diagram for diagram in diagrams]
