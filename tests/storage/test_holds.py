from __future__ import annotations

from datetime import datetime

from storage import holds, outbox
from storage.database import Database
from storage.records import Address
from tests.storage.samples import CHAT, NOW, TELEGRAM, chats, claimed, loaded_from, one_turn, texts


def hold(database: Database, address: Address = CHAT) -> None:
    """The owner blocks the bot."""
    with database.transaction() as tx:
        holds.hold(tx, address)


def resume(database: Database, address: Address = CHAT) -> int:
    """The owner comes back."""
    with database.transaction() as tx:
        return holds.resume(tx, address)


def due(database: Database) -> datetime | None:
    """When the sender has something to do."""
    with database.reading() as tx:
        return outbox.next_message_due(tx, TELEGRAM)


def test_nothing_of_a_held_chat_is_claimed(database: Database) -> None:
    """Neither what waits nor what is said later; other chats go on, also those of the same name elsewhere."""
    chat, other = chats(2)
    namesake = Address("wechat", chat.chat)
    one_turn(database, chat, "one", "two")
    hold(database, chat)
    one_turn(database, chat, "three")
    assert due(database) is None
    one_turn(database, other, "four")
    one_turn(database, namesake, "five")
    assert due(database) == NOW
    assert texts(claimed(database, after=3600, channels=["telegram", "wechat"])) == ["four", "five"]
    assert loaded_from(database, chat).conversation.turn == 2


def test_who_comes_back_gets_no_burst(database: Database) -> None:
    """What waited is gone and counted; what is said from then on is sent, in order."""
    chat, other = chats(2)
    for address in (chat, other):
        one_turn(database, address, "one", "two")
        hold(database, address)
        one_turn(database, address, "three")
    assert resume(database, chat) == 3
    assert due(database) is None
    one_turn(database, chat, "welcome", "back")
    for expected in ("welcome", "back"):
        sent = claimed(database)
        assert texts(sent) == [expected]
        with database.transaction() as tx:
            outbox.delivered(tx, sent)
    assert resume(database, other) == 3


def test_a_chat_with_nothing_to_say_is_held_too(database: Database) -> None:
    """Its next message would be a reminder or a receipt."""
    one_turn(database)
    hold(database)
    one_turn(database, CHAT, "one")
    assert claimed(database, after=3600) == []
    assert resume(database) == 1


def test_a_claimed_message_of_a_held_chat_is_nobodys(database: Database) -> None:
    """Its worker can neither mark it nor give it back, and nobody else gets it when the lease is over."""
    one_turn(database, CHAT, "one", "two")
    (mine,) = claimed(database)
    hold(database)
    with database.transaction() as tx:
        assert outbox.delivered(tx, [mine]) == set()
        assert not outbox.release(tx, mine, NOW)
    assert claimed(database, after=3600) == []
    assert resume(database) == 2
    with database.transaction() as tx:
        assert outbox.delivered(tx, [mine]) == set()
        assert not outbox.release(tx, mine, NOW)
    assert claimed(database, after=3600) == []


def test_a_message_that_was_sent_before_the_hold_does_not_wait(database: Database) -> None:
    """It was marked in time, so it is not counted."""
    one_turn(database, CHAT, "one", "two")
    mine = claimed(database)
    with database.transaction() as tx:
        outbox.delivered(tx, mine)
        holds.hold(tx, CHAT)
    assert resume(database) == 1


def test_holding_twice_is_holding_once(database: Database) -> None:
    """Telegram says it by an update and by a 403; one return ends it."""
    one_turn(database, CHAT, "one")
    hold(database)
    hold(database)
    assert resume(database) == 1
    one_turn(database, CHAT, "two")
    assert texts(claimed(database)) == ["two"]


def test_who_was_not_away_loses_nothing(database: Database) -> None:
    """Coming back without having been held deletes no message, also the second time."""
    one_turn(database, CHAT, "one")
    assert resume(database) == 0
    hold(database)
    resume(database)
    one_turn(database, CHAT, "two")
    assert resume(database) == 0
    assert texts(claimed(database)) == ["two"]


def test_a_chat_that_is_not_known_is_not_held(database: Database) -> None:
    """There is nothing to hold, and its first turn is answered."""
    hold(database)
    assert resume(database) == 0
    one_turn(database, CHAT, "one")
    assert texts(claimed(database)) == ["one"]
