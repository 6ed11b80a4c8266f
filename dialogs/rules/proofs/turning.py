"""Of the flips that cards show: each really leads to the outcome shown, and that is another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from dialogs.rules.explain import Flip
from dialogs.rules.model import Duty, Outcome, Rulebook
from dialogs.rules.points import Point
from dialogs.rules.proofs.case import Case, Start
from dialogs.rules.proofs.fault import Fault, written
from dialogs.rules.statement import Statement
from dialogs.rules.values import Band, Value
from dialogs.rules.verdict import Result, judge

Flips = Callable[
    [Result, Mapping[str, Value], Rulebook, date, Mapping[str, Statement] | None], tuple[Flip, ...]
]


def kinds(case: Case) -> Iterator[tuple[Start, Duty, Outcome, dict[str, Value]]]:
    """One whole interview for each duty, condition and outcome it can come to."""
    seen = set()
    for start in case.starts:
        for duty in case.rulebook.duties.values():
            place = start.at[duty.id]
            if isinstance(place, Outcome):
                continue
            element = start.stand.left[place]
            for outcome in sorted(case.outcomes(start, duty)):
                if (duty.id, element, outcome) not in seen:
                    seen.add((duty.id, element, outcome))
                    yield start, duty, outcome, case.walk.interview(start.stand, place, outcome)


def turning(case: Case, flips: Flips) -> Iterator[Fault]:
    """The verdict of each such interview is as it was walked to, and each flip from it flips."""
    for start, duty, outcome, answers in kinds(case):
        found = _judged(case, duty, answers, start.point)
        if found.outcome is not outcome:
            wrong = f"comes to {found.outcome}, and {outcome} was walked to"
            yield Fault(duty.id, wrong, start.point, answers)
        statements = start.point.statements(case.rulebook)
        for flip in flips(found, answers, case.rulebook, start.point.day, statements):
            for value in _ends(flip.to):
                other = _judged(case, duty, {**answers, flip.fact: value}, start.point).outcome
                if other is not flip.outcome or other in (outcome, Outcome.UNDETERMINED):
                    wrong = f"{flip.fact}={written(flip.to)} does not flip {outcome} to {flip.outcome}"
                    so = f"with {flip.fact}={written(value)} it is {other}"
                    yield Fault(duty.id, wrong, start.point, answers, so)


def _judged(case: Case, duty: Duty, answers: Mapping[str, Value], point: Point) -> Result:
    return judge(duty, answers, case.rulebook, point.day, point.statements(case.rulebook))


def _ends(value: Value) -> tuple[Value, ...]:
    """The first and the last count of a band; one a good way up stands for the last of an open one."""
    if not isinstance(value, Band):
        return (value,)
    return value.low, value.low * 10 if value.high is None else value.high
