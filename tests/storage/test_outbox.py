from __future__ import annotations

from datetime import datetime

from storage import outbox
from storage.database import Database
from storage.records import Address
from tests.storage.samples import (
    CHAT,
    LEASE,
    NOW,
    SECOND,
    chats,
    claimed,
    counted,
    message,
    one_turn,
    texts,
)


def due(database: Database, *channels: str) -> datetime | None:
    """When the sender for `channels` has something to do."""
    with database.reading() as tx:
        return outbox.next_message_due(tx, channels)


def test_a_stream_reads_its_chat_in_order(database: Database) -> None:
    """All of it, or what came after a message it knows; and nothing of other chats."""
    one_turn(database, CHAT, "one", "two")
    one_turn(database, Address("web", CHAT.chat), "other")
    one_turn(database, CHAT, "three")
    with database.reading() as tx:
        everything = outbox.waiting(tx, CHAT)
        rest = outbox.waiting(tx, CHAT, after=everything[1].id)
        assert outbox.waiting(tx, Address("web", "nobody")) == []
    assert [one.message for one in everything] == [message("one"), message("two"), message("three")]
    assert [(one.turn, one.language) for one in everything] == [(1, "en"), (1, "en"), (2, "en")]
    assert rest == everything[2:]


def test_what_was_shown_is_gone_and_its_number_is_not_used_again(database: Database) -> None:
    """A stream that asks for what came after a message misses nothing."""
    one_turn(database, CHAT, "one", "two")
    with database.transaction() as tx:
        shown = outbox.waiting(tx, CHAT)
        outbox.sent(tx, [one.id for one in shown])
        assert outbox.waiting(tx, CHAT) == []
    one_turn(database, CHAT, "three")
    with database.reading() as tx:
        assert [one.message for one in outbox.waiting(tx, CHAT, after=shown[-1].id)] == [message("three")]


def test_only_the_oldest_message_of_a_chat_is_claimed(database: Database) -> None:
    """The next one becomes due when it was sent, not before; so order is kept."""
    chat, other = chats(2)
    one_turn(database, chat, "one", "two")
    one_turn(database, other, "three")
    first = claimed(database)
    assert texts(first) == ["one", "three"]
    assert [one.address for one in first] == [chat, other]
    assert claimed(database) == []
    with database.transaction() as tx:
        assert outbox.delivered(tx, first) == {one.outgoing.id for one in first}
    assert texts(claimed(database)) == ["two"]


def test_only_the_asked_channels_are_claimed(database: Database) -> None:
    """Web and console messages wait for their stream."""
    for channel in ("telegram", "web", "wechat"):
        one_turn(database, Address(channel, "1"), channel)
    assert texts(claimed(database, channels=["telegram", "wechat"])) == ["telegram", "wechat"]
    assert claimed(database, after=3600, channels=[]) == []


def test_no_more_are_claimed_than_asked_for(database: Database) -> None:
    """The longest due come first; the rest is left to others."""
    addresses = chats(5)
    for number, address in enumerate(reversed(addresses)):
        one_turn(database, address, address.chat, now=NOW + number * SECOND)
    got = [claimed(database, after=9, limit=2) for _ in range(4)]
    assert [set(texts(one)) for one in got] == [
        {addresses[4].chat, addresses[3].chat},
        {addresses[2].chat, addresses[1].chat},
        {addresses[0].chat},
        set(),
    ]


def test_a_message_given_back_is_tried_again_when_due(database: Database) -> None:
    """It counts its tries, and keeps the chat's later messages waiting."""
    one_turn(database, CHAT, "one", "two")
    for attempts in range(3):
        (mine,) = claimed(database, after=attempts * 10)
        assert (mine.attempts, texts([mine])) == (attempts, ["one"])
        with database.transaction() as tx:
            assert outbox.release(tx, mine, NOW + (attempts + 1) * 10 * SECOND)
            assert not outbox.release(tx, mine, NOW)
            assert outbox.delivered(tx, [mine]) == set()
        assert claimed(database, after=attempts * 10 + 9) == []


def test_after_its_lease_a_message_has_a_new_owner(database: Database) -> None:
    """What the slow worker says then counts for nothing; the new one's word does."""
    one_turn(database, CHAT, "one")
    slow = claimed(database)
    assert claimed(database, after=29) == []
    quick = claimed(database, after=30)
    assert texts(quick) == texts(slow)
    assert quick[0].fence > slow[0].fence
    with database.transaction() as tx:
        assert outbox.delivered(tx, slow) == set()
        assert not outbox.release(tx, slow[0], NOW)
    assert claimed(database, after=31) == []
    with database.transaction() as tx:
        assert outbox.delivered(tx, quick) == {quick[0].outgoing.id}
    assert claimed(database, after=3600) == []


def test_the_sender_knows_when_to_look_again(database: Database) -> None:
    """When the first message of a chat is due or its lease ends; not for those that wait behind it."""
    chat, other = chats(2)
    one_turn(database, chat, "one", "two")
    one_turn(database, other, "three", now=NOW + 5 * SECOND)
    one_turn(database, Address("wechat", "1"), "four", now=NOW - SECOND)
    assert due(database) is None
    assert due(database, "web") is None
    assert due(database, "telegram") == NOW
    assert due(database, "telegram", "web", "wechat") == NOW - SECOND
    (first,) = claimed(database)
    assert due(database, "telegram") == NOW + 5 * SECOND
    claimed(database, after=5)
    assert due(database, "telegram") == NOW + LEASE
    with database.transaction() as tx:
        outbox.release(tx, first, NOW + 7 * SECOND)
    assert due(database, "telegram") == NOW + 7 * SECOND


def test_claiming_and_marking_are_three_statements(database: Database) -> None:
    """However many messages there are."""
    for address in chats(20):
        one_turn(database, address, "one")
    with counted() as statements:
        mine = claimed(database)
        with database.transaction() as tx:
            outbox.delivered(tx, mine)
    assert len(mine) == 20
    assert [one.split()[0] for one in statements] == ["WITH", "SELECT", "COMMIT", "DELETE", "COMMIT"]
