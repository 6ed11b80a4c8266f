"""How much was proven."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.rules.proofs.case import Case


@dataclass(frozen=True, slots=True)
class Counts:
    """What was walked. `classes` are those of all answers together, `states` those that interviews come to."""

    instruments: int
    duties: int
    sources: int
    facts: int
    classes: int
    days: int
    starts: int
    states: int
    interviews: int
    longest: int


def counted(case: Case) -> Counts:
    """The counts of a case that was walked."""
    book, gate = case.rulebook, case.reading.gate
    classes = sum(len(one.values) + 1 for one in case.reading.classes.values())
    return Counts(
        instruments=len(book.instruments),
        duties=len(book.duties),
        sources=len(book.sources),
        facts=len(book.facts),
        classes=classes + (len(gate.places) + 2 if gate else 0),
        days=len({point.day for point in case.begun}),
        starts=len(case.starts),
        states=len(case.walk.steps),
        interviews=sum(case.walk.interviews(start.stand) for start in case.starts),
        longest=max((case.walk.longest(start.stand) for start in case.starts), default=0),
    )
