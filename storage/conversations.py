"""Conversations, many at once: four statements to a batch of turns, however many chats wait in it.

A batch drops the updates that were taken before, loads and locks its conversations, and saves what its turns
came to. Every batch locks in the same order, so that those of several processes never wait in a ring.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Row,
    bindparam,
    delete,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert

from dialogs.conversation import Conversation
from storage import filings, outbox, reminders
from storage.database import Transaction
from storage.moments import micros
from storage.prepared import Prepared, listed, nth, rows
from storage.records import Address, Loaded, Settled, Unreadable
from storage.schema import conversations, updates
from storage.sealed import seal, unseal
from storage.vault import Broken

UPDATES_KEPT = timedelta(hours=48)

UpdateId = tuple[str, str]
"""A channel, and the channel's own id of an update."""

_c = conversations.c
_NOW = bindparam("now", type_=BigInteger)
_LIMIT = bindparam("limit", type_=Integer)

# SQLite has the same ON CONFLICT as PostgreSQL, so PostgreSQL's form of INSERT is written for both.
_FRESH = Prepared(
    insert(updates)
    .from_select(
        ["channel", "id", "seen_at"],
        select(nth(0), nth(1), _NOW).select_from(listed("updates")).where(true()),
    )
    .on_conflict_do_nothing()
    .returning(updates.c.channel, updates.c.id)
)
_listed = select(nth(0), nth(1)).select_from(listed("addresses"))
_found = (
    select(_c.id, _c.channel, _c.chat, _c.key, _c.state, _c.held)
    .where(tuple_(_c.channel, _c.chat).in_(_listed))
    .order_by(_c.id)
)
_READ = Prepared(_found)
# Not its key: who writes a row that belongs to a conversation need not wait for a turn of it.
_LOAD = Prepared(_found.with_for_update(key_share=True))
_insert = insert(conversations)
# The conflict is on the row's id. A new chat has a new id, so if another process has made a row for that chat
# meanwhile, its address is there twice and the batch fails as a whole (`Raced`) instead of losing a turn.
_SAVE = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _insert.excluded[name] for name in ("state", "turn", "erase_at", "changed_at")},
    ),
    columns=["id", "channel", "chat", "key", "state", "turn", "erase_at", "changed_at"],
)
_OVERDUE = Prepared(
    select(_c.channel, _c.chat).where(_c.erase_at <= _NOW).order_by(_c.erase_at).limit(_LIMIT)
)
_old = select(updates.c.channel, updates.c.id).where(updates.c.seen_at < _NOW).limit(_LIMIT)
_FORGET = Prepared(
    delete(updates).where(tuple_(updates.c.channel, updates.c.id).in_(_old)).returning(updates.c.id)
)


def fresh_updates(tx: Transaction, ids: Collection[UpdateId], now: datetime) -> set[UpdateId]:
    """Those of `ids` that were not taken before; from now on they have been."""
    taken = tx.run(_FRESH, updates=rows(sorted(ids)), now=micros(now))
    return {(row.channel, row.id) for row in taken}


def load(tx: Transaction, addresses: Collection[Address]) -> dict[Address, Loaded]:
    """The conversations of `addresses`, an empty one for a chat not known; locked if `tx` can write.

    Raises Unreadable for the first that cannot be opened, with its address.
    """
    found = tx.run(
        _READ if tx.read_only else _LOAD,
        addresses=rows((address.channel, address.chat) for address in addresses),
    )
    known = {Address(row.channel, row.chat): row for row in found}
    return {
        address: _opened(tx, address, known[address]) if address in known else _new(tx, address)
        for address in addresses
    }


def _opened(tx: Transaction, address: Address, row: Row[Any]) -> Loaded:
    """The conversation of a row."""
    try:
        key = tx.vault.person(row.key, row.id, address.channel, address.chat)
        state = unseal(key.key, row.state, "conversations", "state", row.id, row.id)
    except (Broken, Unreadable):
        raise Unreadable("conversations", row.id, address) from None
    return Loaded(address, row.id, key, state, bool(row.held))


def _new(tx: Transaction, address: Address) -> Loaded:
    """An empty conversation with a key of its own, not yet in the database."""
    name = secrets.token_urlsafe(16)
    return Loaded(address, name, tx.vault.new_person(name, address.channel, address.chat), Conversation())


def save(tx: Transaction, settled: Sequence[Settled], now: datetime) -> None:
    """Write what the turns came to: each chat's last state, and all messages and effects in order."""
    last = {one.loaded.address: one for one in settled}
    ordered = sorted(last.values(), key=lambda one: (one.loaded.address.channel, one.loaded.address.chat))
    tx.run_each(_SAVE, [_row(one, now) for one in ordered])
    outbox.put(tx, settled, now)
    filings.track(tx, settled)
    reminders.plan(tx, settled)


def _row(one: Settled, now: datetime) -> dict[str, object]:
    """The row of a conversation after its last turn."""
    loaded, turn = one.loaded, one.turn
    return {
        "id": loaded.id,
        "channel": loaded.address.channel,
        "chat": loaded.address.chat,
        "key": loaded.key.wrapped,
        "state": seal(loaded.key.key, turn.conversation, "conversations", "state", loaded.id, loaded.id),
        "turn": turn.conversation.turn,
        "erase_at": micros(turn.erase_at) if turn.erase_at else None,
        "changed_at": micros(now),
    }


def due_for_erasure(tx: Transaction, now: datetime, limit: int) -> list[Address]:
    """At most `limit` chats in which something is to be erased by `now`, the longest overdue first."""
    return [Address(row.channel, row.chat) for row in tx.run(_OVERDUE, now=micros(now), limit=limit)]


def forget_updates(tx: Transaction, now: datetime, limit: int) -> int:
    """Forget at most `limit` updates taken more than 48 hours ago; returns how many there were."""
    return len(tx.run(_FORGET, now=micros(now - UPDATES_KEPT), limit=limit).all())
