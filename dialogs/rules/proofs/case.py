"""What is proven: a rulebook with all its interviews, from every start that some day gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.rules.model import Duty, Instrument, Outcome, Rulebook
from dialogs.rules.points import Point
from dialogs.rules.route import Stand
from dialogs.rules.verdict import Reading, reading
from dialogs.rules.walk import Place, Walk


@dataclass(frozen=True, slots=True)
class Start:
    """Where interviews begin at some points, of which `point` is the first. `at` has each duty's place there."""

    point: Point
    full: Stand
    stand: Stand
    at: Mapping[str, Place]


class Case:
    """A rulebook, the day it is read on, and its walk as far as its points were taken."""

    def __init__(self, rulebook: Rulebook, today: date) -> None:
        self.rulebook = rulebook
        self.today = today
        self.reading: Reading = reading(rulebook)
        self.walk = Walk(self.reading.route, self.reading.classes)
        self.begun: dict[Point, Start] = {}
        self._starts: dict[Stand, Start] = {}

    def take(self, point: Point) -> None:
        """Walks every interview that begins at that point. What begins alike is walked once."""
        left = self.reading.open({}, self.rulebook, point.day, point.statements(self.rulebook))
        full = self.reading.stand(left, {}, self.rulebook)
        if full not in self._starts:
            stand, at = self.walk.begin(full)
            duties = (duty.id for duty, *_ in left)
            self._starts[full] = Start(point, full, stand, dict(zip(duties, at, strict=True)))
        self.begun[point] = self._starts[full]

    @property
    def starts(self) -> tuple[Start, ...]:
        """The different starts, in the order of their first points."""
        return tuple(self._starts.values())

    def instrument(self, duty: Duty) -> Instrument:
        """The instrument of a duty."""
        return self.rulebook.instruments[duty.instrument]

    def outcomes(self, start: Start, duty: Duty, *, told: bool = False) -> frozenset[Outcome]:
        """What a duty can come to from there; with `told`, where every answer is known."""
        place = start.at[duty.id]
        if isinstance(place, Outcome):
            return frozenset({place})
        return self.walk.outcomes(start.stand, told=told)[place]
