"""How a worker loses a message that it has claimed, before it says what became of it."""

from __future__ import annotations

from storage import holds, outbox
from storage.database import Database
from storage.records import ClaimedMessage
from tests.storage.samples import NOW, SECOND, claimed


def lease_over(database: Database, mine: ClaimedMessage) -> None:
    """Another worker has it now."""
    assert claimed(database, after=30) != [mine]


def given_back(database: Database, mine: ClaimedMessage) -> None:
    """It is to be tried again."""
    with database.transaction() as tx:
        assert outbox.release(tx, mine, NOW + SECOND)


def gone_on(database: Database, mine: ClaimedMessage) -> None:
    """A part of it was marked as sent already."""
    with database.transaction() as tx:
        assert outbox.went_on(tx, [mine], NOW)


def held(database: Database, mine: ClaimedMessage) -> None:
    """Its owner has blocked the bot."""
    with database.transaction() as tx:
        holds.hold(tx, mine.address)


def returned(database: Database, mine: ClaimedMessage) -> None:
    """Its owner has blocked the bot, and is back."""
    held(database, mine)
    with database.transaction() as tx:
        holds.resume(tx, mine.address, NOW)


def dropped(database: Database, mine: ClaimedMessage) -> None:
    """It was deleted, by whoever could not read it."""
    with database.transaction() as tx:
        outbox.sent(tx, [mine.outgoing.id])


WAYS = [lease_over, given_back, gone_on, held, returned, dropped]
