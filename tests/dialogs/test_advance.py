"""All states by all steps by all answers: what must hold of each, and what each comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from dialogs.advance import NOT_OFFERED, RECEIVED_ENDS, RECEIVED_MOST, advance
from dialogs.filing import OPEN, Arrival, Filing, State, Step
from dialogs.office import Absent, Answer, Blocked, Busy, Filed, NotOffered, Received, Unclear
from tests.dialogs.standings import (
    ANSWERS,
    CONFIRMED_AT,
    EVERYWHERE,
    FILED,
    FILING,
    HOUR,
    NOW,
    ON_ITS_WAY,
    RECEIPT,
    REJECTED,
    RETURNED,
    SECOND,
    SENDS,
    THREE_DAYS,
    UNCLEAR,
    WITHDRAWN,
    standing,
)

WAYS = tuple(product(EVERYWHERE, Step, ANSWERS))
NOT_TAKEN = (*((step, Busy()) for step in SENDS), *((step, Absent()) for step in (*SENDS, Step.LOOK_UP)))
"""What proves that nothing is there."""


def test_every_answer_is_tried() -> None:
    """A new kind of answer has to be decided upon here."""
    assert {type(answer) for answer in ANSWERS} == set(Answer.__args__)


def test_an_answer_to_a_closed_filing_changes_nothing() -> None:
    """One that comes late, or twice, is without effect."""
    closed = [way for way in WAYS if way[0].state not in OPEN]
    assert closed
    for filing, step, answer in closed:
        assert advance(filing, step, answer, NOW) is filing


def test_nothing_is_filed_without_the_receipt_of_the_office() -> None:
    """And with it, always; but for a withdrawal that is over and answers late."""
    for filing, step, answer in WAYS:
        after = advance(filing, step, answer, NOW)
        if after.state is State.FILED and filing.state is not State.FILED:
            had_it = filing.before is State.FILED and step is Step.WITHDRAW
            assert isinstance(answer, Filed) or had_it
            assert after.receipt == RECEIPT


def test_nothing_is_sent_again_without_proof_that_it_is_not_there() -> None:
    """Of a filing that is on its way; what its owner wants back is not sent again at all."""
    for filing, step, answer in WAYS:
        after = advance(filing, step, answer, NOW)
        if after.state is State.CONFIRMED and after is not filing:
            assert (step, answer) in NOT_TAKEN
            assert filing.state is not State.WITHDRAWING
            assert after.arrival is Arrival.NO


def test_what_arrived_has_arrived() -> None:
    """Only by proof does it become less certain; and only the office's own word makes it certain."""
    rank = {Arrival.NO: 0, Arrival.MAYBE: 1, Arrival.YES: 2}
    for filing, step, answer in WAYS:
        after = advance(filing, step, answer, NOW)
        if filing.state is State.RECEIVED:
            assert after.arrival is Arrival.YES
        if rank[after.arrival] < rank[filing.arrival]:
            refused = isinstance(answer, Blocked | NotOffered) and step in SENDS
            assert refused or isinstance(answer, Absent) or (step, answer) in NOT_TAKEN
        if rank[after.arrival] == rank[Arrival.YES] > rank[filing.arrival]:
            assert answer in (FILED, RETURNED, REJECTED, WITHDRAWN, Received())


def test_the_time_of_a_state_is_that_of_its_beginning() -> None:
    """However often the same is answered."""
    for filing, step, answer in WAYS:
        after = advance(filing, step, answer, NOW + HOUR)
        assert after.since == (filing.since if after.state is filing.state else NOW + HOUR)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (FILED, State.FILED),
        (RETURNED, State.RETURNED),
        (REJECTED, State.REJECTED),
        (WITHDRAWN, State.WITHDRAWN),
    ],
)
@pytest.mark.parametrize("step", [*SENDS, Step.LOOK_UP])
@pytest.mark.parametrize("before", ON_ITS_WAY)
def test_a_final_answer_ends_it(before: State, step: Step, answer: Answer, state: State) -> None:
    """Whatever was believed before, what the office says for good is believed now."""
    after = advance(standing(before), step, answer, NOW)
    assert (after.state, after.arrival) == (state, Arrival.YES)
    assert after.state not in OPEN


