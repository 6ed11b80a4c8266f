"""Blocking and coming back while several processes work, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import text

from dialogs.messages import Message
from storage import conversations, holds, outbox
from storage.database import Database, Transaction
from storage.moments import NEVER, micros
from storage.records import Address, Screen
from tests.storage.samples import (
    ALL,
    CHAT,
    LEASE,
    NOW,
    TELEGRAM,
    chats,
    claimed,
    lasting,
    loaded_from,
    message,
    messages_kept,
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
    conversations.save(tx, [settled(conversations.load(tx, [CHAT])[CHAT], "later", lasting("result"))], NOW)


def hold(tx: Transaction) -> None:
    """Its owner blocks the bot."""
    holds.hold(tx, CHAT)


def resume(tx: Transaction) -> None:
    """Its owner comes back."""
    holds.resume(tx, CHAT, NOW)


def claim(tx: Transaction) -> None:
    """A worker takes the chat's oldest message."""
    assert len(outbox.claim_messages(tx, TELEGRAM, NOW, 10, LEASE)[0]) == 1


@pytest.mark.parametrize(
    ("said", "first", "kept"),
    [((), say, ["result"]), (("one", "two"), claim, []), ((lasting("one"), "two"), claim, ["one"])],
)
def test_a_hold_takes_what_is_being_written_or_claimed(
    database: Database,
    said: tuple[str | Message, ...],
    first: Callable[[Transaction], object],
    kept: list[str],
) -> None:
    """It waits for it, and then holds or deletes it: no message slips through between."""
    one_turn(database, CHAT, *said)
    meanwhile(database, first, hold)
    assert claimed(database, after=3600) == []
    assert [(row.due_at, row.lasting) for row in messages_kept(database)] == [(NEVER, 1)] * len(kept)
    with database.transaction() as tx:
        resume(tx)
    assert texts(claimed(database)) == kept


def test_a_turn_in_the_midst_of_a_hold_is_held(database: Database) -> None:
    """It waits, finds the chat held, and writes only what lasts."""
    one_turn(database)
    found: list[bool] = []

    def look_and_say(tx: Transaction) -> None:
        found.append(conversations.load(tx, [CHAT])[CHAT].held)
        say(tx)

    meanwhile(database, hold, look_and_say)
    assert found == [True]
    assert loaded_from(database).conversation.turn == 2
    assert claimed(database, after=3600) == []
    assert [row.lasting for row in messages_kept(database)] == [1]


def test_a_turn_in_the_midst_of_a_return_is_said(database: Database) -> None:
    """It waits, and its messages are neither dropped nor held."""
    one_turn(database, CHAT, "one")
    with database.transaction() as tx:
        hold(tx)
    meanwhile(database, resume, say)
    assert [row.due_at for row in messages_kept(database)] == [micros(NOW)] * 2
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


@pytest.mark.parametrize(("mark", "left"), [(outbox.delivered, []), (partial(outbox.went_on, now=NOW), [1])])
@pytest.mark.parametrize("say", [message, lasting])
def test_a_message_is_marked_or_held_not_both(
    database: Database, say: Callable[[str], Message], mark: Callable[..., set[int]], left: list[int]
) -> None:
    """A hold waits for the word of a worker that has sent it; a worker that says so after a hold is late."""
    one_turn(database, CHAT, say("one"))
    mine = claimed(database)
    meanwhile(database, lambda tx: mark(tx, mine), hold)
    kept = messages_kept(database)
    assert [row.part for row in kept] == (left if say is lasting else [])
    with database.transaction() as tx:
        assert holds.resume(tx, CHAT, NOW) == len(kept)
    one_turn(database, CHAT, say("two"))
    mine = claimed(database)
    said: list[set[int]] = []
    meanwhile(database, hold, lambda tx: said.append(mark(tx, mine)))
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
    """What lasts is delivered once, in both its parts; the rest once or not at all, of a held chat never."""
    everyone = chats(6)
    turns = 20
    start = Barrier(WORKERS + 1)

    def work() -> dict[int, object]:
        start.wait()
        sent: dict[int, object] = {}
        while not owners.done() or claimable(database):
            mine = claimed(database, limit=2)
            with database.transaction() as tx:
                outbox.went_on(tx, [one for one in mine if one.part == 0], NOW)
                done = outbox.delivered(tx, [one for one in mine if one.part == 1])
            sent |= {one.outgoing.id: texts([one])[0] for one in mine if one.outgoing.id in done}
        return sent

    def live() -> None:
        start.wait()
        for number in range(turns):
            address = everyone[number % len(everyone)]
            for other in everyone:
                one_turn(database, other, lasting("result"), "one")
            with database.transaction() as tx:
                holds.hold(tx, address)
            one_turn(database, address, "never", lasting("result"))
            assert address not in claimable(database)
            with database.transaction() as tx:
                holds.resume(tx, address, NOW)

    with ThreadPoolExecutor(WORKERS + 1) as threads:
        owners = threads.submit(live)
        workers = [threads.submit(work) for _ in range(WORKERS)]
        sent = [one for worker in workers for one in worker.result().items()]
    owners.result()
    assert len(sent) == len(dict(sent))
    said = Counter(text for _, text in sent)
    assert set(said) == {"result", "one"}
    assert said["result"] == turns * (len(everyone) + 1)
    assert 0 < said["one"] <= turns * len(everyone)
    assert messages_kept(database) == []


def claimable(database: Database) -> set[Address]:
    """Whose messages a worker can have; they are given back."""
    with database.transaction() as tx:
        mine = outbox.claim_messages(tx, TELEGRAM, NOW, ALL, LEASE)[0]
        for one in mine:
            assert outbox.release(tx, one, NOW)
    return {one.address for one in mine}
