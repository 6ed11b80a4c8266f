from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.filing import OPEN, RECEIVED_ENDS, UNCLEAR_ENDS, Filing, State, Step, advance, sending
from dialogs.office import (
    Absent,
    Answer,
    Blocked,
    Busy,
    Filed,
    NotOffered,
    Receipt,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)

CONFIRMED_AT = datetime(2026, 11, 20, 6, 32, tzinfo=UTC)
NOW = CONFIRMED_AT + timedelta(minutes=1)
SECOND = timedelta(seconds=1)
RECEIPT = Receipt("XA-1", "BN-1", 1, "the office", NOW)
FILING = Filing(
    reference="BN-1",
    revision=1,
    office="office.example",
    form="xian",
    duties=("cn-xian-2017/weibo-individual",),
    rulebook="1",
    fields=(("account_name", "古城漫步"),),
    confirmed_at=CONFIRMED_AT,
    since=CONFIRMED_AT,
)
FINAL: tuple[tuple[Answer, State], ...] = (
    (Filed(RECEIPT), State.FILED),
    (Returned((("account_name", "Another."),)), State.RETURNED),
    (Rejected("No."), State.REJECTED),
    (Withdrawn(), State.WITHDRAWN),
    (Blocked(403), State.BLOCKED),
    (NotOffered(), State.UNANSWERED),
)
ANSWERS: tuple[Answer, ...] = (*(answer for answer, _ in FINAL), Received(), Absent(), Busy(), Unclear("cut"))
CREATE, CORRECT, LOOK_UP = Step.CREATE, Step.CORRECT, Step.LOOK_UP
OPEN_ENDED = (
    (State.SENDING, CREATE, Received(), State.RECEIVED),
    (State.SENDING, CREATE, Absent(), State.CONFIRMED),
    (State.SENDING, CREATE, Busy(), State.CONFIRMED),
    (State.SENDING, CREATE, Unclear("cut"), State.UNKNOWN),
    (State.SENDING, CORRECT, Busy(), State.CONFIRMED),
    (State.SENDING, CORRECT, Unclear("cut"), State.UNKNOWN),
    (State.SENDING, LOOK_UP, Received(), State.RECEIVED),
    (State.SENDING, LOOK_UP, Absent(), State.CONFIRMED),
    (State.SENDING, LOOK_UP, Busy(), State.UNKNOWN),
    (State.SENDING, LOOK_UP, Unclear("cut"), State.UNKNOWN),
    (State.UNKNOWN, LOOK_UP, Received(), State.RECEIVED),
    (State.UNKNOWN, LOOK_UP, Absent(), State.CONFIRMED),
    (State.UNKNOWN, LOOK_UP, Busy(), State.UNKNOWN),
    (State.UNKNOWN, LOOK_UP, Unclear("cut"), State.UNKNOWN),
    (State.RECEIVED, LOOK_UP, Received(), State.RECEIVED),
    (State.RECEIVED, LOOK_UP, Absent(), State.RECEIVED),
    (State.RECEIVED, LOOK_UP, Busy(), State.RECEIVED),
    (State.RECEIVED, LOOK_UP, Unclear("cut"), State.RECEIVED),
)  # fmt: skip
STEPS = {State.SENDING: (CREATE, CORRECT, LOOK_UP), State.UNKNOWN: (LOOK_UP,), State.RECEIVED: (LOOK_UP,)}


def standing(state: State, ends_at: datetime | None = None) -> Filing:
    """The filing in that state since it was confirmed."""
    return replace(FILING, state=state, ends_at=ends_at)


@pytest.mark.parametrize(("answer", "state"), FINAL)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("before", STEPS)
def test_a_final_answer_ends_it(before: State, step: Step, answer: Answer, state: State) -> None:
    """Whatever was believed before, what the office says for good is believed now."""
    after = advance(standing(before), step, answer, NOW)
    assert (after.state, after.since) == (state, NOW)
    assert after.state not in OPEN


@pytest.mark.parametrize(("before", "step", "answer", "state"), OPEN_ENDED)
def test_an_open_answer_leads_on(before: State, step: Step, answer: Answer, state: State) -> None:
    """Only what surely did not arrive is sent again; what may have arrived is looked up."""
    after = advance(standing(before), step, answer, NOW)
    assert after.state is state
    assert after.next_step is (CREATE if state is State.CONFIRMED else LOOK_UP)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_an_answer_to_a_closed_filing_changes_nothing(state: State, step: Step, answer: Answer) -> None:
    """An answer that comes late, or twice, is without effect."""
    closed = standing(state)
    assert advance(closed, step, answer, NOW) is closed


