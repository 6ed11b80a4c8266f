"""When reminders are due. What they are of is in their conversations.

A worker claims those of a pushed channel for the time of a lease, and with a fence, by which a claim that has
passed to another worker, or is of a reminder that was moved or ended meanwhile, is told from a live one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Row,
    Text,
    bindparam,
    cast,
    delete,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from dialogs.conversation import Remind
from storage.database import Transaction
from storage.moments import NEVER, micros, moment
from storage.prepared import Prepared, listed, nth, rows
from storage.records import Address, ClaimedReminder, Settled
from storage.schema import conversations, reminders

_c = conversations.c
_r = reminders.c
_NOW = bindparam("now", type_=BigInteger)
_UNTIL = bindparam("until", type_=BigInteger)
_LIMIT = bindparam("limit", type_=Integer)
_CHANNEL = bindparam("for_channel", type_=Text)

_insert = insert(reminders)
_PLAN = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["conversation_id", "id"],
        set_={
            "due_at": _insert.excluded.due_at,
            "leased_until": literal_column("0"),
            "fence": _r.fence + literal_column("1"),
        },
    ),
    columns=["id", "conversation_id", "channel", "due_at"],
)
_ended = select(nth(0), nth(1)).select_from(listed("ended"))
_END = Prepared(delete(reminders).where(tuple_(_r.conversation_id, _r.id).in_(_ended)))

# A lease that ends later than any that could be given now was given under a clock that was wrong: it is none.
_free = or_(_r.leased_until <= _NOW, _r.leased_until > bindparam("latest", type_=BigInteger))
_due = (
    select(_r.channel, _r.due_at, _r.id)
    .where(_r.channel == _CHANNEL, _r.due_at <= _NOW, _free)
    .order_by(_r.channel, _r.due_at, _r.id)
    .limit(_LIMIT)
    .with_for_update(skip_locked=True)
    .cte("due")
)
# By the whole primary key: the rows lie side by side there, and nowhere else.
CLAIM = Prepared(
    update(reminders)
    .where(tuple_(_r.channel, _r.due_at, _r.id).in_(select(_due.c.channel, _due.c.due_at, _due.c.id)))
    .values(leased_until=_UNTIL, fence=_r.fence + 1)
    .returning(_r.id, _r.conversation_id, _r.due_at, _r.fence)
)
_WHOSE = Prepared(
    select(_c.id, _c.channel, _c.chat).where(_c.id.in_(select(nth(0)).select_from(listed("people"))))
)
_claims = select(nth(0), cast(nth(1), BigInteger), nth(2), cast(nth(3), Integer)).select_from(
    listed("claims")
)
_STILL = Prepared(
    select(_r.channel, _r.due_at, _r.id)
    .where(tuple_(_r.channel, _r.due_at, _r.id, _r.fence).in_(_claims))
    .with_for_update()
)
_NEXT = Prepared(
    select(_r.due_at)
    .where(_r.channel == _CHANNEL, _r.due_at < literal_column(str(NEVER)), _r.leased_until <= _NOW)
    .order_by(_r.channel, _r.due_at)
    .limit(literal_column("1"))
)
_CHANNELS = Prepared(select(_r.channel).distinct().order_by(_r.channel))
_WITHOUT_DAY = Prepared(
    select(_r.id, _c.channel, _c.chat)
    .join_from(reminders, conversations)
    .where(
        _r.channel == _CHANNEL,
        _r.due_at == literal_column(str(NEVER)),
        _r.id > bindparam("after", type_=Text),
    )
    .order_by(_r.id)
    .limit(_LIMIT)
)
_MAKE_DUE = Prepared(
    update(reminders)
    .where(
        _r.channel == _CHANNEL,
        _r.due_at == literal_column(str(NEVER)),
        _r.id == bindparam("waiting", type_=Text),
    )
    .values(due_at=_NOW)
)


def plan(tx: Transaction, settled: Sequence[Settled]) -> None:
    """Write when the reminders of these turns are due from now on, in order; those that are over go."""
    last = {
        (one.loaded.id, effect.id): (one.loaded.address.channel, effect)
        for one in settled
        for effect in one.turn.effects
        if isinstance(effect, Remind)
    }
    ended = [key for key, (_, effect) in last.items() if effect.over]
    if ended:
        tx.run(_END, ended=rows(ended))
    tx.run_each(
        _PLAN,
        [
            {
                "id": id_,
                "conversation_id": person,
                "channel": channel,
                "due_at": NEVER if effect.due_at is None else micros(effect.due_at),
            }
            for (person, id_), (channel, effect) in sorted(last.items())
            if not effect.over
        ],
    )


def claim_reminders(
    tx: Transaction, channels: Iterable[str], now: datetime, limit: int, lease: timedelta
) -> list[ClaimedReminder]:
    """At most `limit` reminders of `channels` that are due, the longest due first, ours for `lease`."""
    found: list[Row[Any]] = []
    times = {"now": micros(now), "until": micros(now + lease), "latest": micros(now + 2 * lease)}
    for channel in channels:
        found.extend(tx.run(CLAIM, for_channel=channel, limit=limit - len(found), **times))
    people = tx.run(_WHOSE, people=rows({(row.conversation_id,) for row in found}))
    whose = {person.id: Address(person.channel, person.chat) for person in people}
    claimed = (
        ClaimedReminder(one.id, whose[one.conversation_id], moment(one.due_at), one.fence) for one in found
    )
    return sorted(claimed, key=lambda one: (one.due_at, one.id))


def still_ours(tx: Transaction, claimed: Iterable[ClaimedReminder]) -> set[ClaimedReminder]:
    """Those of `claimed` that nobody else has claimed, moved or ended since; locked until the end of `tx`.

    To be asked after the conversations were loaded: all lock in that order.
    """
    by_key = {(one.address.channel, micros(one.due_at), one.id): one for one in claimed}
    if not by_key:
        return set()
    ours = tx.run(_STILL, claims=rows((*key, one.fence) for key, one in by_key.items()))
    return {by_key[row.channel, row.due_at, row.id] for row in ours}


def next_reminder_due(tx: Transaction, channels: Iterable[str], now: datetime) -> datetime | None:
    """When the next reminder of `channels` is due, perhaps long since; None if there is none.

    Those that are claimed do not count until their lease ends.
    """
    due = [tx.run(_NEXT, for_channel=channel, now=micros(now)).scalar() for channel in channels]
    return min((moment(one) for one in due if one is not None), default=None)


def channels(tx: Transaction) -> list[str]:
    """The channels that any reminder is for."""
    return [row.channel for row in tx.run(_CHANNELS)]


def without_day(tx: Transaction, channel: str, after: str, limit: int) -> dict[str, Address]:
    """At most `limit` reminders of `channel` without a day, with ids above `after`, and whose they are."""
    found = tx.run(_WITHOUT_DAY, for_channel=channel, after=after, limit=limit)
    return {row.id: Address(row.channel, row.chat) for row in found}


def make_due(tx: Transaction, channel: str, due: Mapping[str, datetime]) -> None:
    """Give these, by their ids, a time to be told, if they are still without a day."""
    tx.run_each(
        _MAKE_DUE,
        [
            {"for_channel": channel, "waiting": id_, "now": micros(moment)}
            for id_, moment in sorted(due.items())
        ],
    )
