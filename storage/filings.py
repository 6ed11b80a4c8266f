"""The work list of filings: what an office is to be asked, and when. What is filed is in its conversation.

A claimed filing that was `confirmed` is `sending` from the claim's commit on, before its first byte leaves.
So if the worker is lost, the next claim finds `sending` and looks up; it never sends blindly a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from dialogs.conversation import Track
from dialogs.filing import State
from storage.database import Transaction
from storage.moments import micros, moment
from storage.prepared import Prepared, listed, nth, rows
from storage.records import Address, ClaimedFiling, Settled
from storage.schema import conversations, filings

_c = conversations.c
_f = filings.c
_NOW = bindparam("now", type_=BigInteger)
_UNTIL = bindparam("until", type_=BigInteger)
_LIMIT = bindparam("limit", type_=Integer)

_insert = insert(filings)
_new = _insert.excluded
# While a filing is claimed, only its worker's answer is written, so that nobody else begins with it. But that
# there is nothing more to do is always written: it ends the work, whoever found out.
_TRACK = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["reference"],
        set_={
            "revision": _new.revision,
            "state": _new.state,
            "tried": null(),
            "due_at": _new.due_at,
            "attempts": case(
                (
                    and_(_f.tried == _new.state, _f.revision == _new.revision),
                    _f.attempts + literal_column("1"),
                ),
                else_=literal_column("0"),
            ),
        },
        where=or_(_f.tried.is_(None), _new.due_at.is_(None), _f.fence == _new.fence),
    ),
    columns=["reference", "conversation_id", "revision", "state", "due_at", "fence"],
)

_due = (
    select(_f.reference)
    .where(_f.due_at <= _NOW)
    .order_by(_f.due_at)
    .limit(_LIMIT)
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = Prepared(
    update(filings)
    .where(_f.reference.in_(select(_due.c.reference)))
    .values(
        state=case((_f.state == State.CONFIRMED.value, State.SENDING.value), else_=_f.state),
        tried=_f.state,
        due_at=_UNTIL,
        fence=_f.fence + 1,
    )
    .returning(_f.reference, _f.conversation_id, _f.revision, _f.tried, _f.attempts, _f.fence)
)
_WHOSE = Prepared(
    select(_c.id, _c.channel, _c.chat).where(_c.id.in_(select(nth(0)).select_from(listed("people"))))
)
_RELEASE = Prepared(
    update(filings)
    .where(
        _f.reference == bindparam("claimed", type_=Text),
        _f.fence == bindparam("by", type_=Integer),
        _f.tried.is_not(None),
    )
    .values(state=_f.tried, tried=null(), due_at=_UNTIL, attempts=_f.attempts + 1)
    .returning(_f.reference)
)
_OURS = Prepared(
    select(_f.reference)
    .where(
        tuple_(_f.reference, _f.fence).in_(
            select(nth(0), cast(nth(1), Integer)).select_from(listed("claims"))
        ),
        _f.tried.is_not(None),
    )
    .with_for_update()
)
_NEXT = Prepared(select(func.min(_f.due_at)).where(_f.due_at.is_not(None)))


def track(tx: Transaction, settled: Sequence[Settled]) -> None:
    """Write the effects of the turns. Those on a claimed filing count if they come with its claim."""
    tracked = []
    for one in settled:
        for effect in one.turn.effects:
            if not isinstance(effect, Track):
                continue
            answered = one.claimed if isinstance(one.claimed, ClaimedFiling) else None
            claimed = answered if answered and answered.reference == effect.reference else None
            tracked.append(
                {
                    "reference": effect.reference,
                    "conversation_id": one.loaded.id,
                    "revision": effect.revision,
                    "state": effect.state.value,
                    "due_at": micros(effect.due_at) if effect.due_at else None,
                    "fence": claimed.fence if claimed else 0,
                }
            )
    tx.run_each(_TRACK, tracked)


def claim_filings(tx: Transaction, now: datetime, limit: int, lease: timedelta) -> list[ClaimedFiling]:
    """At most `limit` filings that are due, ours for `lease`; commit before anything is sent."""
    found = tx.run(_CLAIM, now=micros(now), until=micros(now + lease), limit=limit).all()
    people = tx.run(_WHOSE, people=rows({(row.conversation_id,) for row in found}))
    whose = {person.id: Address(person.channel, person.chat) for person in people}
    return [
        ClaimedFiling(
            reference=row.reference,
            revision=row.revision,
            state=State(row.tried),
            address=whose[row.conversation_id],
            attempts=row.attempts,
            fence=row.fence,
            until=now + lease,
        )
        for row in found
    ]


def still_ours(tx: Transaction, claims: Collection[ClaimedFiling]) -> set[ClaimedFiling]:
    """Those of `claims` that nobody else has taken over, and nobody until `tx` ends.

    A lease that is over is still ours while nobody else has begun. To be asked after the conversations were
    loaded: all lock in that order.
    """
    if not claims:
        return set()
    taken = tx.run(_OURS, claims=rows((one.reference, one.fence) for one in claims))
    ours = {row.reference for row in taken}
    return {one for one in claims if one.reference in ours}


def release(tx: Transaction, claimed: ClaimedFiling, due_at: datetime) -> bool:
    """Give it back as it was, to be tried again at `due_at`; only if nothing was sent for it.

    Returns whether it was still ours.
    """
    given = tx.run(_RELEASE, claimed=claimed.reference, by=claimed.fence, until=micros(due_at))
    return given.first() is not None


def next_due(tx: Transaction) -> datetime | None:
    """When the next filing can be claimed; None if there is none."""
    due_at = tx.run(_NEXT).scalar_one()
    return None if due_at is None else moment(due_at)
