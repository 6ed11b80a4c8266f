from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.answered import RETRY, TOLD_AFTER
from dialogs.conversation import Track
from dialogs.filing import OPEN, Arrival, State, Step
from dialogs.messages import Message
from dialogs.office import (
    Absent,
    Answer,
    Blocked,
    Busy,
    Filed,
    NotOffered,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)
from tests.dialogs.places import RECEIPT
from tests.dialogs.talks import Talk, filed

HOUR, THREE_DAYS = timedelta(hours=1), timedelta(hours=72)
CUT = Unclear("cut")
CHOICES = "/filings shows what you can do."
RETURNED = Returned((("account_name", "Another."),), date(2026, 12, 1))


def due(talk: Talk) -> timedelta:
    """How long after now the office is asked again."""
    (track,) = talk.turn.effects
    assert isinstance(track, Track)
    assert track.due_at is not None
    return track.due_at - talk.world.now


def report(talk: Talk) -> Message:
    """The report on the filing, the first thing said; it matters whenever it arrives."""
    first = talk.turn.messages[0]
    assert first.lasting
    assert first.progress == talk.conversation.filings[-1].reference
    return first


def said(talk: Talk) -> str:
    """All that the last turn says, in English."""
    return "\n".join(line.msgid for message in talk.turn.messages for line in message.lines)  # type: ignore[union-attr]


def test_looks_are_ever_further_apart_and_spread() -> None:
    """Nobody hammers at a door that stays closed; and not all come back at the same moment."""
    talk = filed()
    gaps = []
    for turn in range(40):
        talk.conversation = replace(talk.conversation, turn=turn)  # for an id of its own
        gaps.append(due(talk.office(CUT)).total_seconds())
        talk.later(timedelta(seconds=gaps[-1]))
    nearest = [min(RETRY, key=lambda gap, one=one: abs(one / gap - 1)) for one in gaps]
    assert nearest == sorted(nearest)
    spreads = [one / gap for one, gap in zip(gaps, nearest, strict=True)]
    assert 0.8 <= min(spreads) < 0.9
    assert 1.1 < max(spreads) <= 1.2


@pytest.mark.parametrize("answer", [Busy(600), Received(600), Unclear("http_500", 600)])
def test_an_office_is_left_alone_as_long_as_it_asks(answer: Answer) -> None:
    """Or up to a fifth longer; never less."""
    assert timedelta(seconds=600) <= due(filed().office(answer)) <= timedelta(seconds=720)


@pytest.mark.parametrize("answer", [Busy(0), Received(0), Busy(), Received()])
def test_an_office_that_asks_for_no_pause_gets_one(answer: Answer) -> None:
    """Or it would be asked without end."""
    assert due(filed().office(answer)) >= timedelta(seconds=4)


def test_the_last_look_is_at_the_end_and_not_after_it() -> None:
    """So that its owner is told in time."""
    talk = filed().office(CUT).later(THREE_DAYS - timedelta(seconds=1)).office(CUT)
    assert due(talk) == timedelta(seconds=1)


def test_the_owner_is_told_once_that_nothing_was_taken_yet() -> None:
    """After a quarter of an hour; and that it is tried on."""
    talk = filed().office(Busy())
    assert talk.turn.messages == ()
    assert talk.later(TOLD_AFTER - timedelta(seconds=1)).office(Busy()).turn.messages == ()
    talk.later(timedelta(seconds=1)).office(Busy())
    assert "Nothing of it is there yet; I go on trying." in talk.text
    assert report(talk).closes == ()
    for _ in range(5):
        assert talk.later(HOUR).office(Busy()).turn.messages == ()


def test_what_is_sent_again_is_not_told() -> None:
    """That the line was unclear was said; what comes of it will be."""
    assert filed().office(CUT).later(TOLD_AFTER).office(Absent()).turn.messages == ()


@pytest.mark.parametrize(
    ("before", "last", "words"),
    [
        ((), Busy(), "has not reached the office"),
        ((CUT,), Absent(), "has not reached the office"),
        ((CUT,), CUT, "do not know whether it arrived"),
        ((CUT,), NotOffered(), "offers no way to ask. So it is not sent a second time"),
        ((Received(),), NotOffered(), "has received your filing, but its system offers no way"),
        ((), Blocked(401), "nothing was registered"),
        ((), NotOffered(), "nothing was registered"),
        ((CUT,), Blocked(401), "we do not know whether it arrived"),
        ((Received(),), Blocked(401), "has received your filing, but its system now refuses"),
        ((), Rejected("No."), "With /filings you can change it"),
    ],
)
def test_what_is_told_at_the_end_is_what_is_known(
    before: tuple[Answer, ...], last: Answer, words: str
) -> None:
    """Not sent, not known, or received; with what the owner can do now, and the last word on the report."""
    talk = filed()
    for answer in before:
        talk.office(answer)
    talk.later(THREE_DAYS).office(last)
    assert words in talk.text
    assert CHOICES in talk.text or "/filings" in talk.text
    assert report(talk).closes
    assert talk.conversation.filings[-1].state not in OPEN


