from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given, settings

from bot.rulebook import rulebook
from dialogs.rules.diagram import Branch
from dialogs.rules.explain import flips
from dialogs.rules.logic import MoreThan, Node
from dialogs.rules.model import Duty, Instrument, Outcome, Rulebook
from dialogs.rules.points import DAY, Point, boundaries, points
from dialogs.rules.proofs import PROOFS, prove
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.proofs.numbers import numbers
from dialogs.rules.proofs.smallest import smallest
from dialogs.rules.proofs.turning import kinds, turning
from dialogs.rules.proofs.ways import Differences, ends, matters, settles
from dialogs.rules.route import Route, Stand
from dialogs.rules.values import Value
from dialogs.rules.verdict import assess, reading
from tests.dialogs.rules import brute, towns
from tests.dialogs.rules.brute import Brute
from tests.dialogs.rules.offered import offered

TODAY = date(2026, 11, 21)
SOME = settings(max_examples=25, deadline=None)


def taken(book: Rulebook) -> Case:
    """A rulebook with all its interviews walked."""
    case = Case(book, TODAY)
    for point in points(book):
        case.take(point)
    return case


@pytest.fixture(scope="module")
def shipped() -> Case:
    """The shipped rulebook."""
    return taken(rulebook())


@pytest.mark.parametrize("proof", [ends, *PROOFS], ids=lambda proof: proof.__name__)
def test_the_shipped_rulebook_is_proven(shipped: Case, proof: Callable[[Case], Iterator[Fault]]) -> None:
    """Each by itself, so that it is seen which does not hold."""
    assert list(map(str, proof(shipped))) == []


def test_every_flip_of_the_shipped_rulebook_flips(shipped: Case) -> None:
    """From each kind of verdict that is reachable."""
    assert list(map(str, turning(shipped, flips))) == []


def test_the_bound_that_is_shown_is_that_of_the_longest_interview(shipped: Case) -> None:
    """On every day that matters, the first screen says how many questions some owner is really asked."""
    for point, start in shipped.begun.items():
        shown = assess({}, rulebook(), point.day, point.statements(rulebook())).questions_left
        assert shown == shipped.walk.longest(start.stand)


def test_the_days_before_of_and_after_each_boundary_are_proven() -> None:
    """And nothing is assumed of an office: each day without and with one that collects."""
    found = set(points(rulebook()))
    window = (date(2017, 7, 14), date(2017, 8, 15), date(2019, 10, 20), date(2026, 7, 3))
    assert set(window) <= set(boundaries(rulebook()))
    assert {
        Point(day + n * DAY, told) for day in window for n in (-1, 0, 1) for told in (False, True)
    } <= found


def alone(conditions: list[Node]) -> Rulebook:
    """A rulebook of these conditions, each a duty, in force since one day."""
    instrument = Instrument("a", "", "", "", "", "UTC", "in_force", date(2020, 1, 1), ())
    duties = {
        f"a/{i}": Duty(f"a/{i}", "a", "", "", "registration", "office", when, ())
        for i, when in enumerate(conditions)
    }
    return Rulebook("", brute.FACTS, {}, {}, {"a": instrument}, duties, (), {})


def interviews(
    book: Rulebook, day: date, answers: dict[str, Value] | None = None
) -> Iterator[dict[str, Value]]:
    """Every interview, one after the other."""
    answers = answers or {}
    fact = assess(answers, book, day).next_question
    if fact is None:
        yield answers
    else:
        for value in offered(fact, answers, book):
            yield from interviews(book, day, {**answers, fact: value})


def agrees(case: Case, book: Rulebook, day: date) -> None:
    """The walk has as many interviews as there are, as long as they are, and comes to the same."""
    start, every = case.begun[Point(day)], list(interviews(book, day))
    assert case.walk.interviews(start.stand) == len(every)
    assert case.walk.longest(start.stand) == max(map(len, every))
    verdicts = [assess(answers, book, day) for answers in every]
    for duty in book.duties.values():
        assert case.outcomes(start, duty) == {verdict.result(duty.id).outcome for verdict in verdicts}


@SOME
@given(conditions=brute.RULEBOOKS)
def test_the_walk_is_every_interview(conditions: list[Node]) -> None:
    """What is worked out once for all that stand alike is what listing every path comes to."""
    book = alone(conditions)
    agrees(taken(book), book, date(2020, 1, 1))


@SOME
@given(conditions=brute.RULEBOOKS)
def test_what_is_reachable_is_what_trying_everything_reaches(conditions: list[Node]) -> None:
    """Without any diagram: the outcomes of every full set of answers."""
    book = alone(conditions)
    case, table = taken(book), Brute(conditions).table.values()
    start = case.begun[Point(date(2020, 1, 1))]
    found = [case.outcomes(start, duty) for duty in book.duties.values()]
    assert found == [{row[i] for row in table} for i in range(len(conditions))]


@settings(max_examples=10, deadline=None)
@given(book=towns.rulebooks())
def test_the_walk_through_a_place_is_every_interview(book: Rulebook) -> None:
    """With the question for the place, after which the other towns are out of question."""
    case, day = taken(book), date(2020, 1, 1)
    agrees(case, book, day)
    start = case.begun[Point(day)]
    for duty in book.duties.values():
        assert case.outcomes(start, duty) == {towns.outcome(duty, one, book) for one in towns.full(book)}


