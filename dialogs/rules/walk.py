"""Every interview there can be, walked once: where interviews come to stand alike, they go on as one.

Paths are never listed. What holds of all of them is worked out from each stand's next ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.rules.classes import Classes
from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.model import Outcome
from dialogs.rules.route import Route, Stand
from dialogs.rules.values import UNKNOWN, Value

Place = int | Outcome
"""Where a diagram of one stand is in the next: its position there, or the outcome it has come to."""


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, the stand it leads to, and where each diagram of the stand before is then."""

    answer: Value
    stand: Stand
    to: tuple[Place, ...]

    def diagram(self, position: int) -> Diagram:
        """What the answer leaves of the diagram that was at `position`."""
        place = self.to[position]
        return place if isinstance(place, Outcome) else self.stand.left[place][1]


class Walk:
    """The stands that interviews come to, what is asked at each, and where its answers lead."""

    def __init__(self, route: Route, classes: Mapping[str, Classes]) -> None:
        self.route = route
        self._classes = classes
        self.steps: dict[Stand, tuple[Step, ...]] = {}
        self.asked: dict[Stand, str] = {}
        self._interviews: dict[Stand, int] = {}
        self._longest: dict[Stand, int] = {}
        self._outcomes: dict[tuple[Stand, bool], tuple[frozenset[Outcome], ...]] = {}

    def begin(self, start: Stand) -> tuple[Stand, tuple[Place, ...]]:
        """Walks everything from `start` on. The bare stand it is, and where each of its diagrams is there."""
        first = self.route.bare(start)
        waiting = [first]
        while waiting:
            stand = waiting.pop()
            if stand not in self.steps:
                self.steps[stand] = self._steps(stand)
                waiting.extend(step.stand for step in self.steps[stand])
        return first, places(start, first)

    def _steps(self, stand: Stand) -> tuple[Step, ...]:
        fact = self.route.next_question(stand)
        if fact is None:
            return ()
        self.asked[stand] = fact
        bare = [(answer, there, self.route.bare(there)) for answer, there in self.route.after(stand)]
        return tuple(Step(self._value(fact, answer), to, places(there, to)) for answer, there, to in bare)

    def _value(self, fact: str, answer: str | int) -> Value:
        """The value that stands for an answer: a place as it is, a class by its value."""
        if isinstance(answer, str):
            return UNKNOWN if answer == UNKNOWN.value else answer
        classes = self._classes[fact]
        return UNKNOWN if answer == classes.unknown else classes.values[answer]

    def interviews(self, stand: Stand) -> int:
        """How many ways there are to the end."""
        if stand not in self._interviews:
            after = [self.interviews(step.stand) for step in self.steps[stand]]
            self._interviews[stand] = sum(after) if after else 1
        return self._interviews[stand]

    def longest(self, stand: Stand) -> int:
        """How many questions the longest way to the end has."""
        if stand not in self._longest:
            after = [self.longest(step.stand) for step in self.steps[stand]]
            self._longest[stand] = 1 + max(after) if after else 0
        return self._longest[stand]

    def outcomes(self, stand: Stand, *, told: bool = False) -> tuple[frozenset[Outcome], ...]:
        """What each diagram of a stand can come to; with `told`, where every answer is known."""
        if (stand, told) not in self._outcomes:
            steps = [step for step in self.steps[stand] if not (told and step.answer is UNKNOWN)]
            self._outcomes[stand, told] = tuple(
                frozenset().union(*(self._reached(step, position, told=told) for step in steps))
                for position in range(len(stand.left))
            )
        return self._outcomes[stand, told]

    def _reached(self, step: Step, position: int, *, told: bool = False) -> frozenset[Outcome]:
        place = step.to[position]
        if isinstance(place, Outcome):
            return frozenset({place})
        return self.outcomes(step.stand, told=told)[place]

    def interview(self, stand: Stand, place: Place, outcome: Outcome) -> dict[str, Value]:
        """The first whole interview, in the order of the answers, in which that diagram comes to `outcome`.

        Raises StopIteration if there is none.
        """
        answers: dict[str, Value] = {}
        while self.steps[stand]:
            step = next(
                step
                for step in self.steps[stand]
                if isinstance(place, Outcome) or outcome in self._reached(step, place)
            )
            answers[self.asked[stand]] = step.answer
            place = place if isinstance(place, Outcome) else step.to[place]
            stand = step.stand
        return answers

    def way(self, start: Stand, goal: Stand) -> dict[str, Value] | None:
        """The fewest answers that lead from one stand to another; None if none do."""
        ways: dict[Stand, dict[str, Value]] = {start: {}}
        waiting = [start]
        for stand in waiting:
            if stand == goal:
                return ways[stand]
            for step in self.steps[stand]:
                if step.stand not in ways:
                    ways[step.stand] = {**ways[stand], self.asked[stand]: step.answer}
                    waiting.append(step.stand)
        return None


def places(full: Stand, bare: Stand) -> tuple[Place, ...]:
    """Where each diagram of a stand is in the bare one."""
    at = {element: position for position, element in enumerate(bare.left)}
    return tuple(
        at[place if bare.gate else "", diagram] if isinstance(diagram, Branch) else diagram
        for place, diagram in full.left
    )
