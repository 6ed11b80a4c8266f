"""Messages that cannot be read stand in nobody's way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from storage import outbox, schema
from storage.database import Database, Transaction
from storage.records import Address, Unreadable
from storage.vault import Key
from tests.storage.samples import (
    ALL,
    CHAT,
    LEASE,
    NOW,
    SECOND,
    chats,
    counted,
    loaded_from,
    message,
    messages_kept,
    one_turn,
    texts,
)

_m = schema.messages
_c = schema.conversations


def write_body(tx: Transaction, body: bytes) -> None:
    """Put `body` in the place of the oldest message's."""
    oldest = tx.connection.execute(select(_m.c.id).order_by(_m.c.id).limit(1)).scalar_one()
    tx.connection.execute(update(_m).where(_m.c.id == oldest).values(body=body))


def bodies(tx: Transaction) -> list[bytes]:
    """All there are, in order."""
    return list(tx.connection.execute(select(_m.c.body).order_by(_m.c.id)).scalars())


def broken_bytes(tx: Transaction, _key: Key) -> None:
    """One bit of it is another."""
    body = bodies(tx)[0]
    write_body(tx, body[:-1] + bytes([body[-1] ^ 1]))


def cut_short(tx: Transaction, _key: Key) -> None:
    """Half of it is there."""
    write_body(tx, bodies(tx)[0][:40])


def nothing_at_all(tx: Transaction, _key: Key) -> None:
    """None of it is there."""
    write_body(tx, b"")


def moved(tx: Transaction, _key: Key) -> None:
    """It belongs to another place of the same turn."""
    write_body(tx, bodies(tx)[1])


def sealed_by_another_key(tx: Transaction, _key: Key) -> None:
    """It belongs to another chat."""
    write_body(tx, bodies(tx)[-1])


def in_a_newer_form(tx: Transaction, key: Key) -> None:
    """A newer version wrote it: what it is made of is not known."""
    written(tx, key, b'{"language":"en","message":{"_":"Telepathy"}}')


def in_another_form(tx: Transaction, key: Key) -> None:
    """What it is made of is known, but it is no message."""
    written(tx, key, b'["en"]')


def written(tx: Transaction, key: Key, plain: bytes) -> None:
    """The oldest message, sealed as it should be."""
    person = tx.connection.execute(select(_c.c.id).where(_c.c.chat == CHAT.chat)).scalar_one()
    write_body(tx, key.seal(plain, "messages", "body", "1.0", person))


SPOILS = [
    broken_bytes,
    cut_short,
    nothing_at_all,
    moved,
    sealed_by_another_key,
    in_a_newer_form,
    in_another_form,
]


@pytest.fixture(params=SPOILS)
def spoiled(database: Database, request: pytest.FixtureRequest) -> Database:
    """Two messages for a chat, the first of which cannot be read, and one for another chat."""
    chat, other = chats(2)
    one_turn(database, chat, "one", "two", now=NOW - SECOND)
    one_turn(database, other, "three")
    key = loaded_from(database, chat).key.key
    with database.transaction() as tx:
        request.param(tx, key)
    return database


def claim(database: Database, limit: int = ALL, *channels: str) -> tuple[list[object], list[int]]:
    """What those say that a worker gets, and which are lost."""
    with database.transaction() as tx:
        mine, lost = outbox.claim_messages(tx, channels or ["telegram"], NOW, limit, LEASE)
    return texts(mine), lost


def test_a_message_that_cannot_be_read_blocks_neither_chat_nor_channel(spoiled: Database) -> None:
    """It is deleted and named; the other chat's is claimed with it, its own chat's next one after it."""
    first, *rest = [row.id for row in messages_kept(spoiled)]
    assert claim(spoiled) == (["three"], [first])
    assert [row.id for row in messages_kept(spoiled)] == rest
    assert claim(spoiled) == (["two"], [])
    assert claim(spoiled) == ([], [])


def test_a_stream_is_told_which_message_it_cannot_read(spoiled: Database) -> None:
    """And can go on when it has deleted that."""
    with pytest.raises(Unreadable) as caught, spoiled.reading() as tx:
        outbox.waiting(tx, CHAT)
    first = messages_kept(spoiled)[0].id
    assert str(caught.value) == f"messages row {first} cannot be read"
    assert caught.value.__cause__ is None
    with spoiled.transaction() as tx:
        outbox.sent(tx, [int(caught.value.row)])
        assert [one.message for one in outbox.waiting(tx, CHAT)] == [message("two")]


def swapped_keys(tx: Transaction, one: Address, other: Address) -> None:
    """Each of two chats has the other's key."""
    keys = {
        address: tx.connection.execute(select(_c.c.key).where(_c.c.chat == address.chat)).scalar_one()
        for address in (one, other)
    }
    for address, key in ((one, keys[other]), (other, keys[one])):
        tx.connection.execute(update(_c).where(_c.c.chat == address.chat).values(key=key))


def without_key(tx: Transaction, *addresses: Address) -> None:
    """Two chats' keys are broken."""
    chosen = _c.c.chat.in_([address.chat for address in addresses])
    tx.connection.execute(update(_c).where(chosen).values(key=b"\x01not an envelope"))


@pytest.mark.parametrize("spoil", [swapped_keys, without_key])
def test_chats_whose_key_does_not_open_keep_nobody_waiting(
    database: Database, spoil: Callable[[Transaction, Address, Address], None]
) -> None:
    """Their messages go one by one, the oldest first; the third chat's are claimed."""
    one, other, third = chats(3)
    for address in (one, other, third):
        one_turn(database, address, "first", "second")
    ids = [row.id for row in messages_kept(database)]
    with database.transaction() as tx:
        spoil(tx, one, other)
    assert claim(database) == (["first"], [ids[0], ids[2]])
    assert claim(database) == ([], [ids[1], ids[3]])
    assert claim(database) == ([], [])
    assert [row.id for row in messages_kept(database)] == ids[4:]


def test_what_cannot_be_read_takes_no_place_of_another_channel(spoiled: Database) -> None:
    """A worker that may have one more message, and met one it cannot read, gets its one message."""
    one_turn(spoiled, Address("wechat", "1"), "four")
    said, lost = claim(spoiled, 1, "telegram", "wechat")
    assert said == ["four"]
    assert len(lost) == 1
    assert claim(spoiled, 1, "telegram", "wechat") == (["two"], [])


def test_a_claim_that_was_undone_has_deleted_nothing(spoiled: Database) -> None:
    """Whoever claims next names it again."""
    before = messages_kept(spoiled)

    def undone() -> None:
        with spoiled.transaction() as tx:
            assert outbox.claim_messages(tx, ["telegram"], NOW, ALL, LEASE)[1]
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    assert messages_kept(spoiled) == before
    assert claim(spoiled) == (["three"], [before[0].id])


def test_deleting_them_is_one_statement_more(spoiled: Database) -> None:
    """However many there are; without any, a claim is two."""
    for expected in (["WITH", "SELECT", "DELETE", "COMMIT"], ["WITH", "SELECT", "COMMIT"]):
        with counted() as statements:
            claim(spoiled)
        assert [one.split()[0] for one in statements] == expected
