from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rulebook import rulebook
from dialogs.rules.explain import Flip, deciding, flips, reasons
from dialogs.rules.model import Outcome
from dialogs.rules.values import Band, Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules.offered import offered

TODAY = date(2026, 11, 20)
PERSON: dict[str, Value] = {
    "platform": "weibo",
    "holder": "individual",
    "followers": 45000,
    "residence": "xian",
}
COMPANY: dict[str, Value] = {
    "platform": "weibo",
    "holder": "private_enterprise",
    "followers": 20000,
    "office_place": "xian",
}

NOWHERE: dict[str, Value] = {"residence": "elsewhere", "id_place": "elsewhere"}


def found_flips(duty: str, answers: dict[str, Value], on: date = TODAY) -> tuple[Flip, ...]:
    """The flips of one duty of the shipped rulebook."""
    result = assess(answers, rulebook(), on).result(duty)
    return flips(result, answers, rulebook(), on)


DECIDED = [
    ("weibo-individual", PERSON, ["platform", "holder", "followers", "residence"], True),
    ("weibo-individual", {**PERSON, "followers": 30000}, ["followers"], False),
    ("weibo-individual", {**PERSON, "platform": "other"}, ["platform"], False),
    ("weibo-individual", {**PERSON, **NOWHERE}, ["residence", "id_place"], False),
    ("body", {**COMPANY, "office_place": "elsewhere"}, ["office_place"], False),
]


@pytest.mark.parametrize(("duty", "answers", "facts", "met"), DECIDED)
def test_the_deciding_answers(duty: str, answers: dict[str, Value], facts: list[str], met: bool) -> None:
    """All that holds carries a duty that applies; what fails is enough for one that does not."""
    carrying = deciding(assess(answers, rulebook(), TODAY).result(f"cn-xian-2017/{duty}"), answers)
    assert [reason.leaf.fact for reason in carrying] == facts
    assert {reason.met for reason in carrying} == {met}


def test_a_disputed_answer_is_neither_met_nor_missed() -> None:
    """Where the sources differ the condition is held open."""
    by_fact = {
        r.leaf.fact: r
        for r in reasons(assess(COMPANY, rulebook(), TODAY).result("cn-xian-2017/body"), COMPANY)
    }
    assert by_fact["holder"].met is None
    assert by_fact["office_place"].met is True


def test_the_flip_of_a_count_is_the_widest_band() -> None:
    """With 30,000 followers or fewer it would not be covered."""
    assert Flip("followers", Band(0, 30000), Outcome.DOES_NOT_APPLY) in found_flips(
        "cn-xian-2017/weibo-individual", PERSON
    )


def test_the_flip_of_a_dispute_is_a_holder_both_sources_name() -> None:
    """In the summer of 2017 a state enterprise in the company's place would have had to register."""
    found = found_flips("cn-xian-2017/body", COMPANY, date(2017, 7, 25))
    assert Flip("holder", "state_enterprise", Outcome.APPLIES) in found
    assert Flip("holder", "individual", Outcome.DOES_NOT_APPLY) in found


@settings(max_examples=60, deadline=None)
@given(day=st.sampled_from([date(2017, 7, 25), TODAY]), data=st.data())
def test_every_flip_flips(day: date, data: st.DataObject) -> None:
    """Whatever was answered, each flip shown leads to the outcome shown, and to another than before."""
    answers: dict[str, Value] = {}
    while (fact := assess(answers, rulebook(), day).next_question) is not None:
        answers[fact] = data.draw(st.sampled_from(offered(fact, answers, rulebook())))
    for result in assess(answers, rulebook(), day).results:
        for flip in flips(result, answers, rulebook(), day):
            other = assess({**answers, flip.fact: flip.to}, rulebook(), day).result(result.duty.id)
            assert other.outcome is flip.outcome
            assert flip.outcome not in (result.outcome, Outcome.UNDETERMINED)
