"""Messages on their way to owners, each deleted once it was sent.

A stream (web, console) reads its own chat's messages. A worker claims those of a channel that has to be
called: the oldest of each chat only, so that order is kept; for the time of a lease; with a fence, by which
what it says after its lease has ended is told from the word of the one that has the message now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    LargeBinary,
    Row,
    Text,
    bindparam,
    case,
    cast,
    delete,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage import progress, schema, screens
from storage.database import Transaction
from storage.moments import NEVER, micros, moment
from storage.prepared import Prepared, listed, nth, rows
from storage.records import Address, ClaimedMessage, Outgoing, Screen, Settled, Unreadable
from storage.schema import conversations, messages
from storage.sealed import seal, unseal
from storage.vault import Broken

_c = conversations.c
_m = messages.c
_s = schema.screens.c
_NOW = bindparam("now", type_=BigInteger)
_UNTIL = bindparam("until", type_=BigInteger)
_LIMIT = bindparam("limit", type_=Integer)
_CHANNEL = bindparam("for_channel", type_=Text)
_LASTING = bindparam("kept", type_=Integer)

_PUT = Prepared(
    insert(messages).from_select(
        ["conversation_id", "channel", "turn", "position", "body", "lasting", "due_at"],
        select(
            _c.id,
            _c.channel,
            bindparam("of_turn", type_=Integer),
            bindparam("place", type_=Integer),
            bindparam("sealed", type_=LargeBinary),
            _LASTING,
            case((_c.held == literal_column("1"), literal_column(str(NEVER))), else_=_NOW),
        ).where(
            _c.id == bindparam("person", type_=Text),
            or_(_c.held == literal_column("0"), literal_column("1") == _LASTING),
        ),
    )
)
_WAITING = Prepared(
    select(_m.id, _m.conversation_id, _m.turn, _m.position, _m.body, _c.chat, _c.key)
    .join_from(messages, conversations)
    .where(
        _c.channel == _CHANNEL,
        _c.chat == bindparam("for_chat", type_=Text),
        _m.id > bindparam("after", type_=BigInteger),
    )
    .order_by(_m.id)
)
_SENT = Prepared(
    delete(messages).where(_m.id.in_(select(cast(nth(0), BigInteger)).select_from(listed("ids"))))
)

_older = messages.alias("older")
_oldest = ~exists().where(_older.c.conversation_id == _m.conversation_id, _older.c.id < _m.id)
_due = (
    select(_m.id)
    .where(_m.channel == _CHANNEL, _m.due_at <= _NOW, _oldest)
    .order_by(_m.due_at)
    .limit(_LIMIT)
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = Prepared(
    update(messages)
    .where(_m.id.in_(select(_due.c.id)))
    .values(due_at=_UNTIL, fence=_m.fence + 1)
    .returning(
        _m.id,
        _m.conversation_id,
        _m.turn,
        _m.position,
        _m.body,
        _m.part,
        _m.attempts,
        _m.fence,
    )
)
_WHOSE = Prepared(
    select(_c.id, _c.chat, _c.key, _s.message, _s.turn, _s.buttons)
    .join_from(conversations, schema.screens, isouter=True)
    .where(_c.id.in_(select(nth(0)).select_from(listed("people"))))
)
_ours = select(cast(nth(0), BigInteger), cast(nth(1), Integer)).select_from(listed("claims"))
_DELIVERED = Prepared(
    delete(messages).where(tuple_(_m.id, _m.fence).in_(_ours)).returning(_m.id, _m.conversation_id)
)
_WENT_ON = Prepared(
    update(messages)
    .where(tuple_(_m.id, _m.fence).in_(_ours))
    .values(due_at=_NOW, part=_m.part + 1, fence=_m.fence + 1)
    .returning(_m.id, _m.conversation_id)
)
_RELEASE = Prepared(
    update(messages)
    .where(tuple_(_m.id, _m.fence).in_(_ours))
    .values(due_at=_UNTIL, attempts=_m.attempts + 1, fence=_m.fence + 1)
    .returning(_m.id)
)
_NEXT = Prepared(
    select(_m.due_at).where(_m.channel == _CHANNEL, _m.due_at < NEVER, _oldest).order_by(_m.due_at).limit(1)
)


def put(tx: Transaction, settled: Sequence[Settled], now: datetime) -> None:
    """Write the messages of the turns, each due at once; of a held chat only what lasts, due never."""
    tx.run_each(_PUT, [row for one in settled for row in _rows(one, micros(now))])


def _rows(one: Settled, now: int) -> Iterable[dict[str, object]]:
    """The rows of one turn's messages. A body is sealed for its turn and its place in it."""
    loaded, after = one.loaded, one.turn.conversation
    for position, message in enumerate(one.turn.messages):
        value = {"language": after.language, "message": message}
        place = ("messages", "body", f"{after.turn}.{position}", loaded.id)
        yield {
            "person": loaded.id,
            "of_turn": after.turn,
            "place": position,
            "sealed": seal(loaded.key.key, value, *place),
            "kept": int(message.lasting),
            "now": now,
        }


def waiting(tx: Transaction, address: Address, after: int = 0) -> list[Outgoing]:
    """The chat's messages with an id above `after`, in order. For streams; raises Unreadable."""
    found = tx.run(_WAITING, for_channel=address.channel, for_chat=address.chat, after=after)
    return [_opened(tx, address, row.key, row) for row in found]