def test_what_was_received_and_never_decided_is_told_so() -> None:
    """It is not said that nobody knows whether it arrived."""
    talk = filed().office(Received()).later(timedelta(days=61)).office(Absent())
    assert talk.conversation.filings[-1].arrival is Arrival.YES
    assert "The office has received your filing, but has not said whether it is registered" in talk.text


@pytest.mark.parametrize("answer", [CUT, Received()])
def test_what_is_under_way_is_reported_without_a_last_word(answer: Answer) -> None:
    """So that the next report takes its place."""
    assert report(filed().office(answer)).closes == ()


def test_the_receipt_comes_with_the_proof_of_what_was_sent() -> None:
    """Made in that turn, while it is still known."""
    talk = filed()
    proven: list[bytes] = []

    def prove(sent: bytes) -> str:
        proven.append(sent)
        return "proof"

    talk.world = replace(talk.world, prove=prove)
    talk.office(Filed(RECEIPT))
    assert talk.conversation.filings[-1].proof == "proof"
    assert len(proven) == 1
    assert "11010519491231002X" in proven[0].decode()
    assert report(talk).closes


def test_a_returned_filing_is_reported_and_its_correction_asked() -> None:
    """As two messages: the report, with the day, and the question."""
    talk = filed().office(RETURNED)
    assert "The office asks for it by {day}." in said(talk)
    assert report(talk).closes
    assert len(talk.turn.messages) == 2
    assert "The office writes: “Another.”" in talk.text


def test_a_returned_filing_is_not_lost_behind_another_form() -> None:
    """It waits on its screen; what was in hand is kept for later."""
    talk = filed("check", *("weibo", "xi'an", "me", "45000", "yes", "none of these"), "register", "go on",
                 "i agree", "2017-03-01", "长安夜话").office(RETURNED)  # fmt: skip
    assert "/filings takes it up" in talk.text
    talk.say("/filings", "correct it")
    assert (talk.conversation.drafting.revision, len(talk.conversation.aside)) == (2, 1)
    assert "The form is kept for 7 days" in talk.text


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (Withdrawn(), State.WITHDRAWN, "confirms that the filing is withdrawn"),
        (Filed(RECEIPT), State.FILED, "did not take the withdrawal"),
        (Received(), State.RECEIVED, "did not take the withdrawal"),
        (Rejected("No."), State.REJECTED, "has rejected your filing"),
        (Blocked(403), State.FILED, "refused the withdrawal"),
        (NotOffered(), State.FILED, "offers no withdrawal"),
        (CUT, State.WITHDRAWING, ""),
        (Absent(), State.WITHDRAWING, ""),
    ],
)
def test_what_becomes_of_a_withdrawal_is_told(answer: Answer, state: State, words: str) -> None:
    """As the office says; and while it says nothing clear, nothing is said."""
    talk = filed().office(Filed(RECEIPT)).say("/filings", "withdraw it", "yes").office(answer)
    assert talk.conversation.filings[-1].state is state
    assert words in (talk.text if words else "")
    assert bool(talk.turn.messages) == bool(words)


@pytest.mark.parametrize(
    ("answer", "words"),
    [(CUT, "do not know whether it was withdrawn"), (Absent(), "though it had one before")],
)
def test_a_withdrawal_without_an_answer_ends_in_honest_words(answer: Answer, words: str) -> None:
    """After 72 hours the filing stands as before."""
    talk = (
        filed().office(Filed(RECEIPT)).say("/filings", "withdraw it", "yes").later(THREE_DAYS).office(answer)
    )
    assert words in talk.text
    assert (talk.conversation.filings[-1].state, talk.turn.effects[0].due_at) == (State.FILED, None)  # type: ignore[union-attr]


def test_what_was_on_its_way_when_it_was_withdrawn_is_withdrawn_at_once() -> None:
    """The answer to it is taken in, nothing is said, and the next step is due now."""
    talk = filed("/filings", "withdraw it", "yes").office(Filed(RECEIPT), Step.CREATE)
    assert talk.turn.messages == ()
    filing = talk.conversation.filings[-1]
    assert (filing.state, filing.before, filing.receipt) == (State.WITHDRAWING, State.FILED, RECEIPT)
    assert due(talk) == timedelta(0)
