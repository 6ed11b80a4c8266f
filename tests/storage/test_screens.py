from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from dialogs.messages import Message
from storage import holds, outbox, schema
from storage.database import Database
from storage.records import ClaimedMessage, Screen
from tests.storage.lost import WAYS
from tests.storage.samples import CHAT, NOW, chats, claimed, counted, lasting, message, one_turn

FIRST = Screen("71", 1, buttons=True)
LATER = Screen("72", 2, buttons=False)

Mark = Callable[..., set[int]]
"""What a worker says of messages: that they are sent, or one more part of each."""
GO_ON: Mark = partial(outbox.went_on, now=NOW)


def deliver(
    database: Database, sent: list[ClaimedMessage], *shown: Screen, mark: Mark = outbox.delivered
) -> set[int]:
    """All of `sent` are delivered, and those that come first have changed what their chats show."""
    screens = {one.outgoing.id: new for one, new in zip(sent, shown, strict=False)}
    with database.transaction() as tx:
        return mark(tx, sent, shown=screens)


def screen(database: Database) -> Screen | None:
    """What the chat's next message finds there; one is said for this."""
    one_turn(database, CHAT, "and now?")
    return claimed(database, after=3600)[0].screen


def test_a_message_comes_with_what_its_chat_shows(database: Database) -> None:
    """Nothing, before anything was shown; then what was shown last in this chat, not in another."""
    chat, other = chats(2)
    one_turn(database, chat, "one", "two", "three")
    one_turn(database, other, "four", "five")
    for ours, others in [(None, None), (FIRST, LATER)]:
        sent = claimed(database)
        assert [one.screen for one in sent] == [ours, others]
        deliver(database, sent, FIRST, LATER)
    (last,) = claimed(database)
    assert last.screen == FIRST
    deliver(database, [last], LATER)
    assert screen(database) == LATER


def test_a_message_without_a_question_leaves_the_screen(database: Database) -> None:
    """The question that is shown is still the live one."""
    one_turn(database, CHAT, "one", "two")
    deliver(database, claimed(database), FIRST)
    deliver(database, claimed(database))
    assert screen(database) == FIRST


@pytest.mark.parametrize("mark", [outbox.delivered, GO_ON])
@pytest.mark.parametrize("lose", WAYS)
@pytest.mark.parametrize("say", [message, lasting])
def test_who_has_lost_a_message_changes_no_screen(
    database: Database,
    say: Callable[[str], Message],
    lose: Callable[[Database, ClaimedMessage], None],
    mark: Mark,
) -> None:
    """What the new owner shows is not overwritten by what the slow one did."""
    one_turn(database, CHAT, say("one"), say("two"))
    deliver(database, claimed(database), FIRST)
    slow = claimed(database)
    lose(database, slow[0])
    assert deliver(database, slow, LATER, mark=mark) == set()
    with database.transaction() as tx:
        holds.resume(tx, CHAT, NOW)
    assert screen(database) == FIRST


def test_a_part_may_change_the_screen(database: Database) -> None:
    """The next part comes with what the chat shows since; a part without a question leaves it."""
    one_turn(database, CHAT, "one")
    before = None
    for shown in ([FIRST], [LATER], []):
        sent = claimed(database)
        assert sent[0].screen == before
        assert deliver(database, sent, *shown, mark=GO_ON) == {sent[0].outgoing.id}
        before = shown[0] if shown else before
    assert [(one.part, one.screen) for one in claimed(database)] == [(3, LATER)]


def test_a_screen_counts_for_its_own_message_only(database: Database) -> None:
    """One that is named for a message that was not delivered here is not written."""
    one_turn(database, CHAT, "one")
    (mine,) = claimed(database)
    with database.transaction() as tx:
        assert outbox.delivered(tx, [], {mine.outgoing.id: LATER}) == set()
        assert outbox.went_on(tx, [], NOW, {mine.outgoing.id: LATER}) == set()
        outbox.delivered(tx, [mine], {mine.outgoing.id + 1: LATER})
    assert screen(database) is None


def test_screens_are_read_and_written_many_at_once(database: Database) -> None:
    """Written in one statement, the first and the later ones; read in none of their own."""
    for address in chats(20):
        one_turn(database, address, "one", "two")
    with counted() as statements:
        for shown in (FIRST, LATER):
            deliver(database, claimed(database), *[shown] * 20)
    once = ["WITH", "SELECT", "COMMIT", "DELETE", "INSERT", "COMMIT"]
    assert [one.split()[0] for one in statements] == once * 2
    for address in chats(20):
        one_turn(database, address, "part")
    with counted() as statements:
        deliver(database, claimed(database), *[LATER] * 20, mark=GO_ON)
        deliver(database, claimed(database), *[LATER] * 20)
    assert [one.split()[0] for one in statements[:6]] == [*once[:3], "UPDATE", *once[4:]]
    assert [one.split()[0] for one in statements[6:]] == once
    for address in chats(20):
        one_turn(database, address, "three")
    assert [one.screen for one in claimed(database)] == [LATER] * 20


def test_a_screen_goes_with_its_conversation(database: Database) -> None:
    """Nothing stays of a chat that is deleted."""
    one_turn(database, CHAT, "one")
    deliver(database, claimed(database), FIRST)
    with database.transaction() as tx:
        assert tx.connection.execute(select(schema.screens)).all()
        tx.connection.execute(schema.conversations.delete())
        assert tx.connection.execute(select(schema.screens)).all() == []
