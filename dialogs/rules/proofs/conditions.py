"""Of the conditions: every duty can apply, and every part of its condition can decide it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dialogs.rules.classes import classes_of
from dialogs.rules.diagram import Answered, Diagram, Diagrams
from dialogs.rules.logic import All, Any, Dated, Leaf, Node, Not, Truth, Vague, decidable
from dialogs.rules.model import ELSEWHERE, Duty, Outcome
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.proofs.smallest import smallest
from dialogs.rules.verdict import CURRENT

MET = frozenset({Outcome.APPLIES, Outcome.ASK_THE_OFFICE})


def apply(case: Case) -> Iterator[Fault]:
    """Every duty that is no draft applies, or is for the office to say, by some known answers on some day."""
    for duty in case.rulebook.duties.values():
        if case.instrument(duty).status == "draft":
            continue
        if not any(case.outcomes(start, duty, told=True) & MET for start in case.starts):
            yield _never(case, duty)


def _never(case: Case, duty: Duty) -> Fault:
    """Why a duty never applies: it is never in force, two conditions exclude each other, or it is for nobody."""
    begun = [start for start in case.starts if start.at[duty.id] is not Outcome.NOT_IN_FORCE]
    if not begun:
        return Fault(duty.id, "never applies", so="it is in force on no day")
    when = next(when for day, when in reversed(duty.periods) if when and day <= begun[0].point.day)
    parts = _all(when)
    for one, other in combinations(parts, 2):
        if _diagram(case, (one, other)) is Outcome.DOES_NOT_APPLY:
            rest = _diagram(case, tuple(part for part in parts if part is not other))
            answers = {} if isinstance(rest, Outcome) else smallest(case.reading, rest, Outcome.APPLIES)
            so = f"{in_words(one)}, and so never {in_words(other)}"
            return Fault(duty.id, "never applies", begun[0].point, answers, so)
    return Fault(duty.id, "never applies", begun[0].point, so="whatever is answered")


def _all(node: Node) -> tuple[Node, ...]:
    """The conditions that all have to hold."""
    return tuple(one for part in node.parts for one in _all(part)) if isinstance(node, All) else (node,)


def _diagram(case: Case, parts: tuple[Node, ...]) -> Diagram:
    return case.reading.diagrams.build(decidable(All(parts)), CURRENT)


def decide(case: Case) -> Iterator[Fault]:
    """For every test of every condition there are answers with which it alone changes the outcome.

    A test that might as well be always met, or never, is dead.
    """
    for duty in case.rulebook.duties.values():
        for first, when in duty.periods:
            for leaf, truth in _dead(case, when) if when else ():
                since = f" from {first} on" if len(duty.periods) > 1 else ""
                so = f"it might as well be always {truth}{since}"
                yield Fault(duty.id, f"{leaf} decides nothing", so=so)


def _dead(case: Case, when: Node) -> Iterator[tuple[Leaf, str]]:
    """The tests of a condition that might as well be always met, or always missed."""
    diagrams = Diagrams(classes_of(case.rulebook.facts, [when]))
    whole = diagrams.build(decidable(when), CURRENT)
    if whole is Outcome.DOES_NOT_APPLY:
        return  # nothing in it could decide anything: that it never applies is said elsewhere
    for leaf, met, missed in turned(when):
        for truth, node in (("met", met), ("missed", missed)):
            if diagrams.build(decidable(node), CURRENT) is whole:
                yield leaf, truth


def turned(node: Node) -> Iterator[tuple[Leaf, Node, Node]]:
    """Each test with the condition as it would be if that test alone were always met, and never."""
    match node:
        case Not(part):
            for leaf, met, missed in turned(part):
                yield leaf, Not(met), Not(missed)
        case All(parts) | Any(parts):
            for place, part in enumerate(parts):
                before, after = parts[:place], parts[place + 1 :]
                for leaf, met, missed in turned(part):
                    yield (
                        leaf,
                        type(node)((*before, met, *after)),
                        type(node)((*before, missed, *after)),
                    )
        case Vague() | Truth() | Dated():
            return
        case _:
            yield node, Truth.TRUE, Truth.FALSE


def confined(case: Case) -> Iterator[Fault]:
    """A local instrument concerns nobody who has said to be elsewhere in every respect."""
    seen = set()
    away = {place: _away(case, place) for place in case.rulebook.places}
    for start in case.starts:
        for duty in case.rulebook.duties.values():
            at, own = start.at[duty.id], case.instrument(duty).place
            if not own or isinstance(at, Outcome) or (duty.id, start.stand.left[at]) in seen:
                continue
            seen.add((duty.id, start.stand.left[at]))
            left = case.reading.diagrams.restrict(start.stand.left[at][1], away[own])
            for outcome in sorted(case.reading.diagrams.outcomes(left) & MET):
                answers = smallest(case.reading, left, outcome)
                yield Fault(duty.id, f"comes to {outcome} outside {own}", start.point, answers)


def _away(case: Case, own: str) -> Answered:
    """Every fact that has a place, answered by any other one, or by none."""
    others = [ELSEWHERE, *(place for place in case.rulebook.places if place != own)]
    placed = [fact for fact, question in case.rulebook.facts.items() if question.kind == "place"]
    classes = {fact: case.reading.classes[fact] for fact in placed if fact in case.reading.classes}
    return {
        fact: tuple(sorted({i for other in others for i in one.of(other)})) for fact, one in classes.items()
    }


def in_words(node: Node) -> str:
    """A condition as a person would note it down."""
    match node:
        case All(parts):
            return f"({' and '.join(map(in_words, parts))})"
        case Any(parts):
            return f"({' or '.join(map(in_words, parts))})"
        case Not(part):
            return f"not {in_words(part)}"
        case Vague(text):
            return text
        case _:
            return str(node)
