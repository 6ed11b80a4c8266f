"""Messages that a channel needs several parts for: each is marked, and the next one is due at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.messages import Message
from storage import outbox
from storage.database import Database
from storage.records import ClaimedMessage
from tests.storage.lost import WAYS, held, returned
from tests.storage.samples import (
    CHAT,
    NOW,
    SECOND,
    TELEGRAM,
    chats,
    claimed,
    counted,
    lasting,
    message,
    messages_kept,
    one_turn,
    texts,
)


def go_on(database: Database, mine: list[ClaimedMessage], after: int = 0) -> set[int]:
    """One more part of each was sent, that many seconds after `NOW`."""
    with database.transaction() as tx:
        return outbox.went_on(tx, mine, NOW + after * SECOND)


def test_a_message_is_sent_part_by_part(database: Database) -> None:
    """Each is due at once, and the chat's later messages wait for the last; other chats do not wait."""
    chat, *others = chats(4)
    one_turn(database, chat, "one", "two")
    for part, other in enumerate(others):
        mine = claimed(database)
        assert [(one.part, *texts([one])) for one in mine] == [(part, "one")]
        one_turn(database, other, "other")
        assert texts(claimed(database)) == ["other"]
        assert go_on(database, mine) == {mine[0].outgoing.id}
        with database.reading() as tx:
            assert outbox.next_message_due(tx, TELEGRAM) == NOW
    with database.transaction() as tx:
        (last,) = outbox.claim_messages(tx, TELEGRAM, NOW, 1, SECOND)[0]
        assert (last.part, texts([last])) == (3, ["one"])
        assert outbox.delivered(tx, [last]) == {last.outgoing.id}
    assert [(one.part, *texts([one])) for one in claimed(database)] == [(0, "two")]


def test_the_next_part_is_not_due_before_the_one_before_it(database: Database) -> None:
    """It is due when that was sent, whatever was known when it was claimed."""
    one_turn(database, CHAT, "one")
    go_on(database, claimed(database), after=10)
    assert claimed(database, after=9) == []
    assert [one.part for one in claimed(database, after=10)] == [1]


def test_a_part_that_went_through_forgets_no_try(database: Database) -> None:
    """Neither does a failed try forget what was sent: each has its own count."""
    one_turn(database, CHAT, "one")
    seen = []
    for fails in (True, False, True, False):
        (mine,) = claimed(database)
        seen.append((mine.part, mine.attempts))
        with database.transaction() as tx:
            assert outbox.release(tx, mine, NOW) if fails else outbox.went_on(tx, [mine], NOW)
    (mine,) = claimed(database)
    assert [*seen, (mine.part, mine.attempts)] == [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]


def test_after_a_lost_worker_the_next_one_goes_on(database: Database) -> None:
    """What was marked is not sent again; the part that was on its way is."""
    one_turn(database, CHAT, "one")
    go_on(database, claimed(database))
    assert [one.part for one in claimed(database)] == [1]
    assert claimed(database, after=29) == []
    assert [one.part for one in claimed(database, after=30)] == [1]


@pytest.mark.parametrize("lose", WAYS)
@pytest.mark.parametrize("say", [message, lasting])
def test_who_has_lost_a_message_marks_no_part(
    database: Database,
    say: Callable[[str], Message],
    lose: Callable[[Database, ClaimedMessage], None],
) -> None:
    """Not a column of it changes, nor of any other; whose it is now goes on."""
    chat, other = chats(2)
    one_turn(database, chat, say("one"), say("two"))
    slow = claimed(database)
    lose(database, slow[0])
    one_turn(database, other, "three")
    before = messages_kept(database)
    assert go_on(database, slow) == set()
    assert messages_kept(database) == before
    ours = claimed(database, after=3600)
    assert go_on(database, slow + ours) == {one.outgoing.id for one in ours}
    parts = {row.id: row.part for row in messages_kept(database)}
    assert [parts[one.outgoing.id] for one in ours] == [one.part + 1 for one in ours]


def test_what_was_sent_of_a_lasting_message_is_remembered(database: Database) -> None:
    """Also while its owner is away; the part that was on its way then is sent again."""
    one_turn(database, CHAT, lasting("one"))
    go_on(database, claimed(database))
    (mine,) = claimed(database)
    returned(database, mine)
    assert [(one.part, one.attempts) for one in claimed(database)] == [(1, 0)]
    held(database, mine)
    assert [row.part for row in messages_kept(database)] == [1]


def test_marking_parts_is_one_statement(database: Database) -> None:
    """However many there are; where there is nothing to mark, none."""
    for address in chats(20):
        one_turn(database, address, "one")
    mine = claimed(database)
    with counted() as statements:
        assert len(go_on(database, mine)) == 20
        go_on(database, [])
        with database.transaction() as tx:
            outbox.delivered(tx, [])
    assert [one.split()[0] for one in statements] == ["UPDATE", "COMMIT", "COMMIT", "COMMIT"]
