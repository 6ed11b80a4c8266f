from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from dialogs.conversation import Conversation, Track
from dialogs.filing import State
from storage import conversations, outbox, schema
from storage.conversations import UPDATES_KEPT
from storage.database import Database, Transaction
from storage.records import Address, Loaded, Unreadable
from tests.storage.samples import CHAT, NOW, SECOND, chats, counted, loaded_from, one_turn, settled


def test_a_chat_not_known_is_an_empty_conversation(database: Database) -> None:
    """Looking at it leaves nothing behind."""
    with database.transaction() as tx:
        assert conversations.load(tx, [CHAT])[CHAT].conversation == Conversation()
    with database.reading() as tx:
        assert tx.connection.execute(select(schema.conversations)).all() == []


def test_a_conversation_is_what_it_was_left_at(database: Database) -> None:
    """Every answer comes back, under the same id."""
    with database.transaction() as tx:
        new = conversations.load(tx, [CHAT])[CHAT]
        turn = settled(new, answers=[("platform", "weibo"), ("name", "李华 \U0002070e·")])
        conversations.save(tx, [turn], NOW)
    with database.reading() as tx:
        again = conversations.load(tx, [CHAT])[CHAT]
    assert again.conversation == turn.turn.conversation
    assert (again.id, again.address) == (new.id, CHAT)


def test_chats_are_told_apart_by_channel_and_id(database: Database) -> None:
    """One batch may hold chats that are known, new, and alike but for the channel."""
    one_turn(database, CHAT)
    others = [Address("web", CHAT.chat), Address("telegram", "10010")]
    with database.transaction() as tx:
        loaded = conversations.load(tx, [CHAT, *others])
        assert [loaded[address].conversation.turn for address in (CHAT, *others)] == [1, 0, 0]
        conversations.save(tx, [settled(one) for one in loaded.values()], NOW)
    assert [loaded_from(database, address).conversation.turn for address in (CHAT, *others)] == [2, 1, 1]


def test_several_turns_of_a_chat_in_one_batch(database: Database) -> None:
    """The last state stays; everything said is kept, in order."""
    with database.transaction() as tx:
        first = settled(conversations.load(tx, [CHAT])[CHAT], "one", "two")
        second = settled(Loaded(CHAT, first.loaded.id, first.loaded.key, first.turn.conversation), "three")
        conversations.save(tx, [first, second], NOW)
    with database.reading() as tx:
        shown = [(one.turn, *one.message.lines) for one in outbox.waiting(tx, CHAT)]
    assert shown == [(1, "one"), (1, "two"), (2, "three")]
    assert loaded_from(database).conversation.turn == 2


def batch(tx: Transaction, addresses: list[Address], updates: list[tuple[str, str]]) -> None:
    """One batch, as the runner does it."""
    assert conversations.fresh_updates(tx, updates, NOW)
    loaded = conversations.load(tx, addresses)
    conversations.save(tx, [settled(one, "hello", "there") for one in loaded.values()], NOW)


@pytest.mark.parametrize("count", [1, 64, 1000])
def test_a_batch_is_four_statements_and_one_commit(database: Database, count: int) -> None:
    """However many chats wait, new or known."""
    for round_number in range(2):
        updates = [("telegram", f"{round_number}.{number}") for number in range(count)]
        with counted() as statements, database.transaction() as tx:
            batch(tx, chats(count), updates)
        assert [one.split()[0] for one in statements] == ["INSERT", "SELECT", "INSERT", "INSERT", "COMMIT"]
    with database.reading() as tx:
        assert len(tx.connection.execute(select(schema.messages.c.id)).all()) == 2 * 2 * count


def test_an_update_is_fresh_once(database: Database) -> None:
    """Also within one call, and each channel's ids are its own."""
    with database.transaction() as tx:
        first = conversations.fresh_updates(tx, [("telegram", "7"), ("telegram", "7"), ("web", "7")], NOW)
    with database.transaction() as tx:
        second = conversations.fresh_updates(tx, [("telegram", "6"), ("telegram", "7")], NOW)
        assert conversations.fresh_updates(tx, [], NOW) == set()
    assert first == {("telegram", "7"), ("web", "7")}
    assert second == {("telegram", "6")}


def test_an_update_is_fresh_again_if_its_batch_was_undone(database: Database) -> None:
    """What was not committed did not happen."""
    with suppress(LookupError), database.transaction() as tx:
        batch(tx, [CHAT], [("telegram", "7")])
        raise LookupError
    with database.transaction() as tx:
        assert conversations.fresh_updates(tx, [("telegram", "7")], NOW) == {("telegram", "7")}
        assert conversations.load(tx, [CHAT])[CHAT].conversation == Conversation()


