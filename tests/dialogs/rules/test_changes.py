from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.rules import locality
from dialogs.rules.changes import Change, Comparison, first_days
from dialogs.rules.logic import Dated, MoreThan, Node
from dialogs.rules.model import Duty, Instrument, Outcome, Rulebook
from dialogs.rules.statement import Statement
from dialogs.rules.values import Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules import brute, towns

QUICK = settings(max_examples=60, deadline=None)
DAYS = [date(2020, month, 1) for month in (1, 4, 7, 10)]
FIRST = date(2000, 1, 1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@st.composite
def duties(draw: st.DrawFn, id_: str) -> tuple[Duty, Instrument]:
    """A duty with an instrument of its own, which begins, ends and is doubted on few days."""
    first, *later = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True)))
    instrument = Instrument(
        *(id_, "", "", "", "", "UTC"),
        status=draw(st.sampled_from(["in_force", "window_closed", "draft"])),
        valid_from=first,
        sources=(),
        current_until=later[0] if later else None,
        valid_to=later[1] if len(later) > 1 else None,
    )
    dated = st.builds(_dated, st.integers(0, 2), st.integers(0, 2), st.sampled_from(DAYS))
    when = draw(brute.CONDITIONS | dated)
    return Duty(f"{id_}/d", id_, "", "", "registration", "office", when, ()), instrument


def _dated(before: int, after: int, since: date) -> Node:
    """A threshold that changes on one day."""
    ends = since - timedelta(days=1)
    return Dated(((FIRST, ends, MoreThan("size", before)), (since, None, MoreThan("size", after))))


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """One to three duties, of which another rulebook may have others."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
    there = [draw(duties(id_)) for id_ in ids]
    return Rulebook(
        "",
        brute.FACTS,
        {},
        {},
        {instrument.id: instrument for _, instrument in there},
        {duty.id: duty for duty, _ in there},
        (),
        {},
    )


def outcome(book: Rulebook, id_: str, answers: Mapping[str, Value], day: date, *, stated: bool) -> Outcome:
    """What a duty comes to; one that is not there does not apply."""
    if id_ not in book.duties:
        return Outcome.DOES_NOT_APPLY
    word = {id_: Statement(id_, True, FIRST, NOW)} if stated else {}
    return assess(answers, book, day, word).result(id_).outcome


def differing(old: Outcome, new: Outcome, *, both: bool) -> bool:
    """A duty that is not there is nothing that a duty not in force could differ from."""
    return old is not new and (both or {old, new} != {Outcome.DOES_NOT_APPLY, Outcome.NOT_IN_FORCE})


def meant(change: Change, comparison: Comparison, answers: Mapping[str, Value]) -> bool:
    """Whether a change is about these answers."""
    return all(
        comparison.classes[fact].of(answers[fact])[0] in among for fact, among in change.answers.items()
    )


def days(old: Rulebook, new: Rulebook) -> Iterator[date]:
    """Every day on which something may begin, and the day before."""
    for book in (old, new):
        for duty in book.duties.values():
            for day in first_days(duty, book.instruments[duty.instrument]) - {date.min}:
                yield from (day - timedelta(days=1), day)


def everything(comparison: Comparison) -> list[dict[str, Value]]:
    """Every combination of answer classes, by an answer of each."""
    facts = {
        fact: (*classes.values, comparison.values(fact, (classes.unknown,))[-1])
        for fact, classes in comparison.classes.items()
    }
    return [dict(zip(facts, values, strict=True)) for values in product(*facts.values())]


def check(old: Rulebook, new: Rulebook) -> Comparison:
    """The changes say exactly what both rulebooks come to: all of it, each once, and how much it is."""
    comparison = Comparison(old, new)
    combinations = everything(comparison)
    for id_ in {**old.duties, **new.duties}:
        mine = [change for change in comparison.changes if change.duty == id_]
        both = id_ in old.duties and id_ in new.duties
        for day, stated, answers in product(sorted({*days(old, new)}), (False, True), combinations):
            before, after = (outcome(book, id_, answers, day, stated=stated) for book in (old, new))
            found = [
                (change.before, change.after)
                for change in mine
                if change.first <= day <= (change.last or date.max)
                and change.stated in (None, stated)
                and meant(change, comparison, answers)
            ]
            if not both and found:
                assert len(found) == 1
                assert differing(before, after, both=both)
                assert found[0][id_ in new.duties] is (after if id_ in new.duties else before)
            else:
                assert found == ([(before, after)] if differing(before, after, both=both) else [])
        for change in mine:
            share = sum(meant(change, comparison, answers) for answers in combinations)
            assert share * change.of == change.classes * len(combinations)
    return comparison


@given(rulebooks(), rulebooks())
@QUICK
def test_the_changes_are_exactly_what_both_rulebooks_say(old: Rulebook, new: Rulebook) -> None:
    """On every day, with and without an office's word, for every combination of answer classes."""
    check(old, new)


@given(rulebooks())
@QUICK
def test_a_rulebook_does_not_differ_from_itself(book: Rulebook) -> None:
    """Neither from its copy."""
    comparison = Comparison(book, replace(book, version="copy"))
    assert (comparison.changes, comparison.added, comparison.removed, comparison.reworded) == ((), (), (), ())


@given(towns.rulebooks(), towns.rulebooks())
@QUICK
def test_no_verdict_changes_where_no_duty_does(old: Rulebook, new: Rulebook) -> None:
    """With a question for the place: each answer to it stands for answers to the facts that have a place."""
    comparison = Comparison(old, new)
    for place, kind, size in product(("ash", "elsewhere"), towns.KINDS, towns.SIZES):
        answers: dict[str, Value] = {
            "place": place,
            "kind": kind,
            "size": size,
            "home": place,
            "work": "elsewhere",
        }
        for id_ in old.duties.keys() & new.duties.keys():
            known = locality.known(answers, new.instruments[new.duties[id_].instrument], new)
            found = [
                (one.before, one.after)
                for one in comparison.changes
                if one.duty == id_
                and one.last is None
                and meant(one, comparison, {**dict.fromkeys(comparison.classes, size), **known})
            ]
            before, after = (assess(answers, book, towns.DAY).result(id_).outcome for book in (old, new))
            assert found == ([(before, after)] if before is not after else [])
