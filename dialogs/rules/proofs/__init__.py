"""The rulebook proven: over all answers, on all days that matter, without and with an office that collects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.rules.explain import flips
from dialogs.rules.model import Rulebook
from dialogs.rules.points import points
from dialogs.rules.proofs import conditions, law, numbers, shown, turning, ways
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.counts import Counts, counted
from dialogs.rules.proofs.fault import Fault, ordered

PROOFS: Final[tuple[Callable[[Case], Iterator[Fault]], ...]] = (
    ways.settles,
    ways.matters,
    ways.asked,
    shown.outcomes,
    shown.deadlines,
    shown.parts,
    shown.sources,
    conditions.apply,
    conditions.decide,
    conditions.confined,
    law.current,
    law.stated,
    law.steady,
    law.rests,
    law.follows,
    law.circles,
    law.checked,
    numbers.numbers,
)


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of the proofs: the faults, smallest first, what ought to be seen to, and the case itself.

    Interviews that do not all end cannot be counted.
    """

    case: Case
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]
    counts: Counts | None


def stages(rulebook: Rulebook) -> int:
    """How many times `prove` says that it has come further."""
    return len(points(rulebook)) + len(PROOFS) + 2


def prove(
    rulebook: Rulebook,
    today: date,
    further: Callable[[], object] = lambda: None,
    shown_flips: turning.Flips = flips,
) -> Proven:
    """Proves a rulebook as it is read `today`; `further` is called at every stage."""
    case = Case(rulebook, today)
    for point in points(rulebook):
        case.take(point)
        further()
    found = list(ways.ends(case))
    ends = not found
    further()
    if ends:  # what has no end cannot be proven further
        for proof in PROOFS:
            found.extend(proof(case))
            further()
        found.extend(turning.turning(case, shown_flips))
        further()
    counts = counted(case) if ends else None
    return Proven(case, tuple(ordered(found, rulebook.facts)), tuple(law.warnings(case)), counts)