def test_updates_are_forgotten_after_two_days(database: Database) -> None:
    """Not before, and not more at once than was asked for."""
    old = [("telegram", str(number)) for number in range(5)]
    with database.transaction() as tx:
        conversations.fresh_updates(tx, old, NOW)
        conversations.fresh_updates(tx, [("telegram", "young")], NOW + SECOND)
    later = NOW + UPDATES_KEPT
    with database.transaction() as tx:
        assert conversations.forget_updates(tx, later, limit=10) == 0
        forgotten = [conversations.forget_updates(tx, later + SECOND, limit=3) for _ in range(3)]
        assert forgotten == [3, 2, 0]
        assert conversations.fresh_updates(tx, [("telegram", "young")], later) == set()


def test_what_is_overdue_for_erasure(database: Database) -> None:
    """The longest overdue first; a chat with nothing to erase never."""
    times = [NOW + SECOND, None, NOW, NOW + 2 * SECOND]
    addresses = chats(len(times))
    for address, erase_at in zip(addresses, times, strict=True):
        one_turn(database, address, erase_at=erase_at)
    with database.transaction() as tx:
        assert conversations.due_for_erasure(tx, NOW - timedelta(microseconds=1), 10) == []
        assert conversations.due_for_erasure(tx, NOW + SECOND, 10) == [addresses[2], addresses[0]]
        assert conversations.due_for_erasure(tx, NOW + 9 * SECOND, 2) == [addresses[2], addresses[0]]
    one_turn(database, addresses[2], erase_at=None)
    with database.reading() as tx:
        assert conversations.due_for_erasure(tx, NOW + SECOND, 10) == [addresses[0]]


def swap(connection: Connection, column: str, one: str, other: str) -> None:
    """Exchange what two conversations' rows hold."""
    table = schema.conversations
    ids = select(table.c.id, table.c[column]).where(table.c.id.in_([one, other]))
    first, second = connection.execute(ids).all()
    connection.execute(update(table).where(table.c.id == first[0]).values({column: second[1]}))
    connection.execute(update(table).where(table.c.id == second[0]).values({column: first[1]}))


@pytest.mark.parametrize("columns", [("state",), ("key",), ("state", "key")])
def test_a_row_is_not_read_as_another(database: Database, columns: tuple[str, ...]) -> None:
    """What was sealed for one chat does not open for another; the error names the row, the rest goes on."""
    chat, other, third = chats(3)
    for address in (chat, other, third):
        one_turn(database, address)
    ids = {address: loaded_from(database, address).id for address in (chat, other, third)}
    with database.transaction() as tx:
        for column in columns:
            swap(tx.connection, column, ids[chat], ids[other])
    with pytest.raises(Unreadable) as caught, database.transaction() as tx:
        conversations.load(tx, [chat, third])
    assert str(caught.value) == f"conversations row {ids[chat]} cannot be read"
    assert caught.value.address == chat
    assert loaded_from(database, third).conversation.turn == 1
    with database.transaction() as tx:
        for column in columns:
            swap(tx.connection, column, ids[chat], ids[other])
    assert loaded_from(database, chat).conversation.turn == 1


def test_a_state_of_a_newer_version_is_not_guessed_at(database: Database) -> None:
    """What an older version does not know, it does not drop."""
    one_turn(database)
    loaded = loaded_from(database)
    state = loaded.key.key.seal(b'{"_":"Telepathy"}', "conversations", "state", loaded.id, loaded.id)
    with database.transaction() as tx:
        tx.connection.execute(update(schema.conversations).values(state=state))
    with pytest.raises(Unreadable):
        loaded_from(database)


def test_ids_are_not_derived_from_chats(database: Database) -> None:
    """A row's id tells nothing, and the same chat in another database has another one."""
    with database.transaction() as tx:
        ids = {conversations.load(tx, [CHAT])[CHAT].id for _ in range(3)}
    assert len(ids) == 3
    assert {len(one) for one in ids} == {len(secrets.token_urlsafe(16))}


def test_the_effects_of_a_turn_are_written_with_it(database: Database) -> None:
    """A batch with effects is one statement more."""
    with counted() as statements, database.transaction() as tx:
        loaded = conversations.load(tx, chats(20))
        turns = [
            settled(one, effects=(Track(f"ref-{address.chat}", 1, State.CONFIRMED, NOW),))
            for address, one in loaded.items()
        ]
        conversations.save(tx, turns, NOW)
    assert [one.split()[0] for one in statements] == ["SELECT", "INSERT", "INSERT", "COMMIT"]
    with database.reading() as tx:
        assert len(tx.connection.execute(select(schema.filings)).all()) == 20
