"""The verdict: what every duty comes to for these answers, on this day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.rules import locality
from dialogs.rules.classes import Classes, classes_of
from dialogs.rules.diagram import Answered, Diagram, Diagrams
from dialogs.rules.logic import Node, Truth, decidable
from dialogs.rules.model import ELSEWHERE, Duty, Instrument, Outcome, Rulebook
from dialogs.rules.route import Gate, Route, Stand
from dialogs.rules.statement import Statement
from dialogs.rules.values import Value

CURRENT: Final = {
    Truth.TRUE: Outcome.APPLIES,
    Truth.FALSE: Outcome.DOES_NOT_APPLY,
    Truth.UNSURE: Outcome.ASK_THE_OFFICE,
}
NOT_SHOWN_CURRENT: Final = {**CURRENT, Truth.TRUE: Outcome.ASK_THE_OFFICE}

Left = tuple[Duty, Instrument, Statement | None, Diagram]
"""A duty, its instrument, the office's word if one counts, and what is left of its diagram."""


@dataclass(frozen=True, slots=True)
class Result:
    """One duty's outcome. `when` is its condition on that day; where none holds then, all it ever was.

    `word` is the office's statement that lifted a doubt, if one did.
    """

    duty: Duty
    instrument: Instrument
    outcome: Outcome
    when: Node
    word: Statement | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All results at a day or moment, the next question worth asking, and at most how many are left with it."""

    at: date
    results: tuple[Result, ...]
    next_question: str | None
    questions_left: int

    def result(self, duty: str) -> Result:
        """The result of that duty. Raises KeyError."""
        return {result.duty.id: result for result in self.results}[duty]


class Reading:
    """A rulebook made ready for asking: its answer classes and decision diagrams, worked out once.

    `gate` is the question for the place, where there are several.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.classes: Mapping[str, Classes] = classes_of(
            rulebook.facts, (duty.when for duty in rulebook.duties.values())
        )
        self.diagrams = Diagrams(self.classes)
        self._of = {
            (duty.id, first, current): self.diagrams.build(decidable(when), outcomes)
            for duty in rulebook.duties.values()
            for first, when in duty.periods
            if when is not None
            for current, outcomes in ((True, CURRENT), (False, NOT_SHOWN_CURRENT))
        }
        self.route = Route(self.diagrams, {fact: place for place, fact in enumerate(rulebook.facts)})
        self.gate = _gate(rulebook, self.classes)

    def diagram(self, duty: Duty, instrument: Instrument, day: date, word: Statement | None) -> Diagram:
        """The duty's diagram on a day: not in force, shown current (by source or office), or doubtful."""
        first, when = period(duty, day)
        if when is None or not instrument.in_force_on(day):
            return Outcome.NOT_IN_FORCE
        return self._of[duty.id, first, instrument.current_on(day) or word is not None]

    def open(
        self,
        answers: Mapping[str, Value],
        rulebook: Rulebook,
        at: date,
        statements: Mapping[str, Statement] | None = None,
    ) -> tuple[Left, ...]:
        """For every duty what is left of its diagram after these answers, and the office's word if one counts."""
        answered = {
            instrument.id: self._answered(answers, instrument, rulebook)
            for instrument in rulebook.instruments.values()
        }
        return tuple(
            self._open(duty, answered[duty.instrument], rulebook, at, statements or {})
            for duty in rulebook.duties.values()
        )

    def only(
        self,
        duty: Duty,
        answers: Mapping[str, Value],
        rulebook: Rulebook,
        at: date,
        statements: Mapping[str, Statement] | None = None,
    ) -> Left:
        """The same for one duty."""
        answered = self._answered(answers, rulebook.instruments[duty.instrument], rulebook)
        return self._open(duty, answered, rulebook, at, statements or {})

    def _open(
        self,
        duty: Duty,
        answered: Answered,
        rulebook: Rulebook,
        at: date,
        statements: Mapping[str, Statement],
    ) -> Left:
        instrument = rulebook.instruments[duty.instrument]
        on = day_of(instrument, at)
        word = _word(instrument, duty, on, statements)
        diagram = self.diagram(duty, instrument, on, word)
        return duty, instrument, word, self.diagrams.restrict(diagram, answered)

    def left(
        self, diagram: Diagram, instrument: Instrument, answers: Mapping[str, Value], rulebook: Rulebook
    ) -> Diagram:
        """What is left of one duty's diagram after these answers."""
        return self.diagrams.restrict(diagram, self._answered(answers, instrument, rulebook))

    def _answered(self, answers: Mapping[str, Value], instrument: Instrument, rulebook: Rulebook) -> Answered:
        """The classes that each answer may fall into, and those left to a place fact once a place is named."""
        given = {
            fact: self.classes[fact].of(value)
            for fact, value in locality.known(answers, instrument, rulebook).items()
            if fact in self.classes
        }
        named = locality.named(answers, rulebook)
        if self.gate is None or instrument.place not in named:
            return given
        near = [self.gate.near[place] for place in sorted(named)]
        return {
            fact: tuple(sorted({i for one in near for i in one[fact]})) for fact in self.gate.facts
        } | given

    def stand(
        self,
        left: tuple[Left, ...],
        answers: Mapping[str, Value],
        rulebook: Rulebook,
    ) -> Stand:
        """Where the interview stands after these answers, given what they leave open."""
        diagrams = tuple((instrument.place, diagram) for _, instrument, _, diagram in left)
        return Stand(diagrams, None if locality.settled(answers, rulebook) else self.gate)


