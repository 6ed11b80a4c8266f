"""Whatever an office answers, in whatever order, and whatever the owner does meanwhile: every filing ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.advance import RECEIVED_ENDS
from dialogs.conversation import Track
from dialogs.filing import OPEN, Arrival, Filing, State, Step
from dialogs.office import Absent, Answer, Busy, NotOffered, Received, Unclear
from tests.dialogs.standings import SENDS
from tests.dialogs.talks import NOW, Talk, filed

THREE_DAYS = timedelta(hours=72)
RUNS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
waits = st.none() | st.sampled_from([0, 30, 3600, 86_400, 400_000])
unclear: st.SearchStrategy[Answer] = st.one_of(
    st.builds(Busy, waits), st.builds(Unclear, st.just("cut"), waits), st.just(Absent())
)
undecided = unclear | st.builds(Received, waits, st.none() | st.just(NOW + timedelta(hours=5)))


def last(talk: Talk) -> Filing:
    """The filing."""
    return talk.conversation.filings[-1]


def goes_on(talk: Talk, answers: list[Answer], steps: list[Step]) -> datetime | None:
    """Answer what is asked, when it is due, until the filing is closed; when the first unclear answer came.

    Checks at each that nothing is sent which may be there.
    """
    first: datetime | None = None
    for answer in cycle(answers):
        filing = last(talk)
        step = filing.next_step
        steps.append(step)
        assert step not in SENDS or filing.arrival is Arrival.NO
        talk.office(answer, step)
        if last(talk).state is State.UNKNOWN and first is None:
            first = talk.world.now
        (track,) = talk.turn.effects
        assert isinstance(track, Track)
        assert (track.due_at is None) == (last(talk).state not in OPEN)
        if track.due_at is None:
            return first
        assert track.due_at > talk.world.now or step is not last(talk).next_step
        talk.later(track.due_at - talk.world.now)
    return first


@RUNS
@given(st.lists(unclear, min_size=1, max_size=6))
def test_what_is_unclear_is_the_owners_within_72_hours(answers: list[Answer]) -> None:
    """Counted from the first unclear answer, or from the confirmation if there was none."""
    talk = filed()
    first = goes_on(talk, answers, [])
    assert last(talk).state is State.UNANSWERED
    assert talk.world.now <= (first or NOW) + THREE_DAYS


@settings(RUNS, max_examples=10)
@given(st.lists(undecided, min_size=1, max_size=6))
def test_what_was_received_ends_when_its_time_is_over(answers: list[Answer]) -> None:
    """The time the office stated, or 60 days; and the last pause it asked for."""
    talk = filed()
    goes_on(talk, answers, [])
    assert last(talk).state is State.UNANSWERED
    longest = timedelta(seconds=400_000)
    assert talk.world.now <= NOW + THREE_DAYS + RECEIVED_ENDS + longest


@RUNS
@given(st.lists(unclear, max_size=4), st.lists(unclear, min_size=1, max_size=4))
def test_a_withdrawal_ends_within_72_hours(before: list[Answer], answers: list[Answer]) -> None:
    """Wherever the filing stood; and from then on it is never sent."""
    talk = filed()
    for answer in before:
        if last(talk).state in OPEN:
            talk.office(answer)
    talk.say("/filings", "withdraw it", "yes")
    if last(talk).state is not State.WITHDRAWING:
        return
    began, steps = talk.world.now, list[Step]()
    goes_on(talk, answers, steps)
    assert set(steps) == {Step.WITHDRAW}
    assert last(talk).state in (State.WITHDRAWN, State.UNANSWERED)
    assert talk.world.now <= began + THREE_DAYS


@RUNS
@given(st.lists(unclear, max_size=4))
def test_without_a_look_up_nothing_is_sent_twice(answers: list[Answer]) -> None:
    """An office that cannot be asked is sent one request that may have arrived, and no other."""
    talk, steps = filed(), list[Step]()
    goes_on(talk, [*answers, Unclear("cut"), NotOffered()], steps)
    assert last(talk).state not in OPEN
