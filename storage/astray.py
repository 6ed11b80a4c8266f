"""What a clock that was wrong has left behind, and by what it is found to be wrong.

A lease or a time to try again that lies further ahead than any could be given now was given under another
clock. Reminders need no mending: when they are due does not change by a claim, and such a lease is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Text, bindparam, func, literal_column, or_, select, update

from storage.database import Transaction
from storage.moments import NEVER, micros, moment
from storage.prepared import Prepared
from storage.schema import filings, messages, rulebooks, updates

LONGEST_LEASE = timedelta(hours=1)
"""More than any lease of a filing."""
LONGEST_PLAN = timedelta(days=60)
"""More than what lies between two looks at a filing."""
LONGEST_WAIT = timedelta(days=1)
"""More than any message waits for its next try."""

_f = filings.c
_m = messages.c
_NOW = bindparam("now", type_=BigInteger)
_FILINGS = Prepared(
    update(filings)
    .where(
        _f.due_at > bindparam("leased", type_=BigInteger),
        or_(_f.tried.is_not(None), _f.due_at > bindparam("planned", type_=BigInteger)),
    )
    .values(due_at=_NOW)
    .returning(_f.reference)
)
_MESSAGES = Prepared(
    update(messages)
    .where(
        _m.channel == bindparam("for_channel", type_=Text),
        _m.due_at > bindparam("waiting", type_=BigInteger),
        _m.due_at < literal_column(str(NEVER)),
    )
    .values(due_at=_NOW)
    .returning(_m.id)
)
_NEWEST = [Prepared(select(func.max(column))) for column in (updates.c.seen_at, rulebooks.c.kept_at)]


def bring_back(tx: Transaction, channels: Iterable[str], now: datetime) -> int:
    """Make due `now` what a wrong clock has put off, of filings and of these channels' messages.

    Returns how many that were.
    """
    leased, planned = micros(now + LONGEST_LEASE), micros(now + LONGEST_PLAN)
    brought = len(tx.run(_FILINGS, now=micros(now), leased=leased, planned=planned).all())
    for channel in channels:
        waiting = micros(now + LONGEST_WAIT)
        brought += len(tx.run(_MESSAGES, now=micros(now), for_channel=channel, waiting=waiting).all())
    return brought


def newest(tx: Transaction) -> datetime | None:
    """The newest moment that is kept of what happened, as far as it is found at once; None in a new database.

    The last update of a pushed channel, or the day on which the program was last a new one.
    """
    found = [tx.run(statement).scalar() for statement in _NEWEST]
    return max((moment(one) for one in found if one is not None), default=None)