def period(duty: Duty, day: date) -> tuple[date, Node | None]:
    """The condition of a duty on a day, and since when it is so."""
    return next(one for one in reversed(duty.periods) if one[0] <= day)


@lru_cache(maxsize=16)
def reading(rulebook: Rulebook) -> Reading:
    """The one reading of a rulebook."""
    return Reading(rulebook)


def _gate(rulebook: Rulebook, classes: Mapping[str, Classes]) -> Gate | None:
    """The question for the place, with what its answers say of the facts that have one."""
    fact = locality.asked_by(rulebook)
    if fact is None:
        return None
    facts = [classes[name] for name in locality.place_facts(rulebook) if name in classes]
    return Gate(
        fact,
        tuple(rulebook.places),
        frozenset(one.fact for one in facts),
        {one.fact: one.of(ELSEWHERE) for one in facts},
        {one.fact: (one.unknown,) for one in facts},
        {
            place: {one.fact: (*one.of(place), *one.of(ELSEWHERE), one.unknown) for one in facts}
            for place in rulebook.places
        },
    )


def day_of(instrument: Instrument, at: date) -> date:
    """The day meant by `at`: itself if it is a day, the day in the issuer's zone if it is a moment."""
    return at.astimezone(_zone(instrument.zone)).date() if isinstance(at, datetime) else at


_zone = lru_cache(maxsize=None)(ZoneInfo)


def assess(
    answers: Mapping[str, Value],
    rulebook: Rulebook,
    at: date,
    statements: Mapping[str, Statement] | None = None,
) -> Verdict:
    """What every duty comes to `at` a day, or at a moment, by the answers so far and what offices state.

    A moment is a different day in different zones; each instrument is judged by the day of its issuer.
    """
    ready = reading(rulebook)
    left = ready.open(answers, rulebook, at, statements)
    stand = ready.stand(left, answers, rulebook)
    results = tuple(_result(one, at) for one in left)
    return Verdict(at, results, ready.route.next_question(stand), ready.route.bound(stand))


def judge(
    duty: Duty,
    answers: Mapping[str, Value],
    rulebook: Rulebook,
    at: date,
    statements: Mapping[str, Statement] | None = None,
) -> Result:
    """What one duty comes to; as `assess` has it, without the others."""
    return _result(reading(rulebook).only(duty, answers, rulebook, at, statements), at)


def _result(left: Left, at: date) -> Result:
    duty, instrument, word, diagram = left
    outcome = diagram if isinstance(diagram, Outcome) else Outcome.UNDETERMINED
    return Result(duty, instrument, outcome, period(duty, day_of(instrument, at))[1] or duty.when, word)


def _word(
    instrument: Instrument, duty: Duty, on: date, statements: Mapping[str, Statement]
) -> Statement | None:
    """The office's statement that it collects on that day, where the sources alone leave a doubt."""
    statement = statements.get(duty.id)
    if statement is None or instrument.current_on(on) or not instrument.in_force_on(on):
        return None
    return statement if statement.collects_on(on) else None
