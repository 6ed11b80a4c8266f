"""Several workers on one PostgreSQL, played by threads and by transactions open at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dialogs.conversation import Remind
from storage import reminders
from storage.database import Database
from tests.reminders.planned import chats as planned_chats
from tests.reminders.story import Story
from tests.storage.samples import LEASE, NOW, SECOND, TELEGRAM, chats, one_turn

WORKERS = 4


@pytest.fixture
def database(postgres_database: Database) -> Database:
    """PostgreSQL only: SQLite has one writer."""
    return postgres_database


def test_racing_workers_claim_each_reminder_once(database: Database) -> None:
    """All begin at the same moment; each reminder is handed to one of them."""
    for address in chats(60):
        one_turn(database, address, effects=(Remind(address.chat, NOW),))
    start = Barrier(WORKERS)

    def work(_: int) -> list[str]:
        start.wait()
        mine: list[str] = []
        while True:
            with database.transaction() as tx:
                claimed = reminders.claim_reminders(tx, TELEGRAM, NOW, 7, LEASE)
            if not claimed:
                return mine
            mine += [one.id for one in claimed]

    with ThreadPoolExecutor(WORKERS) as threads:
        told = [id_ for mine in threads.map(work, range(WORKERS)) for id_ in mine]
    assert sorted(told) == sorted(address.chat for address in chats(60))


def test_workers_do_not_wait_for_each_other(database: Database) -> None:
    """What one is about to claim the other passes over."""
    for address in chats(4):
        one_turn(database, address, effects=(Remind(address.chat, NOW),))
    with database.transaction() as one, database.transaction() as other:
        got = [reminders.claim_reminders(tx, TELEGRAM, NOW, 3, LEASE) for tx in (one, other, other)]
    assert [len(mine) for mine in got] == [3, 1, 0]


def test_a_worker_paused_past_its_lease_changes_nothing(database: Database) -> None:
    """Another has told it meanwhile, or is about to: neither the chat nor the row is touched by the first."""
    story = Story(database, NOW)
    story.keep(planned_chats(1, 1, story.world(), story.days(3, 4), ["own"]))
    story.off(2)
    while not (first := story.reminding.claim()):
        story.passed += 600 * SECOND
    story.passed += 300 * SECOND
    second = story.reminding.claim()
    assert [one.id for one in first] == [one.id for one in second]
    story.reminding.tell(first)
    story.deliver()
    assert story.told == []
    story.reminding.tell(second)
    story.reminding.tell(second)
    story.reminding.tell(first)
    story.deliver()
    assert len(story.told) == 1