@pytest.mark.parametrize(
    ("before", "step", "answer", "state", "arrival"),
    [
        (State.CONFIRMED, Step.CREATE, Received(), State.RECEIVED, Arrival.YES),
        (State.CONFIRMED, Step.CREATE, Busy(), State.CONFIRMED, Arrival.NO),
        (State.CONFIRMED, Step.CREATE, UNCLEAR, State.UNKNOWN, Arrival.MAYBE),
        (State.CONFIRMED, Step.CORRECT, Busy(), State.CONFIRMED, Arrival.NO),
        (State.CONFIRMED, Step.CORRECT, UNCLEAR, State.UNKNOWN, Arrival.MAYBE),
        (State.CONFIRMED, Step.LOOK_UP, UNCLEAR, State.UNKNOWN, Arrival.MAYBE),  # its worker was lost
        (State.CONFIRMED, Step.CREATE, Blocked(401), State.BLOCKED, Arrival.NO),
        (State.CONFIRMED, Step.CREATE, NotOffered(), State.BLOCKED, Arrival.NO),
        (State.CONFIRMED, Step.CORRECT, NotOffered(), State.BLOCKED, Arrival.NO),
        (State.UNKNOWN, Step.LOOK_UP, Received(), State.RECEIVED, Arrival.YES),
        (State.UNKNOWN, Step.LOOK_UP, Absent(), State.CONFIRMED, Arrival.NO),
        (State.UNKNOWN, Step.LOOK_UP, Busy(), State.UNKNOWN, Arrival.MAYBE),
        (State.UNKNOWN, Step.LOOK_UP, UNCLEAR, State.UNKNOWN, Arrival.MAYBE),
        (State.UNKNOWN, Step.LOOK_UP, Blocked(401), State.BLOCKED, Arrival.MAYBE),
        (State.UNKNOWN, Step.LOOK_UP, NotOffered(), State.UNANSWERED, Arrival.MAYBE),
        (State.RECEIVED, Step.LOOK_UP, Received(), State.RECEIVED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, Absent(), State.RECEIVED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, Busy(), State.RECEIVED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, UNCLEAR, State.RECEIVED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, Blocked(401), State.BLOCKED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, NotOffered(), State.UNANSWERED, Arrival.YES),
    ],
)
def test_what_an_answer_leads_to(
    before: State, step: Step, answer: Answer, state: State, arrival: Arrival
) -> None:
    """Only what surely did not arrive is sent again; what may have arrived is looked up, if it can be."""
    after = advance(standing(before), step, answer, NOW)
    assert (after.state, after.arrival) == (state, arrival)


def test_the_words_of_the_office_are_kept() -> None:
    """The receipt, the fields to correct and by when, the reason, and for the operator the status."""
    after = {type(a): advance(FILING, Step.CREATE, a, NOW) for a in ANSWERS}
    assert after[Filed].receipt == RECEIPT
    returned = after[type(RETURNED)]
    assert (returned.returned, returned.correct_by) == (RETURNED.fields, RETURNED.until)
    assert after[type(REJECTED)].reason == "No."
    assert (after[Blocked].reason, after[NotOffered].reason) == ("403", NOT_OFFERED)


def test_an_office_that_takes_nothing_is_tried_for_72_hours() -> None:
    """From the confirmation on; then it is the owner's again, and known not to be there."""
    last = advance(FILING, Step.CREATE, Busy(), CONFIRMED_AT + THREE_DAYS - SECOND)
    assert (last.state, last.next_step) == (State.CONFIRMED, Step.CREATE)
    over = advance(last, Step.CREATE, Busy(), CONFIRMED_AT + THREE_DAYS)
    assert (over.state, over.arrival) == (State.UNANSWERED, Arrival.NO)


