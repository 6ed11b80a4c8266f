"""The way of an interview: which question comes next, where each answer leads, how many are left at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.rules.diagram import Answered, Branch, Diagram, Diagrams
from dialogs.rules.model import ELSEWHERE
from dialogs.rules.values import UNKNOWN

Left = tuple[tuple[str, Diagram], ...]
"""For each duty the place it is confined to, '' for none, and what is left of its diagram."""


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The question for the place: asked before all `facts` that have one, once any of these matters.

    `away` and `untold` are what its answers say of these facts where another place, or none, is named. Once a
    place is named the facts are asked about it alone: `near` has the answers left to them then.
    """

    fact: str
    places: tuple[str, ...]
    facts: frozenset[str]
    away: Answered
    untold: Answered
    near: Mapping[str, Answered]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an interview stands. `gate` is the question for the place while it is still to be asked."""

    left: Left
    gate: Gate | None = None

    @property
    def diagrams(self) -> tuple[Diagram, ...]:
        """What is left of each duty's diagram."""
        return tuple(diagram for _, diagram in self.left)


class Route:
    """The ways through the diagrams of one rulebook. What was worked out once is not worked out again."""

    def __init__(self, diagrams: Diagrams, order: Mapping[str, int]) -> None:
        self._diagrams = diagrams
        self._order = order
        self._bounds: dict[Stand, int] = {}
        self._there: dict[tuple[str, Diagram], Diagram] = {}

    def next_question(self, stand: Stand) -> str | None:
        """The first fact, in the order of asking, that some duty still depends on."""
        first = self._diagrams.first_question(stand.diagrams)
        gate = stand.gate
        if first is None or gate is None or self._order[first] < self._order[gate.fact]:
            return first
        local = any(self._diagrams.facts(diagram) & gate.facts for diagram in stand.diagrams)
        return gate.fact if local else first

    def after(self, stand: Stand) -> tuple[tuple[str | int, Stand], ...]:
        """Where each answer to the next question leads: a class of it, or a place. None at the end."""
        fact = self.next_question(stand)
        if fact is None:
            return ()
        if stand.gate is not None and fact == stand.gate.fact:
            return self._through(stand, stand.gate)
        asking = next(d for d in stand.diagrams if isinstance(d, Branch) and d.fact == fact)
        return tuple((i, self._follow(stand, fact, i)) for i, _ in asking.children)

    def _through(self, stand: Stand, gate: Gate) -> tuple[tuple[str, Stand], ...]:
        """Where each place leads: all duties of the others are out of question."""
        answers = (*gate.places, ELSEWHERE, UNKNOWN.value)
        return tuple(
            (answer, Stand(tuple((place, self._at(answer, place, d, gate)) for place, d in stand.left)))
            for answer in answers
        )

    def _at(self, answer: str, place: str, diagram: Diagram, gate: Gate) -> Diagram:
        """What that answer to the question for the place leaves of a diagram confined to `place`."""
        if not place:
            return diagram
        said = answer if answer in (place, UNKNOWN.value) else ELSEWHERE
        if (said, diagram) not in self._there:
            answers = {ELSEWHERE: gate.away, UNKNOWN.value: gate.untold}.get(said) or gate.near[place]
            self._there[said, diagram] = self._diagrams.restrict(diagram, answers)
        return self._there[said, diagram]

    def bare(self, stand: Stand) -> Stand:
        """What is still open of a stand, each diagram once: stands that ask the same are one."""
        open_ = [one for one in stand.left if isinstance(one[1], Branch)]
        gate = stand.gate
        if gate is None or not any(self._diagrams.facts(diagram) & gate.facts for _, diagram in open_):
            return Stand(tuple(dict.fromkeys(("", diagram) for _, diagram in open_)))
        return Stand(tuple(dict.fromkeys(open_)), gate)

    def _follow(self, stand: Stand, fact: str, index: int) -> Stand:
        left = tuple(
            (place, dict(d.children)[index] if isinstance(d, Branch) and d.fact == fact else d)
            for place, d in stand.left
        )
        return Stand(left, stand.gate)

    def bound(self, stand: Stand) -> int:
        """At most how many questions are left."""
        stand = self.bare(stand)
        if stand.gate is None:
            return self._diagrams.bound(stand.diagrams)
        if stand not in self._bounds:
            after = [self.bound(there) for _, there in self.after(stand)]
            self._bounds[stand] = 1 + max(after) if after else 0
        return self._bounds[stand]
