"""Blocking and coming back while several processes work, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from storage import conversations, holds, outbox
from storage.database import Database, Transaction
from storage.records import Address, Screen
from tests.storage.samples import (
    ALL,
    CHAT,
    LEASE,
    NOW,
    TELEGRAM,
    chats,
    claimed,
    loaded_from,
    one_turn,
    settled,
    texts,
)

WORKERS = 3
WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


@pytest.fixture
def database(postgres_database: Database) -> Database:
    """PostgreSQL only."""
    return postgres_database


def meanwhile(
    database: Database, first: Callable[[Transaction], object], then: Callable[[Transaction], object]
) -> None:
    """Two units of work: `then` begins when `first` has done its work, and has to wait for its commit."""

    def other() -> None:
        with database.transaction() as tx:
            then(tx)

    with ThreadPoolExecutor(1) as thread:
        with database.transaction() as tx:
            first(tx)
            waits: Future[None] = thread.submit(other)
            while not tx.connection.execute(WAITING).scalar_one():
                assert not waits.done(), waits.exception()
        waits.result()


def say(tx: Transaction) -> None:
    """A turn of the chat."""
    conversations.save(tx, [settled(conversations.load(tx, [CHAT])[CHAT], "later")], NOW)


def hold(tx: Transaction) -> None:
    """Its owner blocks the bot."""
    holds.hold(tx, CHAT)


def resume(tx: Transaction) -> None:
    """Its owner comes back."""
    holds.resume(tx, CHAT)


def claim(tx: Transaction) -> None:
    """A worker takes the chat's oldest message."""
    assert len(outbox.claim_messages(tx, TELEGRAM, NOW, 10, LEASE)) == 1


@pytest.mark.parametrize(("said", "first"), [((), say), (("one",), claim)])
def test_a_hold_takes_what_is_being_written_or_claimed(
    database: Database, said: tuple[str, ...], first: Callable[[Transaction], object]
) -> None:
    """It waits for it, and then holds it: no message slips through between."""
    one_turn(database, CHAT, *said)
    meanwhile(database, first, hold)
    assert claimed(database, after=3600) == []


def test_a_turn_in_the_midst_of_a_hold_is_held(database: Database) -> None:
    """It waits, and then finds the chat held."""
    one_turn(database)
    meanwhile(database, hold, say)
    assert loaded_from(database).conversation.turn == 2
    assert claimed(database, after=3600) == []


def test_a_turn_in_the_midst_of_a_return_is_said(database: Database) -> None:
    """It waits, and its message is not one of those that are dropped."""
    one_turn(database, CHAT, "one")
    with database.transaction() as tx:
        hold(tx)
    meanwhile(database, resume, say)
    assert texts(claimed(database)) == ["later"]


def test_a_hold_in_the_midst_of_a_return_holds(database: Database) -> None:
    """They come one after the other, and the last counts; and the other way round."""
    one_turn(database, CHAT, "one")
    with database.transaction() as tx:
        hold(tx)
    meanwhile(database, resume, hold)
    one_turn(database, CHAT, "two")
    assert claimed(database, after=3600) == []
    meanwhile(database, hold, resume)
    one_turn(database, CHAT, "three")
    assert texts(claimed(database)) == ["three"]


def test_a_message_is_marked_or_held_not_both(database: Database) -> None:
    """A hold waits for the word of a worker that has sent it; a worker that says so after a hold is late."""
    one_turn(database, CHAT, "one", "two")
    mine = claimed(database)
    meanwhile(database, lambda tx: outbox.delivered(tx, mine), hold)
    with database.transaction() as tx:
        assert holds.resume(tx, CHAT) == 1
    one_turn(database, CHAT, "three")
    mine = claimed(database)
    said: list[set[int]] = []
    meanwhile(database, hold, lambda tx: said.append(outbox.delivered(tx, mine)))
    assert said == [set()]


def test_nothing_is_claimed_in_the_midst_of_a_hold(database: Database) -> None:
    """A worker passes over the chat instead of waiting."""
    one_turn(database, CHAT, "one", "two")
    with database.transaction() as tx:
        hold(tx)
        assert claimed(database) == []
    assert claimed(database) == []


def test_a_screen_does_not_wait_for_a_turn(database: Database) -> None:
    """What was sent is marked while the owner's next answer is being taken."""
    one_turn(database, CHAT, "one")
    mine = claimed(database)
    with database.transaction() as turn, database.transaction() as worker:
        conversations.load(turn, [CHAT])
        worker.connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        shown = {mine[0].outgoing.id: Screen("71", 1, buttons=True)}
        assert outbox.delivered(worker, mine, shown) == set(shown)


def test_racing_workers_and_owners_lose_nothing(database: Database) -> None:
    """Each message is delivered once or dropped by its owner's return; none of a held chat is claimed."""
    everyone = chats(6)
    turns = 20
    start = Barrier(WORKERS + 1)

    def work() -> list[int]:
        start.wait()
        sent: list[int] = []
        while not owners.done() or claimable(database):
            mine = claimed(database, limit=2)
            with database.transaction() as tx:
                sent += outbox.delivered(tx, mine)
        return sent

    def live() -> int:
        start.wait()
        dropped = 0
        for number in range(turns):
            address = everyone[number % len(everyone)]
            for other in everyone:
                one_turn(database, other, "one", "two")
            with database.transaction() as tx:
                holds.hold(tx, address)
            one_turn(database, address, "three")
            assert address not in claimable(database)
            with database.transaction() as tx:
                dropped += holds.resume(tx, address)
        return dropped

    with ThreadPoolExecutor(WORKERS + 1) as threads:
        owners = threads.submit(live)
        workers = [threads.submit(work) for _ in range(WORKERS)]
        sent = [one for worker in workers for one in worker.result()]
    assert len(sent) == len(set(sent))
    assert len(sent) + owners.result() == turns * (2 * len(everyone) + 1)


def claimable(database: Database) -> set[Address]:
    """Whose messages a worker can have; they are given back."""
    with database.transaction() as tx:
        mine = outbox.claim_messages(tx, TELEGRAM, NOW, ALL, LEASE)
        for one in mine:
            assert outbox.release(tx, one, NOW)
    return {one.address for one in mine}