@SOME
@given(book=towns.rulebooks() | brute.RULEBOOKS.map(alone))
def test_every_interview_of_any_rulebook_is_sound(book: Rulebook) -> None:
    """The bound is never exceeded, nothing is asked in vain, and every flip shown flips."""
    case = taken(book)
    assert [*ends(case), *settles(case), *matters(case), *turning(case, flips)] == []


@SOME
@given(conditions=brute.RULEBOOKS)
def test_the_smallest_answers_are_the_fewest(conditions: list[Node]) -> None:
    """No fewer answers settle the outcome, and these do."""
    book = alone(conditions[:1])
    ready, table = reading(book), Brute(conditions[:1]).table
    diagram = ready.only(book.duties["a/0"], {}, book, TODAY)[3]
    for outcome in ready.diagrams.outcomes(diagram):
        found = smallest(ready, diagram, outcome)
        assert settled(table, found) == {(outcome,)}
        assert not any(settled(table, without(found, fact)) == {(outcome,)} for fact in found)


def settled(
    table: Mapping[tuple[Value, ...], tuple[Outcome, ...]], given_: Mapping[str, Value]
) -> set[tuple[Outcome, ...]]:
    """What every full set of answers that agrees with these comes to."""
    places = {list(brute.KNOWN).index(fact): value for fact, value in given_.items()}
    return {row for full, row in table.items() if all(full[i] == value for i, value in places.items())}


def without(answers: Mapping[str, Value], fact: str) -> dict[str, Value]:
    """These answers but for one."""
    return {name: value for name, value in answers.items() if name != fact}


class Rising(Route):
    """A route whose bound rises with every answer."""

    def bound(self, stand: Stand) -> int:
        """Nine, less what it ought to be."""
        return 9 - super().bound(stand)


def test_a_bound_that_does_not_fall_is_caught() -> None:
    """Whatever is answered there."""
    case = taken(alone([MoreThan("size", 1)]))
    case.walk.route = Rising(case.reading.diagrams, {"size": 0})
    first, *_ = map(str, ends(case))
    assert first == (
        "size: the bound does not fall: on 2020-01-01, office silent: "
        "at most 8 questions were left, and then 9"
    )


def test_a_question_that_makes_no_difference_is_told_from_one_that_does() -> None:
    """However its diagram was built: here it was not simplified."""
    applies, not_ = Outcome.APPLIES, Outcome.DOES_NOT_APPLY
    same = [Branch("size", ((0, applies), (1, not_))) for _ in range(2)]
    other = Branch("size", ((0, not_), (1, not_)))
    differences = Differences({"colour": 0, "size": 1})
    assert not differences.between(same[0], same[1])
    assert differences.between(same[0], other)
    assert not differences.between(other, not_)
    assert not differences.between(Branch("colour", ((0, same[0]), (1, same[1]))), same[0])
    assert differences.between(Branch("colour", ((0, same[0]), (1, other))), same[0])


SAYS = [
    ("超过3万", False, 30000, True),
    ("超过3万", True, 30000, False),
    ("超过3万", False, 30001, False),
    ("三万以上", True, 30000, True),
    ("三万以上", False, 30000, False),
    ("粉丝量过万", False, 10000, True),
    ("1000以下的暂不登记", True, 1000, True),
    ("1000人以上", True, 1000, True),
    ("more than 30,000", False, 30000, True),
    ("at least 1.5万", True, 15000, True),
    ("from 500,000 followers", True, 500000, True),
    ("3万", False, 30000, False),
    ("超过3万以上", False, 30000, False),
    ("超过3万或5万", False, 30000, False),
    ("", False, 30000, False),
]


@pytest.mark.parametrize(("says", "inclusive", "limit", "right"), SAYS)
def test_a_number_is_held_against_its_words(says: str, inclusive: bool, limit: int, right: bool) -> None:
    """超过 is strictly more, 以上 is at least; what is neither, or both, is read by a person."""
    case = Case(alone([MoreThan("size", limit, inclusive, says=says)]), TODAY)
    assert (list(numbers(case)) == []) is right


def test_there_is_a_card_for_every_kind_of_verdict(shipped: Case) -> None:
    """Each interview leads to the outcome it stands for, and is a whole one."""
    found = {(duty.id, outcome) for _, duty, outcome, _ in kinds(shipped)}
    for start, duty, outcome, answers in kinds(shipped):
        statements = start.point.statements(rulebook())
        verdict = assess(answers, rulebook(), start.point.day, statements)
        assert (verdict.result(duty.id).outcome, verdict.next_question) == (outcome, None)
    applied = {duty for duty, outcome in found if outcome is Outcome.APPLIES}
    drafts = {
        d.id for d in rulebook().duties.values() if rulebook().instruments[d.instrument].status == "draft"
    }
    assert set(rulebook().duties) - applied - drafts == {"cn-miluo-2022/account"}  # what it covers is vague


def test_what_was_proven_is_counted() -> None:
    """Stands are far fewer than the interviews that come to them."""
    counts = prove(rulebook(), TODAY).counts
    assert counts is not None
    assert (counts.duties, counts.instruments) == (len(rulebook().duties), len(rulebook().instruments))
    assert counts.states * 100 < counts.interviews
    assert counts.starts < counts.days
