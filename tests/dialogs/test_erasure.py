from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.conversation import At, Check, Consent, Conversation, Draft, Editing
from dialogs.erasure import FIELDS_KEPT, erase_at, without_overdue
from dialogs.filing import OPEN, Filing, State
from dialogs.office import Receipt
from tests.dialogs.talks import FORM, PERSON, WEIBO, a_talk

SAID = datetime(2026, 11, 20, 14, 32, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOURS, DAYS = timedelta(hours=2), timedelta(days=7)
CHECK = Check({"platform": "weibo"})
AGREED = Consent("1", "digest", SAID)
FORM_BEGUN = Draft("xian", ("cn-xian-2017/weibo-individual",), facts={"platform": "weibo"})
FORM_AGREED = replace(FORM_BEGUN, consent=AGREED, answers={"account_name": "古城漫步"})
FILING = Filing(
    reference="BN-1",
    revision=1,
    office="office.example",
    form="xian",
    duties=(),
    rulebook="1",
    fields=(("resident_id", "11010519491231002X"),),
    confirmed_at=SAID,
    since=SAID,
    facts={"holder": "individual"},
    receipt=Receipt("XA-1", "BN-1", 1, "the office", SAID),
)
RECORD = Draft("record", (), answers={"number": "1"})


@pytest.mark.parametrize(
    ("conversation", "kept"),
    [
        (Conversation(), None),
        (Conversation(check=Check()), None),
        (Conversation(check=CHECK), HOURS),
        (Conversation(draft=FORM_BEGUN), HOURS),
        (Conversation(draft=FORM_AGREED), DAYS),
        (Conversation(draft=RECORD), DAYS),
        (Conversation(check=CHECK, draft=FORM_AGREED), HOURS),
        (Conversation(aside=(FORM_AGREED,)), DAYS),
        (Conversation(check=CHECK, aside=(FORM_AGREED,)), HOURS),
    ],
)
def test_the_next_erasure_is_that_of_what_is_kept_shortest(
    conversation: Conversation, kept: timedelta | None
) -> None:
    """2 hours for a check, and for a form before consent; 7 days for one after it."""
    said = replace(conversation, last_said=SAID)
    assert erase_at(said) == (None if kept is None else SAID + kept)
    assert erase_at(conversation) is None


@pytest.mark.parametrize("conversation", [Conversation(), Conversation(check=CHECK, draft=FORM_AGREED)])
def test_nothing_is_erased_of_one_who_has_not_spoken(conversation: Conversation) -> None:
    """There is no last answer to count from."""
    assert without_overdue(conversation, SAID + 2 * DAYS) is conversation


@pytest.mark.parametrize("open_", [None, Editing("platform"), At("language")])
def test_a_check_is_kept_for_two_hours_to_the_second(open_: Editing | At | None) -> None:
    """Not a second less, not a second more; with it goes what was being asked."""
    said = Conversation(check=CHECK, open=open_, last_said=SAID, turn=3)
    assert without_overdue(said, SAID + HOURS - SECOND) is said
    erased = without_overdue(said, SAID + HOURS)
    assert erased == Conversation(last_said=SAID, turn=3)
    assert erase_at(erased) is None


def test_a_draft_is_kept_for_seven_days_to_the_second() -> None:
    """The check beside it goes after two hours; the question that is open in the form stays open."""
    said = Conversation(check=CHECK, draft=FORM_AGREED, open=Editing("account_name"), last_said=SAID)
    after_hours = without_overdue(said, SAID + HOURS)
    assert after_hours == replace(said, check=None)
    assert without_overdue(after_hours, SAID + DAYS - SECOND) is after_hours
    assert without_overdue(after_hours, SAID + DAYS) == Conversation(last_said=SAID)


def test_a_draft_without_consent_is_kept_like_a_check() -> None:
    """It holds no more than the check it came from."""
    said = Conversation(check=CHECK, draft=FORM_BEGUN, last_said=SAID)
    assert without_overdue(said, SAID + HOURS) == Conversation(last_said=SAID)


def test_drafts_put_aside_go_when_it_is_their_time() -> None:
    """Each by its own measure, whatever is in front."""
    said = Conversation(aside=(FORM_BEGUN, FORM_AGREED, RECORD), last_said=SAID)
    after_hours = without_overdue(said, SAID + HOURS)
    assert after_hours.aside == (FORM_AGREED, RECORD)
    assert erase_at(after_hours) == SAID + DAYS
    assert without_overdue(after_hours, SAID + DAYS).aside == ()


@pytest.mark.parametrize("gap", [timedelta(0), HOURS - SECOND, HOURS, DAYS - SECOND, DAYS, 3 * DAYS])
def test_what_is_announced_is_what_happens(gap: timedelta) -> None:
    """Nothing goes before the announced time, and something does at it."""
    for conversation in (
        Conversation(filings=(replace(FILING, state=State.REJECTED), replace(FILING, state=State.SENDING))),
        Conversation(check=CHECK, last_said=SAID),
        Conversation(draft=FORM_AGREED, aside=(RECORD,), check=CHECK, last_said=SAID),
    ):
        announced = erase_at(conversation)
        assert announced is not None
        changed = without_overdue(conversation, SAID + gap) is not conversation
        assert changed == (SAID + gap >= announced)


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        *dict.fromkeys(
            (State.FILED, State.WITHDRAWN, State.REJECTED, State.BLOCKED, State.UNANSWERED),
            timedelta(hours=72),
        ).items(),
        *dict.fromkeys((State.RETURNED, State.PREPARED), DAYS).items(),
        *dict.fromkeys((*sorted(OPEN), State.RECORDED)).items(),
    ],
)
def test_what_was_filed_is_kept_as_long_as_it_is_needed(state: State, kept: timedelta | None) -> None:
    """To the second; what is under way is kept until it is over, what the owner told for good."""
    said = Conversation(filings=(replace(FILING, state=state),))
    assert erase_at(said) == (None if kept is None else SAID + kept)
    if kept is None:
        assert without_overdue(said, SAID + 100 * DAYS) is said
        return
    assert without_overdue(said, SAID + kept - SECOND) is said
    (filing,) = without_overdue(said, SAID + kept).filings
    assert (filing.fields, filing.facts) == ((), FILING.facts if state is State.FILED else {})
    assert (filing.receipt, filing.reference, filing.state) == (FILING.receipt, "BN-1", state)


