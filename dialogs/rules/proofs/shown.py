"""Of what owners are shown: each outcome, duty, deadline, document, field, note and source can be shown to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.rules.classes import classes_of
from dialogs.rules.diagram import Diagrams
from dialogs.rules.logic import All, Node, decidable
from dialogs.rules.model import Duty, Outcome
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.conditions import MET
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.verdict import CURRENT


def outcomes(case: Case) -> Iterator[Fault]:
    """Each outcome is what some duty comes to; 'undetermined' is it until its last question is answered."""
    duties = case.rulebook.duties.values()
    found = {one for start in case.starts for duty in duties for one in case.outcomes(start, duty)}
    if case.walk.asked:
        found.add(Outcome.UNDETERMINED)
    for outcome in Outcome:
        if outcome not in found:
            yield Fault(outcome.value, "no duty ever comes to it")


def deadlines(case: Case) -> Iterator[Fault]:
    """No deadline was over before its notice was valid."""
    for duty in case.rulebook.duties.values():
        since = case.instrument(duty).valid_from
        for deadline in duty.deadlines:
            if deadline.on and deadline.on < since:
                wrong = f"the deadline {deadline.on} is never shown in time"
                yield Fault(duty.id, wrong, so=f"it is valid from {since}")


def parts(case: Case) -> Iterator[Fault]:
    """Every document, form field and note has somebody it is shown to."""
    duties = case.rulebook.duties.values()
    for duty in duties:
        for text, when in duty.documents:
            if _ever(case, duty.when) and not _ever(case, duty.when, when):
                yield Fault(duty.id, f"the document {text!r} is never shown")
    for form in case.rulebook.forms.values():
        filed = [duty.when for duty in duties if duty.form == form.id]
        for field in form.fields:
            if filed and not any(_ever(case, when, field.when) for when in filed):
                yield Fault(f"form.{form.id}", f"the field {field.question.id!r} is never asked")
    for note in case.rulebook.notes:
        if not _ever(case, note.when):
            yield Fault(f"note[{note.id}]", "never shown")


def _ever(case: Case, *conditions: Node) -> bool:
    """Whether some answers meet all of these conditions, or at least do not surely miss one."""
    diagrams = Diagrams(classes_of(case.rulebook.facts, conditions))
    return diagrams.build(decidable(All(conditions)), CURRENT) is not Outcome.DOES_NOT_APPLY


def sources(case: Case) -> Iterator[Fault]:
    """Something that can be shown rests on each source. Of a draft it is shown that it is one."""
    used = set(_used(case))
    for id_ in case.rulebook.sources:
        if id_ not in used:
            yield Fault(f"source.{id_}", "nothing that is ever shown rests on it")


def _used(case: Case) -> Iterator[str]:
    for duty in case.rulebook.duties.values():
        if _shown(case, duty):
            yield from _claims(case, duty)
    for note in case.rulebook.notes:
        yield from note.sources
    for form in case.rulebook.forms.values():
        yield from (field.source for field in form.fields)


def _shown(case: Case, duty: Duty) -> bool:
    draft = case.instrument(duty).status == "draft"
    return draft or any(case.outcomes(start, duty) & MET for start in case.starts)


def _claims(case: Case, duty: Duty) -> Iterable[str]:
    deadlines = (deadline.source for deadline in duty.deadlines)
    return (*duty.sources, *case.instrument(duty).sources, *deadlines)
