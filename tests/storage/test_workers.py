"""Several processes on one PostgreSQL, played by threads and by transactions open at the same time."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from dialogs.conversation import Track
from dialogs.filing import State
from storage import conversations, filings, outbox
from storage.database import Database, Raced
from storage.keys import MasterKey
from storage.records import Address
from tests.storage.samples import CHAT, KEY, LEASE, NOW, chats, loaded_from, messages_kept, one_turn, settled
from tests.storage.servers import Server

TELEGRAM = ["telegram"]
WORKERS = 4


@pytest.fixture
def database(postgres_database: Database) -> Database:
    """PostgreSQL only: SQLite has one writer."""
    return postgres_database


def test_processes_that_start_together_make_one_database(postgres: Server) -> None:
    """The first is asked for a new key and makes the tables; the others wait, and find them."""
    start = Barrier(WORKERS)
    asked: list[bool] = []

    def key(fresh: bool) -> MasterKey:
        asked.append(fresh)
        return KEY

    def begin(url: str) -> None:
        start.wait()
        Database.open(url, key).close()

    with postgres.schema() as url, ThreadPoolExecutor(WORKERS) as threads:
        list(threads.map(begin, [url] * WORKERS))
    assert sorted(asked) == [False] * (WORKERS - 1) + [True]


def test_workers_do_not_wait_for_each_other(database: Database) -> None:
    """What one is about to claim the other passes over, messages and filings."""
    for address in chats(4):
        one_turn(database, address, "one", effects=(Track(address.chat, 1, State.CONFIRMED, NOW),))
    with database.transaction() as one, database.transaction() as other:
        messages = [outbox.claim_messages(tx, TELEGRAM, NOW, 3, LEASE)[0] for tx in (one, other, other)]
        claims = [filings.claim_filings(tx, NOW, 3, LEASE) for tx in (one, other, other)]
    assert [len(got) for got in messages] == [3, 1, 0]
    assert [len(got) for got in claims] == [3, 1, 0]
    assert len({one.address for got in messages for one in got}) == 4
    assert len({one.reference for got in claims for one in got}) == 4


def test_a_later_message_does_not_overtake_one_being_claimed(database: Database) -> None:
    """Neither while the claim is open, nor while a part of it or the whole is being marked as sent."""
    one_turn(database, CHAT, "one", "two")
    first = messages_kept(database)[0].id
    with database.transaction() as one, database.transaction() as other:
        mine = outbox.claim_messages(one, TELEGRAM, NOW, 10, LEASE)[0]
        assert outbox.claim_messages(other, TELEGRAM, NOW, 10, LEASE)[0] == []
    for mark, expected in ((partial(outbox.went_on, now=NOW), (0, 1)), (outbox.delivered, (1, 0))):
        with database.transaction() as one, database.transaction() as other:
            assert mark(one, mine)
            assert outbox.claim_messages(other, TELEGRAM, NOW, 10, LEASE)[0] == []
        with database.transaction() as other:
            mine = outbox.claim_messages(other, TELEGRAM, NOW, 10, LEASE)[0]
        assert [(next_one.outgoing.id - first, next_one.part) for next_one in mine] == [expected]


def test_racing_workers_claim_each_filing_once(database: Database) -> None:
    """All begin at the same moment; each filing is handed to one of them, as `confirmed`, and sent once."""
    references = {address.chat for address in chats(60)}
    for address in chats(60):
        one_turn(database, address, effects=(Track(address.chat, 1, State.CONFIRMED, NOW),))
    start = Barrier(WORKERS)

    def work() -> list[str]:
        start.wait()
        sent: list[str] = []
        while True:
            with database.transaction() as tx:
                claimed = filings.claim_filings(tx, NOW, 7, LEASE)
            if not claimed:
                return sent
            assert {one.state for one in claimed} == {State.CONFIRMED}
            sent += [one.reference for one in claimed]

    with ThreadPoolExecutor(WORKERS) as threads:
        sent = [
            reference
            for work_done in [threads.submit(work) for _ in range(WORKERS)]
            for reference in work_done.result()
        ]
    assert len(sent) == 60
    assert set(sent) == references


def overtaken(database: Database) -> None:
    """A turn of a new chat, in the middle of which another process makes one."""
    with database.transaction() as slow:
        loaded = conversations.load(slow, [CHAT])[CHAT]
        one_turn(database, CHAT, "quick")
        conversations.save(slow, [settled(loaded, "slow")], NOW)


def test_a_chat_opened_by_two_processes_at_once_loses_no_turn(database: Database) -> None:
    """Neither sees the other's row, so the second one fails as a whole and is run again."""
    with pytest.raises(Raced):
        overtaken(database)
    one_turn(database, CHAT, "slow")
    with database.reading() as tx:
        said = [(one.turn, one.message.lines) for one in outbox.waiting(tx, CHAT)]
    assert said == [(1, ("quick",)), (2, ("slow",))]


def test_batches_of_several_processes_keep_each_chats_order(database: Database) -> None:
    """Each takes chats in its own order, known and new; none waits in a ring, no turn is lost or doubled."""
    everyone = chats(30)
    for address in everyone[:15]:
        one_turn(database, address)
    start = Barrier(WORKERS)

    def work(seed: int) -> dict[Address, int]:
        chance = random.Random(seed)  # noqa: S311 - not a secret
        turns = dict.fromkeys(everyone, 0)
        start.wait()
        for number in range(25):
            batch = chance.sample(everyone, 10)
            while not tried(database, batch, [("telegram", f"{seed}.{number}.{one.chat}") for one in batch]):
                pass
            for address in batch:
                turns[address] += 1
        return turns

    with ThreadPoolExecutor(WORKERS) as threads:
        done = list(threads.map(work, range(WORKERS)))
    for number, address in enumerate(everyone):
        expected = sum(turns[address] for turns in done) + (number < 15)
        with database.reading() as tx:
            said = outbox.waiting(tx, address)
        assert loaded_from(database, address).conversation.turn == expected
        assert [one.turn for one in said] == list(range(1 + (number < 15), expected + 1))


def tried(database: Database, batch: list[Address], updates: list[tuple[str, str]]) -> bool:
    """One batch; False if another process opened one of its chats meanwhile."""
    try:
        with database.transaction() as tx:
            assert len(conversations.fresh_updates(tx, updates, NOW)) == len(updates)
            loaded = conversations.load(tx, batch)
            conversations.save(tx, [settled(one, "hello") for one in loaded.values()], NOW)
    except Raced:
        return False
    return True
