"""A filing: what the owner confirmed, and its way to the office.

The states and their rules are those of the design's section 6. This module decides; it sends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

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
    Withdrawn,
)
from dialogs.rules.values import Value

UNCLEAR_ENDS = timedelta(hours=72)
RECEIVED_ENDS = timedelta(days=60)


class State(StrEnum):
    """Where a filing stands. `PREPARED` and `RECORDED` are filings without a backend."""

    CONFIRMED = "confirmed"
    SENDING = "sending"
    RECEIVED = "received"
    FILED = "filed"
    RETURNED = "returned"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    WITHDRAWING = "withdrawing"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    PREPARED = "prepared"
    RECORDED = "recorded"


OPEN = frozenset({State.CONFIRMED, State.SENDING, State.RECEIVED, State.UNKNOWN, State.WITHDRAWING})
"""States in which the outbox still has something to do."""


class Step(StrEnum):
    """What the outbox does next with an open filing."""

    CREATE = "create"
    CORRECT = "correct"
    LOOK_UP = "look_up"
    WITHDRAW = "withdraw"


class Arrival(StrEnum):
    """What is known of whether this revision has reached the office."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Filing:
    """A confirmed draft. `fields` maps field ids to what goes to the office.

    `since` is the last change of state; `consent` the digest of the text the owner agreed to;
    `facts` are those that decide which fields the form has. `before` is the state from which it is being
    withdrawn. `proof` is the keyed digest of what was sent, made when the receipt came; `correct_by` the day
    the office names for a correction.
    """

    reference: str
    revision: int
    office: str
    form: str
    duties: tuple[str, ...]
    rulebook: str
    fields: tuple[tuple[str, str], ...]
    confirmed_at: datetime
    since: datetime
    consent: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    state: State = State.CONFIRMED
    practice: bool = False
    receipt: Receipt | None = None
    returned: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    ends_at: datetime | None = None
    arrival: Arrival = Arrival.NO
    before: State | None = None
    proof: str = ""
    correct_by: date | None = None

    @property
    def idempotency_key(self) -> str:
        """The key that makes a repeated create or correction one record at the office."""
        return f"{self.reference}.{self.revision}"

    @property
    def next_step(self) -> Step:
        """Create or correct only what surely has not arrived; look up everything else."""
        if self.state is not State.CONFIRMED:
            return Step.LOOK_UP
        return Step.CREATE if self.revision == 1 else Step.CORRECT


def sending(filing: Filing, now: datetime) -> Filing:
    """The filing as it must be stored before its first byte leaves: from here on only a look-up is safe."""
    return replace(filing, state=State.SENDING, since=now)


_ENDS: dict[type, State] = {
    Filed: State.FILED,
    Returned: State.RETURNED,
    Rejected: State.REJECTED,
    Withdrawn: State.WITHDRAWN,
    Blocked: State.BLOCKED,
}


def advance(filing: Filing, step: Step, answer: Answer, now: datetime) -> Filing:
    """The filing after the office's answer to a step. An answer to a closed filing changes nothing.

    Only what surely did not arrive goes back to `confirmed`, to be sent again: a create or correction the office
    says it did not take, or one that a look-up proves absent.
    """
    if filing.state not in OPEN:
        return filing
    if type(answer) in _ENDS:
        return _with_words(replace(filing, state=_ENDS[type(answer)], since=now), answer)
    if isinstance(answer, Received):
        return _waiting(filing, State.RECEIVED, answer.until or filing.confirmed_at + RECEIVED_ENDS, now)
    not_taken = isinstance(answer, Busy) and step is not Step.LOOK_UP
    if not_taken or (isinstance(answer, Absent) and filing.state is not State.RECEIVED):
        return replace(filing, state=State.CONFIRMED, since=now, ends_at=None)
    if isinstance(answer, NotOffered):
        # Without a look-up nothing can be found out any more, and nothing is ever sent blindly.
        return replace(filing, state=State.UNANSWERED, since=now)
    state = State.RECEIVED if filing.state is State.RECEIVED else State.UNKNOWN
    return _waiting(filing, state, filing.ends_at or now + UNCLEAR_ENDS, now)


def _with_words(filing: Filing, answer: Answer) -> Filing:
    """The filing with what the office said: its receipt, the fields to correct, its reason."""
    match answer:
        case Filed(receipt):
            return replace(filing, receipt=receipt)
        case Returned(fields):
            return replace(filing, returned=fields)
        case Rejected(reason):
            return replace(filing, reason=reason)
        case Blocked(status):
            return replace(filing, reason=str(status))
    return filing


def _waiting(filing: Filing, state: State, ends_at: datetime, now: datetime) -> Filing:
    """Still open until `ends_at`; after it the owner decides, and the outbox asks no more."""
    if now >= ends_at:
        return replace(filing, state=State.UNANSWERED, since=now, ends_at=ends_at)
    since = filing.since if filing.state is state else now
    return replace(filing, state=state, since=since, ends_at=ends_at)
