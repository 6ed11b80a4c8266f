from __future__ import annotations

from datetime import datetime

import pytest

from dialogs.messages import Message
from storage import conversations, holds, outbox
from storage.database import Database
from storage.moments import NEVER
from storage.records import Address, ClaimedMessage
from tests.storage.samples import (
    CHAT,
    NOW,
    SECOND,
    TELEGRAM,
    chats,
    claimed,
    counted,
    lasting,
    loaded_from,
    messages_kept,
    one_turn,
    settled,
    texts,
)

LATER = NOW + 60 * SECOND
"""When owners come back."""


def hold(database: Database, address: Address = CHAT) -> None:
    """The owner blocks the bot."""
    with database.transaction() as tx:
        holds.hold(tx, address)


def resume(database: Database, address: Address = CHAT) -> int:
    """The owner comes back."""
    with database.transaction() as tx:
        return holds.resume(tx, address, LATER)


def sent(database: Database, after: int = 0) -> list[object]:
    """All that a worker sends that many seconds after `NOW`, until nothing is due."""
    said: list[object] = []
    while mine := claimed(database, after=after):
        said += texts(mine)
        with database.transaction() as tx:
            assert len(outbox.delivered(tx, mine)) == len(mine)
    return said


def due(database: Database) -> datetime | None:
    """When the sender has something to do."""
    with database.reading() as tx:
        return outbox.next_message_due(tx, TELEGRAM)


def test_nothing_of_a_held_chat_is_claimed(database: Database) -> None:
    """Neither what waits nor what is said later; other chats go on, also those of the same name elsewhere."""
    chat, other = chats(2)
    namesake = Address("wechat", chat.chat)
    one_turn(database, chat, "one", lasting("two"))
    hold(database, chat)
    one_turn(database, chat, "three", lasting("four"))
    assert due(database) is None
    one_turn(database, other, "five")
    one_turn(database, namesake, "six")
    assert due(database) == NOW
    assert texts(claimed(database, after=3600, channels=["telegram", "wechat"])) == ["five", "six"]
    assert loaded_from(database, chat).conversation.turn == 2


def test_only_what_lasts_is_kept_of_a_held_chat(database: Database) -> None:
    """Of what waited and of what its turns say meanwhile; another chat loses nothing."""
    chat, other = chats(2)
    for address in (chat, other):
        one_turn(database, address, "one", lasting("two"), "three")
    hold(database, chat)
    for _ in range(2):
        one_turn(database, chat, lasting("four"), "five")
    kept = [(row.turn, row.position, row.lasting, row.due_at == NEVER) for row in messages_kept(database)]
    waiting = [(1, place, int(place == 1), False) for place in range(3)]
    assert sorted(kept) == sorted([(1, 1, 1, True), (2, 0, 1, True), (3, 0, 1, True), *waiting])


def test_who_comes_back_is_told_what_lasts_and_then_what_is_said_since(database: Database) -> None:
    """In the order in which it was said, at once, and nothing else of what was said meanwhile."""
    chat, other = chats(2)
    for address in (chat, other):
        one_turn(database, address, "one", lasting("receipt"), "two")
        hold(database, address)
        one_turn(database, address, "three")
        one_turn(database, address, lasting("correction"), "four", lasting("another receipt"))
    assert resume(database, chat) == 3
    assert due(database) == LATER
    one_turn(database, chat, "welcome", lasting("back"), now=LATER)
    assert sent(database, after=59) == []
    results = ["receipt", "correction", "another receipt"]
    assert sent(database, after=60) == [*results, "welcome", "back"]
    assert resume(database, other) == 3
    assert sent(database, after=60) == results


def test_results_come_before_the_turn_that_brings_the_owner_back(database: Database) -> None:
    """Both are one unit of work; the turn's own messages are due as always."""
    one_turn(database)
    hold(database)
    one_turn(database, CHAT, lasting("receipt"))
    with database.transaction() as tx:
        holds.resume(tx, CHAT, NOW)
        turn = settled(conversations.load(tx, [CHAT])[CHAT], "welcome")
        conversations.save(tx, [turn], NOW)
    assert sent(database) == ["receipt", "welcome"]


def test_a_chat_with_nothing_to_say_is_held_too(database: Database) -> None:
    """Its next message would be a reminder or a receipt."""
    one_turn(database)
    hold(database)
    one_turn(database, CHAT, "one")
    assert messages_kept(database) == []
    assert claimed(database, after=3600) == []
    assert resume(database) == 0
    one_turn(database, CHAT, "two")
    assert sent(database) == ["two"]


