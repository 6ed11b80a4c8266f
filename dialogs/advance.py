"""How an office's answer brings a filing on. Total over states, steps and answers; it sends nothing.

Three things always hold. `FILED` comes only from the office's receipt. `CONFIRMED`, which is sent again, comes
only from proof that nothing is there. And every way ends: what is unclear 72 hours after the first unclear
answer, however often it is sent anew meanwhile, and what was received at the end the office states.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.filing import OPEN, Arrival, Filing, State, Step, sending
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

UNCLEAR_ENDS = timedelta(hours=72)
RECEIVED_ENDS = timedelta(days=60)
RECEIVED_MOST = timedelta(days=366)
"""From the confirmation; no office's word makes the waiting longer than this."""
NOT_OFFERED = "not offered"
"""The reason of what ended because the office does not offer what was asked of it."""
_KNOWN = (State.RECEIVED, State.FILED, State.RETURNED)


def advance(filing: Filing, step: Step, answer: Answer, now: datetime) -> Filing:
    """The filing after the office's answer to a step.

    An answer to a closed filing changes nothing, nor does one to a withdrawal that is over, unless it worked.
    """
    withdrawing = filing.state is State.WITHDRAWING
    late = step is Step.WITHDRAW and not withdrawing and not isinstance(answer, Withdrawn)
    if filing.state not in OPEN or late:
        return filing
    go = _withdrawing if withdrawing else _onward
    after = go(filing, step, answer, now)
    return replace(after, since=filing.since if after.state is filing.state else now)


def asked_wait(answer: Answer) -> timedelta:
    """How long the office asks to be left alone; nothing, if it does not say."""
    seconds = answer.retry_after if isinstance(answer, (Busy, Received, Unclear)) else None
    return timedelta(seconds=seconds or 0)


def ends(filing: Filing) -> datetime:
    """When this open filing is handed to the owner, if nothing else becomes of it."""
    if filing.state is State.WITHDRAWING:
        return filing.since + UNCLEAR_ENDS
    return filing.ends_at or filing.confirmed_at + UNCLEAR_ENDS


def _onward(filing: Filing, step: Step, answer: Answer, now: datetime) -> Filing:
    """After an answer to a filing that is on its way."""
    filing = sending(filing, now) if filing.state is State.CONFIRMED else filing
    looked = step is Step.LOOK_UP
    there = filing.state is State.RECEIVED or filing.arrival is Arrival.YES
    match answer:
        case Filed() | Returned() | Rejected() | Withdrawn():
            return _decided(filing, answer)
        case Received(until=until):
            taken = replace(filing, arrival=Arrival.YES, ends_at=_received_until(filing, until), reason="")
            return _waiting(taken, State.RECEIVED, answer, now)
        case NotOffered() if looked:
            return replace(filing, state=State.UNANSWERED, reason=NOT_OFFERED)
        case Blocked() | NotOffered():
            reason = str(answer.status) if isinstance(answer, Blocked) else NOT_OFFERED
            arrival = filing.arrival if looked or there else Arrival.NO
            return replace(filing, state=State.BLOCKED, reason=reason, arrival=arrival)
        case Busy() if not looked and not there:
            return _not_there(filing, answer, now)
        case Absent() if not there:
            return _not_there(filing, answer, now)
    state = State.RECEIVED if filing.state is State.RECEIVED else State.UNKNOWN
    unclear = replace(filing, ends_at=filing.ends_at or now + UNCLEAR_ENDS, reason="")
    return _waiting(unclear, state, answer, now)


def _decided(filing: Filing, answer: Filed | Returned | Rejected | Withdrawn) -> Filing:
    """What the office says for good, in its own words."""
    arrived = replace(filing, arrival=Arrival.YES)
    match answer:
        case Filed(receipt):
            return replace(arrived, state=State.FILED, receipt=receipt, earlier=None)
        case Returned(fields, until):
            return replace(arrived, state=State.RETURNED, returned=fields, correct_by=until)
        case Rejected(reason):
            return replace(arrived, state=State.REJECTED, reason=reason)
    return replace(arrived, state=State.WITHDRAWN)


def _not_there(filing: Filing, answer: Answer, now: datetime) -> Filing:
    """Proven not to be at the office: to be sent again, while there is time and something to send."""
    filing = replace(filing, arrival=Arrival.NO)
    if not filing.fields:
        return replace(filing, state=State.UNANSWERED)
    return _waiting(filing, State.CONFIRMED, answer, now)


def _waiting(filing: Filing, state: State, answer: Answer, now: datetime) -> Filing:
    """Still open, in that state; or the owner's to decide, if the office cannot be asked again in time.

    One that was received is asked once more even then: that was promised.
    """
    late = now >= ends(filing)
    asked_beyond = state is not State.RECEIVED and now + asked_wait(answer) > ends(filing)
    return replace(filing, state=State.UNANSWERED if late or asked_beyond else state)


def _received_until(filing: Filing, until: datetime | None) -> datetime:
    """The end of waiting for what was received: the last one the office stated, else 60 days."""
    if until is not None:
        return min(until, filing.confirmed_at + RECEIVED_MOST)
    usual = filing.confirmed_at + RECEIVED_ENDS
    if filing.ends_at is None:
        return usual
    return filing.ends_at if filing.state is State.RECEIVED else max(usual, filing.ends_at)


def _withdrawing(filing: Filing, step: Step, answer: Answer, now: datetime) -> Filing:
    """After an answer to a filing that is being withdrawn.

    One to an earlier step only tells what it is withdrawn from. A withdrawal may be repeated: its key makes it
    one. What the office says it never had is withdrawn; of what it had, that is a contradiction.
    """
    before = replace(filing, state=filing.before or State.UNKNOWN, before=None)
    if step is not Step.WITHDRAW:
        on = advance(before, step, answer, now)
        if on.state in (State.WITHDRAWN, State.REJECTED):
            return on
        return replace(on, state=State.WITHDRAWING, before=on.state, since=filing.since)
    match answer:
        case Filed() | Received() | Returned() | Rejected() | Withdrawn():
            return _onward(before, step, answer, now)
        case Absent() if before.arrival is not Arrival.YES and before.state not in _KNOWN:
            return replace(before, state=State.WITHDRAWN, arrival=Arrival.NO)
        case Blocked() | NotOffered():
            return _taken_up(before)
    late = now >= ends(filing) or now + asked_wait(answer) > ends(filing)
    return _taken_up(before) if late else filing


def _taken_up(before: Filing) -> Filing:
    """Where it stood before a withdrawal that came to nothing. What its owner wanted back is never sent again."""
    if before.state not in (State.CONFIRMED, State.SENDING, State.UNKNOWN):
        return before
    unsent = before.arrival is Arrival.NO and before.revision == 1
    return replace(before, state=State.WITHDRAWN if unsent else State.UNANSWERED)
