from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rulebook import rulebook
from dialogs.rules import locality
from dialogs.rules.model import ELSEWHERE, Outcome, Rulebook
from dialogs.rules.values import UNKNOWN, Value
from dialogs.rules.verdict import Verdict, assess
from tests.dialogs.rules.offered import offered
from tests.dialogs.rules.towns import DAY, LOCAL, full, outcomes, rulebooks

MANY = settings(max_examples=40, deadline=None)
FEW = settings(max_examples=15, deadline=None)


def came_to(verdict: Verdict) -> tuple[Outcome, ...]:
    """The outcomes alone."""
    return tuple(result.outcome for result in verdict.results)


@FEW
@given(book=rulebooks())
def test_the_verdict_is_what_trying_everything_comes_to(book: Rulebook) -> None:
    """Over the whole answer space: of a town that was not named, no notice is met."""
    for answers in full(book):
        assert came_to(assess(answers, book, DAY)) == outcomes(answers, book)


@MANY
@given(book=rulebooks(), data=st.data())
def test_what_is_not_asked_any_more_decides_nothing(book: Rulebook, data: st.DataObject) -> None:
    """A way through the questions ends where every full set of answers that agrees comes to the same."""
    answers: dict[str, Value] = {}
    while (fact := assess(answers, book, DAY).next_question) is not None:
        answers[fact] = data.draw(st.sampled_from(offered(fact, answers, book)))
    agreeing = [one for one in full(book) if answers.items() <= one.items()]
    assert {outcomes(one, book) for one in agreeing} == {came_to(assess(answers, book, DAY))}


@MANY
@given(book=rulebooks(), data=st.data())
def test_a_town_is_asked_about_only_once_it_was_named(book: Rulebook, data: st.DataObject) -> None:
    """The place comes first and once; after it, only what a duty of that town hangs on."""
    answers: dict[str, Value] = {}
    verdict = assess(answers, book, DAY)
    while (fact := verdict.next_question) is not None:
        assert fact not in answers
        if fact in LOCAL:
            (town,) = locality.named(answers, book)
            hanging = {r.instrument.place for r in verdict.results if r.outcome is Outcome.UNDETERMINED}
            assert town in hanging
        answers[fact] = data.draw(st.sampled_from(offered(fact, answers, book)))
        verdict = assess(answers, book, DAY)


@FEW
@given(book=rulebooks())
def test_the_bound_is_the_longest_way_there_is(book: Rulebook) -> None:
    """'At most n more' is never exceeded by what is offered, and some answers do need that many."""

    def longest(answers: Mapping[str, Value]) -> int:
        verdict = assess(answers, book, DAY)
        fact = verdict.next_question
        ways = [longest({**answers, fact: value}) for value in offered(fact, answers, book)] if fact else []
        left = 1 + max(ways) if ways else 0
        assert left == verdict.questions_left
        return left

    longest({})


HERE: dict[str, Value] = {"platform": "weibo", "holder": "individual", "followers": 45000}
NAMED: list[tuple[dict[str, Value], set[str]]] = [
    ({}, set()),
    ({"place": "tang"}, {"tang"}),
    ({"place": ELSEWHERE}, set()),
    ({"place": UNKNOWN}, set()),
    ({"residence": "xian"}, {"xian"}),
    ({"residence": ELSEWHERE}, set()),
    ({"place": "tang", "name_place": "zibo"}, {"tang", "zibo"}),
]


@pytest.mark.parametrize(("answers", "places"), NAMED)
def test_which_places_are_named(answers: dict[str, Value], places: set[str]) -> None:
    """The place that was chosen, and any that a residence, an office or a name is said to be of."""
    assert locality.named(answers, rulebook()) == places
    assert locality.settled(answers, rulebook()) == (bool(places) or "place" in answers)


@pytest.mark.parametrize("place", [*rulebook().places, ELSEWHERE])
def test_every_local_duty_is_confined_to_its_place(place: str) -> None:
    """With every place fact elsewhere, or in another city, no notice of a city applies or may apply."""
    answers = {**HERE, **dict.fromkeys(locality.place_facts(rulebook()), place)}
    for day in (date(2017, 7, 25), date(2019, 9, 20), date(2022, 1, 20), date(2025, 4, 1)):
        for platform in (option.id for option in rulebook().facts["platform"].options):
            verdict = assess({**answers, "platform": platform}, rulebook(), day)
            met = {
                r.instrument.place
                for r in verdict.results
                if r.outcome.value in ("applies", "ask_the_office")
            }
            assert met - {""} <= {place}


def test_one_place_in_a_rulebook_needs_no_question() -> None:
    """There is nothing to choose from."""
    book = rulebook()
    alone = Rulebook(
        book.version, book.facts, {"xian": book.places["xian"]}, book.sources, book.instruments, book.duties,
        book.notes, book.forms,
    )  # fmt: skip
    assert locality.asked_by(alone) is None
    assert locality.settled({}, alone)
