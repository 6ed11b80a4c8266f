"""Of the interviews: each ends in time with one outcome a duty, and asks nothing in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.model import Outcome
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.route import Stand
from dialogs.rules.walk import Step


def ends(case: Case) -> Iterator[Fault]:
    """Every interview ends, within the number of questions that is shown: it falls with each answer."""
    bound, walk = case.walk.route.bound, case.walk
    for stand, steps in walk.steps.items():
        for step in steps:
            if bound(step.stand) >= bound(stand):
                so = f"at most {bound(stand)} questions were left, and then {bound(step.stand)}"
                yield _fault(case, walk.asked[stand], "the bound does not fall", stand, so)


def settles(case: Case) -> Iterator[Fault]:
    """At the end of every interview each duty has one outcome, and it is not 'undetermined'."""
    for stand, steps in case.walk.steps.items():
        if not steps and stand.left:
            yield _fault(case, "interview", "ends while duties are still open", stand)
    for start in case.starts:
        for duty in case.rulebook.duties.values():
            if Outcome.UNDETERMINED in case.outcomes(start, duty):
                yield Fault(duty.id, "undetermined at the end", start.point)


def matters(case: Case) -> Iterator[Fault]:
    """Of every question asked, two answers lead to different outcomes of some duty."""
    order = {fact: place for place, fact in enumerate(case.rulebook.facts)}
    differences = Differences(order)
    for stand, steps in case.walk.steps.items():
        if steps and not any(differences.in_step(steps[0], step) for step in steps[1:]):
            yield _fault(case, case.walk.asked[stand], "asked in vain", stand)


class Differences:
    """Whether two diagrams can come to different outcomes. It does not rely on how diagrams are built."""

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order
        self._found: dict[tuple[Diagram, Diagram], bool] = {}

    def in_step(self, one: Step, other: Step) -> bool:
        """Whether two answers can make a difference to some duty."""
        positions = range(len(one.to))
        return any(self.between(one.diagram(place), other.diagram(place)) for place in positions)

    def between(self, one: Diagram, other: Diagram) -> bool:
        """Whether some answers lead the one elsewhere than the other."""
        if one is other:
            return False
        if isinstance(one, Outcome) and isinstance(other, Outcome):
            return True
        if (one, other) not in self._found:
            branches = (d for d in (one, other) if isinstance(d, Branch))
            fact = min((branch.fact for branch in branches), key=self._order.__getitem__)
            first, second = self._children(one, fact), self._children(other, fact)
            indices = (first or second or {}).keys() & (second or first or {}).keys()
            self._found[one, other] = any(
                self.between(first[i] if first else one, second[i] if second else other) for i in indices
            )
        return self._found[one, other]

    @staticmethod
    def _children(diagram: Diagram, fact: str) -> Mapping[int, Diagram] | None:
        """What each answer leads to; None if the diagram does not ask about that fact first."""
        asks = isinstance(diagram, Branch) and diagram.fact == fact
        return dict(diagram.children) if isinstance(diagram, Branch) and asks else None


def asked(case: Case) -> Iterator[Fault]:
    """Every fact is asked in some interview, or wanted by a form or a deadline."""
    forms = case.rulebook.forms.values()
    wanted = {*case.walk.asked.values(), *(fact for form in forms for fact in (*form.requires, *form.asks))}
    dated = any(duty.deadlines for duty in case.rulebook.duties.values())
    for fact, question in case.rulebook.facts.items():
        if fact not in wanted and not (dated and question.kind == "date"):
            yield Fault(f"fact.{fact}", "never asked", so="no interview, form or deadline needs it")


def _fault(case: Case, about: str, wrong: str, stand: Stand, so: str = "") -> Fault:
    """A fault at a stand, with the fewest answers that lead there."""
    ways = [(start, case.walk.way(start.stand, stand)) for start in case.starts]
    found = [(len(way), start.point, way) for start, way in ways if way is not None]
    _, point, way = min(found, key=lambda one: one[:2])
    return Fault(about, wrong, point, way, so)