def sent(tx: Transaction, ids: Collection[int]) -> None:
    """Delete messages that a stream has shown, or that cannot be read."""
    tx.run(_SENT, ids=rows((one,) for one in ids))


def claim_messages(
    tx: Transaction, channels: Iterable[str], now: datetime, limit: int, lease: timedelta
) -> tuple[list[ClaimedMessage], list[int]]:
    """At most `limit` messages of `channels` that are due, the oldest of each chat, ours for `lease`.

    Those that cannot be read are deleted, as they would stand before all others of their chat for ever;
    their ids come second.
    """
    claimed: list[ClaimedMessage] = []
    lost: list[int] = []
    for channel in channels:
        found = tx.run(
            _CLAIM,
            for_channel=channel,
            now=micros(now),
            until=micros(now + lease),
            limit=limit - len(claimed),
        ).all()
        mine, broken = _opened_all(tx, channel, found)
        claimed += mine
        lost += broken
    if lost:
        sent(tx, lost)
    return claimed, lost


def _opened_all(
    tx: Transaction, channel: str, found: Sequence[Row[Any]]
) -> tuple[list[ClaimedMessage], list[int]]:
    """The messages of the rows that were claimed, in order, and the ids of those that cannot be read."""
    people = tx.run(_WHOSE, people=rows({(row.conversation_id,) for row in found}))
    whose = {person.id: person for person in people}
    opened: list[tuple[Row[Any], Row[Any], Outgoing]] = []
    lost: list[int] = []
    for row in sorted(found, key=lambda row: row.id):
        person = whose[row.conversation_id]
        try:
            opened.append((row, person, _opened(tx, Address(channel, person.chat), person.key, row)))
        except Unreadable:
            lost.append(row.id)
    reports = {(person.id, one.message.progress) for _, person, one in opened if one.message.progress}
    told = progress.found(tx, reports)
    claimed = [
        ClaimedMessage(
            outgoing,
            Address(channel, person.chat),
            row.part,
            row.attempts,
            row.fence,
            _screen(person),
            told.get((person.id, outgoing.message.progress), ""),
        )
        for row, person, outgoing in opened
    ]
    return claimed, lost


def _screen(person: Row[Any]) -> Screen | None:
    """What the chat of a row shows."""
    if person.message is None:
        return None
    return Screen(person.message, person.turn, bool(person.buttons))


def delivered(
    tx: Transaction,
    claimed: Collection[ClaimedMessage],
    shown: Mapping[int, Screen] = {},
    told: Mapping[int, str] = {},
) -> set[int]:
    """Delete what was sent, and keep what chats show now: `shown` by the id of the message that changed it.

    `told` says, by the id of a report on progress, which message of the channel tells it now; '' if none any
    more. Returns the ids that were still ours. Others have a new owner, are held, or are gone; of those
    nothing is written.
    """
    return _marked(tx, _DELIVERED, claimed, shown, told)


def went_on(
    tx: Transaction,
    claimed: Collection[ClaimedMessage],
    now: datetime,
    shown: Mapping[int, Screen] = {},
    told: Mapping[int, str] = {},
) -> set[int]:
    """One more part of these was sent, and the next is due `now`. Otherwise as `delivered`."""
    return _marked(tx, _WENT_ON, claimed, shown, told, now=micros(now))


def _marked(
    tx: Transaction,
    statement: Prepared,
    claimed: Collection[ClaimedMessage],
    shown: Mapping[int, Screen],
    told: Mapping[int, str],
    **values: int,
) -> set[int]:
    """Run `statement` for those of `claimed` that are still ours, and keep what their chats show now."""
    if not claimed:
        return set()
    done = {row.id: row.conversation_id for row in tx.run(statement, claims=_claims(claimed), **values)}
    screens.keep(tx, {done[id_]: shown[id_] for id_ in shown if id_ in done})
    reports = {one.outgoing.id: one.outgoing.message.progress for one in claimed}
    progress.keep(tx, {(done[id_], reports[id_]): told[id_] for id_ in told if id_ in done})
    return set(done)


def _claims(claimed: Iterable[ClaimedMessage]) -> str:
    """The parameter by which a statement knows what is still ours."""
    return rows((one.outgoing.id, one.fence) for one in claimed)


def next_message_due(tx: Transaction, channels: Iterable[str]) -> datetime | None:
    """When the next message of `channels` can be claimed, perhaps long since; None if there is none."""
    due = [tx.run(_NEXT, for_channel=channel).scalar() for channel in channels]
    return min((moment(one) for one in due if one is not None), default=None)


def release(tx: Transaction, claimed: ClaimedMessage, due_at: datetime) -> bool:
    """Give it back, to be tried again at `due_at`. Returns whether it was still ours."""
    return tx.run(_RELEASE, claims=_claims([claimed]), until=micros(due_at)).first() is not None


def _opened(tx: Transaction, address: Address, wrapped: bytes, row: Row[Any]) -> Outgoing:
    """The message of a row, by its person's wrapped key."""
    person = row.conversation_id
    try:
        key = tx.vault.person(wrapped, person, address.channel, address.chat).key
        body = unseal(key, row.body, "messages", "body", f"{row.turn}.{row.position}", person)
        return Outgoing(row.id, body["language"], row.turn, body["message"])
    except (Broken, Unreadable, KeyError, TypeError):  # the latter two of what another version wrote
        raise Unreadable("messages", str(row.id)) from None
