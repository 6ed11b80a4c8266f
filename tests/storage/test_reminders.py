from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select

from dialogs.conversation import Remind
from storage import reminders, schema
from storage.database import Database
from storage.moments import NEVER, micros
from storage.records import Address, ClaimedReminder
from tests.storage import due
from tests.storage.samples import CHAT, LEASE, NOW, SECOND, TELEGRAM, chats, one_turn

ALL = 1000
YEAR = timedelta(days=365)


def remind(
    database: Database,
    id_: str = "one",
    due_at: datetime | None = NOW,
    *,
    over: bool = False,
    at: Address = CHAT,
) -> None:
    """A turn that says when a reminder is due."""
    one_turn(database, at, effects=(Remind(id_, due_at, over),))


def claimed(database: Database, now: datetime = NOW, limit: int = ALL) -> list[ClaimedReminder]:
    """What a worker gets."""
    with database.transaction() as tx:
        return reminders.claim_reminders(tx, TELEGRAM, now, limit, LEASE)


def ours(database: Database, mine: list[ClaimedReminder]) -> set[str]:
    """Those that are still the worker's."""
    with database.transaction() as tx:
        return {one.id for one in reminders.still_ours(tx, mine)}


def next_due(database: Database, now: datetime = NOW) -> datetime | None:
    """When a worker is to look again."""
    with database.reading() as tx:
        return reminders.next_reminder_due(tx, TELEGRAM, now)


def rows(database: Database) -> dict[str, int]:
    """When each is due, as it is written."""
    with database.reading() as tx:
        found = tx.connection.execute(select(schema.reminders.c.id, schema.reminders.c.due_at))
        return {row.id: row.due_at for row in found}


def test_a_reminder_is_claimed_when_it_is_due(database: Database) -> None:
    """Not before; once for each lease; the longest due first, and no more than asked for."""
    for number, address in enumerate(chats(4)):
        remind(database, f"r{number}", NOW - number * SECOND, at=address)
    remind(database, "later", NOW + SECOND)
    assert [one.id for one in claimed(database, limit=3)] == ["r3", "r2", "r1"]
    (last,) = claimed(database)
    assert last == ClaimedReminder("r0", CHAT, NOW, 1)
    assert claimed(database) == []
    assert next_due(database) == NOW + SECOND


def test_a_lease_ends(database: Database) -> None:
    """Then another worker has it, and the first one's claim is none."""
    remind(database)
    first = claimed(database)
    assert claimed(database, NOW + LEASE - SECOND) == []
    second = claimed(database, NOW + LEASE)
    assert (ours(database, first), ours(database, second)) == (set(), {"one"})


@pytest.mark.parametrize("away", [YEAR, -YEAR])
def test_a_lease_of_a_wrong_clock_is_none(database: Database, away: timedelta) -> None:
    """A worker claimed it under a clock that was a year ahead or behind; others need not wait for it."""
    remind(database, due_at=NOW - 2 * YEAR)
    (first,) = claimed(database, NOW + away)
    (second,) = claimed(database, NOW)
    assert second.fence == first.fence + 1


@pytest.mark.parametrize("due_at", [NOW, NOW + YEAR, None])
def test_what_its_owner_changes_is_no_longer_the_workers(database: Database, due_at: datetime | None) -> None:
    """Whatever the new time is: the claim was about another one."""
    remind(database)
    mine = claimed(database)
    assert ours(database, mine) == {"one"}
    remind(database, due_at=due_at)
    assert ours(database, mine) == set()
    assert rows(database) == {"one": NEVER if due_at is None else micros(due_at)}


def test_what_is_over_is_gone(database: Database) -> None:
    """And whose it was is no matter; of another chat's reminder nothing is changed, whatever its id."""
    remind(database)
    other = chats(2)[1]
    remind(database, due_at=NOW + SECOND, at=other)
    mine = claimed(database)
    remind(database, over=True)
    assert ours(database, mine) == set()
    assert [one.address for one in claimed(database, NOW + SECOND)] == [other]


def test_without_a_day_it_is_never_due(database: Database) -> None:
    """Until it is made so, once."""
    remind(database, due_at=None)
    assert (claimed(database, NOW + 1000 * YEAR), next_due(database)) == ([], None)
    with database.transaction() as tx:
        assert reminders.channels(tx) == TELEGRAM
        assert reminders.without_day(tx, "telegram", "", 10) == {"one": CHAT}
        assert reminders.without_day(tx, "telegram", "one", 10) == {}
        for later in (SECOND, 2 * SECOND):
            reminders.make_due(tx, "telegram", {"one": NOW + later})
        assert reminders.without_day(tx, "telegram", "", 10) == {}
    assert next_due(database) == NOW + SECOND


def test_the_last_word_of_a_batch_counts(database: Database) -> None:
    """Several turns of a chat may be about the same reminder."""
    effects = (
        Remind("one", NOW),
        Remind("two", NOW),
        Remind("one", None, over=True),
        Remind("two", NOW + SECOND),
    )
    one_turn(database, effects=effects)
    assert rows(database) == {"two": micros(NOW + SECOND)}


def test_other_channels_are_not_claimed(database: Database) -> None:
    """Who comes back to a console or a page hears of it there."""
    remind(database, at=Address("console", "local"))
    assert (claimed(database), next_due(database)) == ([], None)


def test_it_goes_with_its_conversation(database: Database) -> None:
    """A claim of it is none then."""
    remind(database)
    mine = claimed(database)
    with database.transaction() as tx:
        tx.connection.execute(delete(schema.conversations))
    assert (ours(database, mine), rows(database)) == (set(), {})


def test_what_is_due_is_found_by_the_order_of_the_key(database: Database) -> None:
    """Neither sorted nor searched for, on either database, however much waits."""
    due.fill(database, 5000)
    with database.transaction() as tx:
        postgresql = tx.connection.dialect.name == "postgresql"
        explain = "EXPLAIN " if postgresql else "EXPLAIN QUERY PLAN "
        sql, constants = reminders.CLAIM.on(tx.connection.dialect)
        given = {
            "for_channel": "telegram",
            "limit": 10,
            "now": micros(NOW),
            "until": 0,
            "latest": micros(NOW),
        }
        plan = tx.connection.exec_driver_sql(explain + sql, {**constants, **given}).all()
    said = "\n".join(str(row[-1]) for row in plan)
    assert ("pk_reminders" if postgresql else "PRIMARY KEY (channel=? AND due_at<?)") in said
    assert "Sort" not in said
    assert "TEMP B-TREE" not in said


def test_the_measure_runs(database: Database) -> None:
    """What `make due` prints is measured so; how long it takes is not for a test to say."""
    due.fill(database, 50)
    assert due.seconds(database, 20) > 0
    assert due.seconds(database, 20) > 0
    assert len(claimed(database)) == 10