def test_every_state_says_how_long_it_is_kept() -> None:
    """A new one has to be decided upon above."""
    assert {*FIELDS_KEPT, *OPEN, State.RECORDED} == set(State)


def test_an_answer_begins_the_time_anew() -> None:
    """Two hours after the last answer, not after the first."""
    talk = a_talk(*WEIBO[:3]).later(HOURS - SECOND).say("45000")
    assert talk.turn.erase_at == talk.world.now + HOURS
    talk.later(HOURS - SECOND).say("yes")
    assert set(talk.conversation.check.answers) == {"platform", "place", "holder", "followers", "residence"}  # type: ignore[union-attr]


ERASED = "Your earlier answers were erased, as announced."


def test_who_comes_back_too_late_is_told() -> None:
    """The answers are gone, the owner hears of it once, and can begin again."""
    talk = a_talk(*WEIBO[:4]).later(HOURS).say("yes")
    assert talk.text.startswith(ERASED)
    assert talk.conversation.check is None or not talk.conversation.check.answers
    assert ERASED not in talk.say("check").text
    assert talk.say(*WEIBO).scene == "verdict"


@pytest.mark.parametrize("texts", [(), ("weibo", "cancel"), (*WEIBO, *FORM, *PERSON[:3])])
def test_nobody_is_told_of_an_erasure_that_took_nothing_they_miss(texts: tuple[str, ...]) -> None:
    """Neither one who had answered nothing, nor one whose form goes on where it was."""
    assert ERASED not in a_talk(*texts).later(HOURS).arrive().text


def test_a_form_goes_on_after_six_days_and_not_after_seven() -> None:
    """At the same question; and after that at the beginning, with all of it gone."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:3])
    question = talk.message.lines[-1]
    assert talk.later(DAYS - SECOND).arrive().message.lines[-1] == question
    assert talk.later(DAYS).arrive().text.startswith(ERASED)
    assert "李华" not in repr(talk.conversation)