def test_every_answer_is_in_the_tables() -> None:
    """A new kind of answer has to be decided upon here."""
    tabled = {type(answer) for answer in ANSWERS}
    assert tabled == set(Answer.__args__)
    assert {type(answer) for _, _, answer, _ in OPEN_ENDED} == tabled - {type(a) for a, _ in FINAL}


def test_the_words_of_the_office_are_kept() -> None:
    """The receipt, the fields to correct, the reason, and for the operator the status."""
    after = {type(a): advance(standing(State.SENDING), CREATE, a, NOW) for a, _ in FINAL}
    assert after[Filed].receipt == RECEIPT
    assert after[Returned].returned == (("account_name", "Another."),)
    assert after[Rejected].reason == "No."
    assert after[Blocked].reason == "403"


@pytest.mark.parametrize("answer", [Unclear("timeout"), Busy()])
@pytest.mark.parametrize(
    ("waited", "state"), [(UNCLEAR_ENDS - SECOND, State.UNKNOWN), (UNCLEAR_ENDS, State.UNANSWERED)]
)
def test_an_unclear_filing_is_looked_up_for_72_hours(answer: Answer, waited: timedelta, state: State) -> None:
    """After that the owner decides. An office that is only ever busy has not answered either."""
    unknown = advance(standing(State.SENDING), CREATE, Unclear("cut"), NOW)
    assert unknown.ends_at == NOW + timedelta(hours=72)
    between = advance(unknown, LOOK_UP, answer, NOW + timedelta(hours=1))
    assert (between.since, between.ends_at) == (NOW, unknown.ends_at)
    assert advance(between, LOOK_UP, answer, NOW + waited).state is state


def test_the_72_hours_begin_anew_with_what_is_sent_anew() -> None:
    """A filing proven absent and sent again is looked up once more before it is given up."""
    unknown = advance(standing(State.SENDING), CREATE, Unclear("cut"), NOW)
    absent = advance(unknown, LOOK_UP, Absent(), NOW + timedelta(hours=1))
    again = NOW + timedelta(days=4)
    assert advance(sending(absent, again), CREATE, Unclear("cut"), again).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("until", "ends_at"),
    [(None, CONFIRMED_AT + RECEIVED_ENDS), (NOW + timedelta(days=5), NOW + timedelta(days=5))],
)
def test_a_received_filing_is_waited_for_as_long_as_the_office_says(
    until: datetime | None, ends_at: datetime
) -> None:
    """To the end it states, else 60 days from the confirmation, to the second."""
    received = advance(standing(State.SENDING), CREATE, Received(until=until), NOW)
    assert received.ends_at == ends_at
    late = advance(received, LOOK_UP, Received(until=until), ends_at - SECOND)
    assert (late.state, late.since) == (State.RECEIVED, NOW)
    assert advance(late, LOOK_UP, Unclear("cut"), ends_at - SECOND).state is State.RECEIVED
    assert advance(late, LOOK_UP, Received(until=until), ends_at).state is State.UNANSWERED
    assert advance(late, LOOK_UP, Unclear("cut"), ends_at).state is State.UNANSWERED


def test_the_key_names_filing_and_revision() -> None:
    """A repeated create is one record at the office, and a correction is another request."""
    assert FILING.idempotency_key == "BN-1.1"
    assert replace(FILING, revision=2).idempotency_key == "BN-1.2"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("revision", [1, 2])
def test_the_next_step(state: State, revision: int) -> None:
    """Only a confirmed filing is created or corrected; any other is looked up."""
    sent = {1: Step.CREATE, 2: Step.CORRECT}[revision]
    expected = sent if state is State.CONFIRMED else Step.LOOK_UP
    assert replace(FILING, state=state, revision=revision).next_step is expected


def test_what_is_being_sent_is_marked_before_it_leaves() -> None:
    """From then on only a look-up is safe."""
    sent = sending(FILING, NOW)
    assert (sent.state, sent.since, sent.next_step) == (State.SENDING, NOW, Step.LOOK_UP)
