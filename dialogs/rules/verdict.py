"""The verdict: what every duty comes to for these answers, on this day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.rules.classes import Classes, classes_of
from dialogs.rules.diagram import Diagram, Diagrams
from dialogs.rules.logic import Truth
from dialogs.rules.model import Duty, Instrument, Outcome, Rulebook
from dialogs.rules.statement import Statement
from dialogs.rules.values import Value

CURRENT: Final = {
    Truth.TRUE: Outcome.APPLIES,
    Truth.FALSE: Outcome.DOES_NOT_APPLY,
    Truth.UNSURE: Outcome.ASK_THE_OFFICE,
}
NOT_SHOWN_CURRENT: Final = {**CURRENT, Truth.TRUE: Outcome.ASK_THE_OFFICE}


@dataclass(frozen=True, slots=True)
class Result:
    """One duty's outcome. `word` is the office's statement that lifted a doubt, if one did."""

    duty: Duty
    instrument: Instrument
    outcome: Outcome
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
    """A rulebook made ready for asking: its answer classes and decision diagrams, worked out once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.classes: Mapping[str, Classes] = classes_of(
            rulebook.facts, (duty.when for duty in rulebook.duties.values())
        )
        self.diagrams = Diagrams(self.classes)
        self._of = {
            (duty.id, current): self.diagrams.build(duty.when, outcomes)
            for duty in rulebook.duties.values()
            for current, outcomes in ((True, CURRENT), (False, NOT_SHOWN_CURRENT))
        }

    def diagram(self, duty: Duty, instrument: Instrument, day: date, word: Statement | None) -> Diagram:
        """The duty's diagram on a day: not in force, shown current (by source or office), or doubtful."""
        if not instrument.in_force_on(day):
            return Outcome.NOT_IN_FORCE
        return self._of[duty.id, instrument.current_on(day) or word is not None]

    def open(
        self,
        answers: Mapping[str, Value],
        rulebook: Rulebook,
        at: date,
        statements: Mapping[str, Statement] | None = None,
    ) -> tuple[tuple[Duty, Instrument, Statement | None, Diagram], ...]:
        """For every duty what is left of its diagram after these answers, and the office's word if one counts."""
        answered = {
            fact: self.classes[fact].of(value) for fact, value in answers.items() if fact in self.classes
        }
        left = []
        for duty in rulebook.duties.values():
            instrument = rulebook.instruments[duty.instrument]
            on = day_of(instrument, at)
            word = _word(instrument, duty, on, statements or {})
            diagram = self.diagrams.restrict(self.diagram(duty, instrument, on, word), answered)
            left.append((duty, instrument, word, diagram))
        return tuple(left)


@lru_cache(maxsize=16)
def reading(rulebook: Rulebook) -> Reading:
    """The one reading of a rulebook."""
    return Reading(rulebook)


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
    results = tuple(
        Result(duty, instrument, diagram if isinstance(diagram, Outcome) else Outcome.UNDETERMINED, word)
        for duty, instrument, word, diagram in left
    )
    diagrams = [diagram for *_, diagram in left]
    return Verdict(at, results, ready.diagrams.first_question(diagrams), ready.diagrams.bound(diagrams))


def _word(
    instrument: Instrument, duty: Duty, on: date, statements: Mapping[str, Statement]
) -> Statement | None:
    """The office's statement that it collects on that day, where the sources alone leave a doubt."""
    statement = statements.get(duty.id)
    if statement is None or instrument.current_on(on) or not instrument.in_force_on(on):
        return None
    return statement if statement.collects_on(on) else None