def test_who_is_held_is_known_with_the_conversation(database: Database) -> None:
    """To who reads it and to who takes a turn; until the owner is back, and only of this chat."""
    chat, other = chats(2)
    for address in (chat, other):
        one_turn(database, address)
    for expected, change in ((False, hold), (True, resume), (False, None)):
        with database.reading() as tx:
            seen = conversations.load(tx, [chat, other, Address("web", "new")])
        assert [one.held for one in seen.values()] == [expected, False, False]
        assert loaded_from(database, chat).held is expected
        if change:
            change(database, chat)
            one_turn(database, chat)


@pytest.mark.parametrize("said", ["one", lasting("one")])
def test_a_claimed_message_of_a_held_chat_is_nobodys(database: Database, said: str | Message) -> None:
    """Its worker can neither mark it nor give it back, and nobody else gets it when the lease is over."""
    one_turn(database, CHAT, said, "two")
    (mine,) = claimed(database)
    hold(database)
    not_marked(database, mine)
    assert claimed(database, after=3600) == []
    kept = [] if said == "one" else ["one"]
    assert resume(database) == len(kept)
    not_marked(database, mine)
    assert sent(database, after=60) == kept


def not_marked(database: Database, mine: ClaimedMessage) -> None:
    """Whatever its worker says of it counts for nothing."""
    before = messages_kept(database)
    with database.transaction() as tx:
        assert outbox.delivered(tx, [mine]) == set()
        assert outbox.went_on(tx, [mine], NOW) == set()
        assert not outbox.release(tx, mine, NOW)
    assert messages_kept(database) == before


def test_a_message_that_was_sent_before_the_hold_does_not_wait(database: Database) -> None:
    """It was marked in time, so it is not said again."""
    one_turn(database, CHAT, lasting("one"), lasting("two"))
    mine = claimed(database)
    with database.transaction() as tx:
        outbox.delivered(tx, mine)
        holds.hold(tx, CHAT)
    assert resume(database) == 1
    assert sent(database, after=60) == ["two"]


def test_holding_twice_is_holding_once(database: Database) -> None:
    """Telegram says it by an update and by a 403; one return ends it, and what lasts is told once."""
    one_turn(database, CHAT, "one", lasting("two"))
    hold(database)
    one_turn(database, CHAT, lasting("three"), "four")
    hold(database)
    assert claimed(database, after=3600) == []
    assert resume(database) == 2
    one_turn(database, CHAT, "five", now=LATER)
    assert sent(database, after=60) == ["two", "three", "five"]


def test_who_goes_away_again_is_told_what_is_left(database: Database) -> None:
    """What lasts outlives any number of holds until it is sent."""
    one_turn(database, CHAT, lasting("one"), "two", lasting("three"))
    for _ in range(3):
        hold(database)
        assert resume(database) == 2
    with database.transaction() as tx:
        outbox.delivered(tx, outbox.claim_messages(tx, TELEGRAM, LATER, 1, SECOND)[0])
    hold(database)
    assert resume(database) == 1
    assert sent(database, after=60) == ["three"]


def test_who_was_not_away_loses_nothing(database: Database) -> None:
    """Coming back without having been held changes no message, also the second time."""
    one_turn(database, CHAT, "one", lasting("two"))
    assert texts(claimed(database)) == ["one"]
    before = messages_kept(database)
    assert resume(database) == 0
    assert messages_kept(database) == before
    hold(database)
    assert resume(database) == 1
    one_turn(database, CHAT, "three")
    before = messages_kept(database)
    assert resume(database) == 0
    assert messages_kept(database) == before
    assert sent(database, after=60) == ["two", "three"]


def test_a_chat_that_is_not_known_is_not_held(database: Database) -> None:
    """There is nothing to hold, and its first turn is answered."""
    hold(database)
    assert resume(database) == 0
    one_turn(database, CHAT, "one")
    assert texts(claimed(database)) == ["one"]


def test_a_turn_of_a_held_chat_costs_no_more_than_any(database: Database) -> None:
    """Nor does one of a chat that is not: whether it is held is read with it."""
    costs = []
    for change in (None, hold, resume):
        one_turn(database)
        if change:
            change(database)
        with counted() as statements:
            one_turn(database, CHAT, "one", lasting("two"))
        costs.append([one.split()[0] for one in statements])
    assert costs == [["SELECT", "INSERT", "INSERT", "COMMIT"]] * 3