@pytest.mark.parametrize("answer", [UNCLEAR, Busy()])
def test_an_unclear_filing_is_looked_up_for_72_hours(answer: Answer) -> None:
    """From the first unclear answer on. An office that is only ever busy has not answered either."""
    unknown = advance(FILING, Step.CREATE, UNCLEAR, NOW)
    late = advance(unknown, Step.LOOK_UP, answer, NOW + THREE_DAYS - SECOND)
    assert (late.state, late.since) == (State.UNKNOWN, NOW)
    over = advance(late, Step.LOOK_UP, answer, NOW + THREE_DAYS)
    assert (over.state, over.arrival) == (State.UNANSWERED, Arrival.MAYBE)


def test_the_72_hours_do_not_begin_anew_with_what_is_sent_anew() -> None:
    """Else an office that loses and denies in turn would be asked without end."""
    unknown = advance(FILING, Step.CREATE, UNCLEAR, NOW)
    again = advance(unknown, Step.LOOK_UP, Absent(), NOW + HOUR)
    unknown = advance(again, Step.CREATE, UNCLEAR, NOW + 2 * HOUR)
    assert unknown.state is State.UNKNOWN
    over = advance(unknown, Step.LOOK_UP, Absent(), NOW + THREE_DAYS)
    assert (over.state, over.arrival) == (State.UNANSWERED, Arrival.NO)


def test_an_office_that_wants_to_be_left_alone_beyond_the_end_is_not_waited_for() -> None:
    """It can not be asked again in time, so the owner decides now."""
    asked = int(THREE_DAYS.total_seconds())
    on_time = advance(FILING, Step.CREATE, Unclear("http_500", asked), NOW)
    assert on_time.state is State.UNKNOWN
    assert advance(FILING, Step.CREATE, Unclear("http_500", asked + 1), NOW).state is State.UNANSWERED
    assert advance(FILING, Step.CREATE, Busy(asked), NOW).state is State.UNANSWERED


def test_what_is_no_longer_kept_is_not_sent() -> None:
    """The office may be asked about it again, days after it was given up; to send, there is nothing left."""
    asked = replace(standing(State.UNKNOWN), fields=(), ends_at=NOW + THREE_DAYS)
    after = advance(asked, Step.LOOK_UP, Absent(), NOW)
    assert (after.state, after.arrival) == (State.UNANSWERED, Arrival.NO)


def received(until: datetime | None, now: datetime = NOW, filing: Filing = FILING) -> Filing:
    """The filing after the office has taken it for processing."""
    return advance(filing, Step.LOOK_UP, Received(until=until), now)


@pytest.mark.parametrize(
    ("until", "ends_at"),
    [
        (None, CONFIRMED_AT + RECEIVED_ENDS),
        (NOW + timedelta(days=5), NOW + timedelta(days=5)),
        (NOW + timedelta(days=1000), CONFIRMED_AT + RECEIVED_MOST),
    ],
)
def test_a_received_filing_is_waited_for_as_long_as_the_office_says(
    until: datetime | None, ends_at: datetime
) -> None:
    """To the end it states, a year at most, else 60 days from the confirmation, to the second."""
    waiting = received(until)
    assert waiting.ends_at == ends_at
    late = received(None, ends_at - SECOND, waiting)
    assert (late.state, late.since, late.ends_at) == (State.RECEIVED, NOW, ends_at)
    for answer in (UNCLEAR, Absent(), Busy(), Received()):
        over = advance(late, Step.LOOK_UP, answer, ends_at)
        assert (over.state, over.arrival) == (State.UNANSWERED, Arrival.YES)


def test_an_office_may_take_more_time_than_it_said() -> None:
    """If it says so."""
    later = NOW + timedelta(days=9)
    assert received(later, NOW + HOUR, received(NOW + timedelta(days=5))).ends_at == later


def test_a_registered_change_takes_the_place_of_what_was_registered() -> None:
    """Until then the earlier registration is remembered."""
    changed = replace(FILING, revision=2, earlier=standing(State.FILED))
    assert advance(changed, Step.CORRECT, UNCLEAR, NOW).earlier is changed.earlier
    assert advance(changed, Step.CORRECT, FILED, NOW).earlier is None
