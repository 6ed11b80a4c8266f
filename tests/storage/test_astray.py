from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from dialogs.conversation import Track
from dialogs.filing import State
from storage import astray, conversations, filings, holds, outbox, rulebooks, schema
from storage.database import Database
from storage.moments import micros
from tests.storage.samples import CHAT, LEASE, NOW, SECOND, TELEGRAM, chats, claimed, lasting, one_turn

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def brought_back(database: Database) -> int:
    """What is mended now."""
    with database.transaction() as tx:
        return astray.bring_back(tx, TELEGRAM, NOW)


def filings_due(database: Database) -> list[str]:
    """What a worker of filings gets now."""
    with database.transaction() as tx:
        return [one.reference for one in filings.claim_filings(tx, NOW, 10, LEASE)]


def test_a_filing_claimed_by_a_wrong_clock_is_due_again(database: Database) -> None:
    """It is looked up at once, instead of a year later."""
    one_turn(database, effects=(Track("ref", 1, State.CONFIRMED, NOW),))
    with database.transaction() as tx:
        assert filings.claim_filings(tx, NOW + YEAR, 10, LEASE)
    assert filings_due(database) == []
    assert brought_back(database) == 1
    assert filings_due(database) == ["ref"]


def test_a_filing_planned_by_a_wrong_clock_is_due_again(database: Database) -> None:
    """None is asked about only once in a year."""
    one_turn(database, effects=(Track("ref", 1, State.RECEIVED, NOW + YEAR),))
    assert (brought_back(database), filings_due(database)) == (1, ["ref"])


def test_what_is_leased_and_planned_by_a_right_clock_stays(database: Database) -> None:
    """Claimed now, due in a month, or never."""
    effects = (Track("a", 1, State.CONFIRMED, NOW), Track("b", 1, State.RECEIVED, NOW + 30 * DAY))
    one_turn(database, CHAT, "one", effects=effects)
    one_turn(database, chats(2)[1], lasting("two"))
    with database.transaction() as tx:
        holds.hold(tx, chats(2)[1])
    assert (filings_due(database), len(claimed(database))) == (["a"], 1)
    assert brought_back(database) == 0
    assert (filings_due(database), len(claimed(database))) == ([], 0)


def test_a_message_claimed_by_a_wrong_clock_is_due_again(database: Database) -> None:
    """Else all that is said later would wait behind it for a year."""
    one_turn(database, CHAT, "one")
    with database.transaction() as tx:
        assert outbox.claim_messages(tx, TELEGRAM, NOW + YEAR, 10, LEASE)[0]
    assert claimed(database) == []
    assert brought_back(database) == 1
    assert len(claimed(database)) == 1


def test_the_newest_moment(database: Database) -> None:
    """Of the last update, or of the newest version of the program; none in a new database."""
    with database.transaction() as tx:
        assert astray.newest(tx) is None
        rulebooks.keep(tx, "one", {}, NOW)
        assert astray.newest(tx) == NOW
        conversations.fresh_updates(tx, [("telegram", "1")], NOW + SECOND)
        assert astray.newest(tx) == NOW + SECOND
        tx.connection.execute(update(schema.rulebooks).values(kept_at=micros(NOW + YEAR)))
        assert astray.newest(tx) == NOW + YEAR
