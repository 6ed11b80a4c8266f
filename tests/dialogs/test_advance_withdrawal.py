from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.advance import advance
from dialogs.filing import Arrival, State, Step
from dialogs.office import Absent, Answer, Blocked, Busy, NotOffered, Received, Unclear
from tests.dialogs.standings import (
    FILED,
    HOUR,
    NOW,
    REJECTED,
    RETURNED,
    SECOND,
    THREE_DAYS,
    UNCLEAR,
    WITHDRAWN,
    WITHDRAWN_FROM,
    withdrawing,
)

HAD = (State.RECEIVED, State.FILED, State.RETURNED)
"""States in which the office has said that it has it."""


@pytest.mark.parametrize("before", WITHDRAWN_FROM)
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (WITHDRAWN, State.WITHDRAWN),
        (FILED, State.FILED),
        (RETURNED, State.RETURNED),
        (REJECTED, State.REJECTED),
        (Received(), State.RECEIVED),
    ],
)
def test_the_word_of_the_office_ends_a_withdrawal(before: State, answer: Answer, state: State) -> None:
    """Whether it took it, or says how the filing stands instead."""
    after = advance(withdrawing(before), Step.WITHDRAW, answer, NOW)
    assert (after.state, after.before, after.arrival) == (state, None, Arrival.YES)


@pytest.mark.parametrize("before", WITHDRAWN_FROM)
def test_what_the_office_never_had_is_withdrawn(before: State) -> None:
    """Of what it had, "no record" is a contradiction, which it is given the time to resolve."""
    after = advance(withdrawing(before), Step.WITHDRAW, Absent(), NOW)
    if before not in HAD:
        assert (after.state, after.arrival) == (State.WITHDRAWN, Arrival.NO)
        return
    assert after == withdrawing(before)
    over = advance(after, Step.WITHDRAW, Absent(), NOW + THREE_DAYS)
    assert (over.state, over.arrival) == (before, Arrival.YES)


@pytest.mark.parametrize("answer", [UNCLEAR, Busy()])
@pytest.mark.parametrize("before", WITHDRAWN_FROM)
def test_a_withdrawal_is_repeated_for_72_hours(before: State, answer: Answer) -> None:
    """Then the filing stands as before; but it is not sent or sent again, after what its owner wanted."""
    still = advance(withdrawing(before), Step.WITHDRAW, answer, NOW + THREE_DAYS - SECOND)
    assert still == withdrawing(before)
    over = advance(still, Step.WITHDRAW, answer, NOW + THREE_DAYS)
    stopped = {
        State.CONFIRMED: State.WITHDRAWN,
        State.SENDING: State.UNANSWERED,
        State.UNKNOWN: State.UNANSWERED,
    }
    assert over.state is stopped.get(before, before)
    assert (over.before, over.arrival, over.since) == (None, still.arrival, NOW + THREE_DAYS)


@pytest.mark.parametrize("answer", [Blocked(403), NotOffered()])
@pytest.mark.parametrize("before", HAD)
def test_a_refused_withdrawal_changes_nothing(before: State, answer: Answer) -> None:
    """The filing stands as before, at once."""
    assert advance(withdrawing(before), Step.WITHDRAW, answer, NOW).state is before


def test_an_office_that_wants_to_be_left_alone_beyond_the_end_is_not_waited_for() -> None:
    """As with any other step."""
    asked = Unclear("http_500", int(THREE_DAYS.total_seconds()) + 1)
    assert advance(withdrawing(State.FILED), Step.WITHDRAW, asked, NOW).state is State.FILED


def test_a_change_that_was_not_sent_is_no_withdrawn_registration() -> None:
    """The revision before it is with the office still."""
    change = replace(withdrawing(State.CONFIRMED), revision=2)
    after = advance(change, Step.WITHDRAW, Blocked(409), NOW)
    assert (after.state, after.arrival) == (State.UNANSWERED, Arrival.NO)


@pytest.mark.parametrize(
    ("before", "step", "answer", "on", "arrival"),
    [
        (State.CONFIRMED, Step.CREATE, FILED, State.FILED, Arrival.YES),
        (State.CONFIRMED, Step.CREATE, UNCLEAR, State.UNKNOWN, Arrival.MAYBE),
        (State.CONFIRMED, Step.CREATE, Busy(), State.CONFIRMED, Arrival.NO),
        (State.CONFIRMED, Step.LOOK_UP, Absent(), State.CONFIRMED, Arrival.NO),
        (State.UNKNOWN, Step.LOOK_UP, Received(), State.RECEIVED, Arrival.YES),
        (State.RECEIVED, Step.LOOK_UP, RETURNED, State.RETURNED, Arrival.YES),
    ],
)
def test_the_answer_to_an_earlier_step_tells_what_is_withdrawn(
    before: State, step: Step, answer: Answer, on: State, arrival: Arrival
) -> None:
    """It was on its way when the owner wanted it back, and is still wanted back."""
    after = advance(withdrawing(before), step, answer, NOW + HOUR)
    assert (after.state, after.before, after.arrival) == (State.WITHDRAWING, on, arrival)
    assert after.since == NOW
    assert after.next_step is Step.WITHDRAW


@pytest.mark.parametrize(("answer", "state"), [(WITHDRAWN, State.WITHDRAWN), (REJECTED, State.REJECTED)])
def test_where_nothing_is_left_to_take_back_it_is_over(answer: Answer, state: State) -> None:
    """Whichever request was answered so."""
    assert advance(withdrawing(State.UNKNOWN), Step.LOOK_UP, answer, NOW).state is state
