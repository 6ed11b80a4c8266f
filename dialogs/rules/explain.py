"""Why a duty came to its outcome, and which single answer would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.rules import locality
from dialogs.rules.logic import All, Any, Is, Leaf, MoreThan, Node, Not, Truth, leaves, opposite
from dialogs.rules.model import Outcome, Rulebook
from dialogs.rules.statement import Statement
from dialogs.rules.values import Band, Unknown, Value
from dialogs.rules.verdict import Result, judge, reading


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition and the answer it was held against. `met` is None when it cannot be said."""

    leaf: Leaf
    answer: Value | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Flip:
    """One other answer to `fact`, and the outcome it would lead to with all else as it is."""

    fact: str
    to: Value
    outcome: Outcome


_MET = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNSURE: None}


def truth_of(node: Node, answers: Mapping[str, Value]) -> Truth:
    """A condition's truth by the answers given; UNSURE if it hangs on one not given or not known."""
    match node:
        case All(parts):
            return _weakest((truth_of(part, answers) for part in parts), Truth.FALSE, Truth.TRUE)
        case Any(parts):
            return _weakest((truth_of(part, answers) for part in parts), Truth.TRUE, Truth.FALSE)
        case Not(part):
            return opposite(truth_of(part, answers))
        case Is() | MoreThan():
            return _test(node, answers.get(node.fact))
        case Truth():
            return node
    return Truth.UNSURE


def _weakest(truths: Iterable[Truth], decides: Truth, otherwise: Truth) -> Truth:
    found = set(truths)
    return decides if decides in found else Truth.UNSURE if Truth.UNSURE in found else otherwise


def _test(leaf: Leaf, value: Value | None) -> Truth:
    if value is None or isinstance(value, Unknown):
        return Truth.UNSURE
    if isinstance(value, Band) and isinstance(leaf, MoreThan):
        if value.low >= leaf.first:
            return Truth.TRUE
        return Truth.FALSE if value.high is not None and value.high < leaf.first else Truth.UNSURE
    return leaf.test(value)


def reasons(result: Result, answers: Mapping[str, Value]) -> tuple[Reason, ...]:
    """Every condition of a duty with the answer it was held against."""
    return tuple(
        Reason(leaf, answers.get(leaf.fact), _MET[truth_of(leaf, answers)])
        for leaf in dict.fromkeys(leaves(result.when))
    )


def deciding(result: Result, answers: Mapping[str, Value]) -> tuple[Reason, ...]:
    """The conditions that carry the outcome: one that fails is enough to fall out, all that hold to be in."""
    carrying = _carrying(result.when, answers)
    return tuple(
        Reason(leaf, answers.get(leaf.fact), _MET[truth_of(leaf, answers)])
        for leaf in dict.fromkeys(carrying)
    )


def _carrying(node: Node, answers: Mapping[str, Value]) -> tuple[Leaf, ...]:
    truth = truth_of(node, answers)
    match node:
        case All(parts) | Any(parts):
            alone = Truth.FALSE if isinstance(node, All) else Truth.TRUE
            agreeing = [part for part in parts if truth_of(part, answers) is truth]
            if truth is alone:
                return _carrying(agreeing[0], answers)
            if truth is Truth.UNSURE and isinstance(node, All):
                agreeing = list(parts)
            return tuple(leaf for part in agreeing for leaf in _carrying(part, answers))
        case Not(part):
            return _carrying(part, answers)
        case Is() | MoreThan():
            return (node,)
    return ()


def flips(
    result: Result,
    answers: Mapping[str, Value],
    rulebook: Rulebook,
    at: date,
    statements: Mapping[str, Statement] | None = None,
) -> tuple[Flip, ...]:
    """Every single answer that would change this duty's outcome, counts as the widest bands that do."""
    found: list[Flip] = []
    places = locality.named(answers, rulebook) | {result.instrument.place}
    for fact in dict.fromkeys(leaf.fact for leaf in leaves(result.when)):
        if fact not in answers:
            continue
        changed = [
            Flip(fact, value, outcome)
            for value in _alternatives(rulebook, fact, answers[fact], places)
            if (outcome := _outcome(result, {**answers, fact: value}, rulebook, at, statements))
            not in (result.outcome, Outcome.UNDETERMINED)
        ]
        found.extend(_joined(changed))
    return tuple(found)


def _alternatives(rulebook: Rulebook, fact: str, answer: Value, places: frozenset[str]) -> list[Value]:
    """Other answers to a fact: each other option, each class of a count, one choice more or less of several.

    Of places, only those named elsewhere in the answers are worth telling.
    """
    question, classes = rulebook.facts[fact].narrowed(places), reading(rulebook).classes[fact]
    if question.kind == "count":
        among = classes.of(answer)
        return [band for i, band in enumerate(classes.bands()) if i not in among]
    ids = [option.id for option in question.options]
    if question.kind != "several":
        return [id_ for id_ in ids if id_ != answer]
    chosen = answer if isinstance(answer, tuple) else ()
    if len(chosen) == 1:
        return [(id_,) for id_ in ids if id_ not in chosen]
    return [tuple(i for i in ids if (i in chosen) != (i == id_)) for id_ in ids]


def _outcome(
    result: Result,
    answers: Mapping[str, Value],
    rulebook: Rulebook,
    at: date,
    statements: Mapping[str, Statement] | None,
) -> Outcome:
    return judge(result.duty, answers, rulebook, at, statements).outcome


def _joined(changed: list[Flip]) -> list[Flip]:
    """Neighbouring bands with one outcome as one band."""
    joined: list[Flip] = []
    for flip in changed:
        last = joined[-1] if joined else None
        if (
            last is not None
            and isinstance(last.to, Band)
            and isinstance(flip.to, Band)
            and last.to.high is not None
            and (last.to.high + 1, last.outcome) == (flip.to.low, flip.outcome)
        ):
            joined[-1] = Flip(flip.fact, Band(last.to.low, flip.to.high), flip.outcome)
        else:
            joined.append(flip)
    return joined
