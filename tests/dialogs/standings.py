"""A filing, where it can stand, and all that an office can answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dialogs.filing import OPEN, Arrival, Filing, State, Step
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
HOUR = timedelta(hours=1)
THREE_DAYS = timedelta(hours=72)
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
FILED, REJECTED, WITHDRAWN = Filed(RECEIPT), Rejected("No."), Withdrawn()
RETURNED = Returned((("account_name", "Another."),), date(2026, 12, 1))
UNCLEAR = Unclear("cut")
ANSWERS: tuple[Answer, ...] = (
    FILED, RETURNED, REJECTED, WITHDRAWN, Received(), Absent(), Busy(), UNCLEAR, NotOffered(), Blocked(403),
)  # fmt: skip
SENDS = (Step.CREATE, Step.CORRECT)
ARRIVED = {
    State.CONFIRMED: Arrival.NO,
    State.SENDING: Arrival.MAYBE,
    State.UNKNOWN: Arrival.MAYBE,
    State.UNANSWERED: Arrival.MAYBE,
}
"""What is known of the arrival in a state, where it is not that it arrived."""


def standing(state: State, ends_at: datetime | None = None) -> Filing:
    """The filing in that state since it was confirmed; a received one for another 60 days."""
    until = CONFIRMED_AT + timedelta(days=60) if state is State.RECEIVED else ends_at
    arrival = ARRIVED.get(state, Arrival.YES)
    receipt = RECEIPT if state is State.FILED else None
    return replace(FILING, state=state, ends_at=until, arrival=arrival, receipt=receipt)


def withdrawing(before: State) -> Filing:
    """The filing on its way back from there."""
    return replace(standing(before), state=State.WITHDRAWING, before=before, since=NOW)


WITHDRAWN_FROM = (
    State.CONFIRMED, State.SENDING, State.UNKNOWN, State.RECEIVED, State.FILED, State.RETURNED,
    State.UNANSWERED,
)  # fmt: skip
EVERYWHERE = (
    *(standing(state) for state in State if state is not State.WITHDRAWING),
    *map(withdrawing, WITHDRAWN_FROM),
)
"""Every state, and every one a filing can be withdrawn from."""
ON_ITS_WAY = tuple(sorted(OPEN - {State.WITHDRAWING}))
