"""Two workers on PostgreSQL: one is paused past its lease with an answer in hand, the other resolves it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.outbox import LEASE
from dialogs.filing import State
from storage import schema
from storage.database import Database
from tests.bot.faulty import faults
from tests.bot.faulty.office import Asked, Fault, FaultOffice, Line, Reply, at_work
from tests.bot.other_worker import other_worker
from tests.bot.post import Post, confirm
from tests.bot.running import House
from tests.dialogs.talks import a_world
from tests.storage.samples import KEY
from tests.storage.servers import Server

pytestmark = pytest.mark.anyio


def a_worker(database: Database) -> Post:
    """One with a clock of its own."""
    return Post(House(database, a_world("real")))


def held(fault: Fault) -> Fault:
    """What the fault answers is held back until the gate is opened."""

    def held_back(office: FaultOffice, asked: Asked) -> Reply:
        return replace(fault(office, asked), line=Line.HELD)

    return held_back


def kept(database: Database) -> list[list[Any]]:
    """Every row, byte for byte, of what a turn can write."""
    tables = (schema.conversations, schema.filings, schema.messages, schema.reminders, schema.screens)
    with database.reading() as tx:
        return [sorted(map(tuple, tx.connection.execute(select(table))), key=repr) for table in tables]


def an_office(worker: Post, first: Fault, then: Fault) -> FaultOffice:
    """One that meets the newest filing with these."""
    office = FaultOffice(worker.now)
    office.laid = {worker.filing().reference: iter((held(first), then))}
    return office


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """A database of its own, for two processes."""
    with postgres.schema() as url:
        yield url


ANSWERS = [
    FaultOffice.honest, faults.error_after, faults.closed_after, faults.conflict, faults.lost,
    faults.unauthorised, faults.page, faults.too_many,
]  # fmt: skip


@pytest.mark.parametrize("then", [FaultOffice.honest, faults.error_before, faults.later])
@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_that_comes_after_the_lease_changes_nothing(
    postgres_database: Database, answer: Fault, then: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever it says, and whether the other worker has found out or goes on asking."""
    slow, quick = a_worker(postgres_database), a_worker(postgres_database)
    confirm(slow)
    office = an_office(slow, answer, then)
    async with at_work(office) as address:
        working = asyncio.create_task(slow.work(address))
        await office.reached.wait()
        await quick.work(address, LEASE)
        before = kept(postgres_database)
        caplog.set_level(logging.WARNING)
        caplog.clear()
        office.gate.set()
        await working
    assert kept(postgres_database) == before
    assert [text for text in caplog.messages if text != "office resting"] == ["claim overtaken"]
    assert office.requests == 2


async def test_an_answer_that_comes_late_to_nobody_elses_claim_counts(postgres_database: Database) -> None:
    """The lease is over, but nobody has taken over: what is known is kept."""
    slow = a_worker(postgres_database)
    confirm(slow)
    office = an_office(slow, FaultOffice.honest, FaultOffice.honest)
    async with at_work(office) as address:
        working = asyncio.create_task(slow.work(address))
        await office.reached.wait()
        slow.house.world = replace(slow.house.world, now=slow.now() + 2 * LEASE)
        office.gate.set()
        await working
    assert slow.filing().state is State.FILED


async def test_a_worker_that_was_stopped_past_its_lease_changes_nothing(url: str) -> None:
    """A real one, stopped and continued by signals; the office's answer waits for it in its line."""
    database = Database.open(url, lambda _: KEY)
    try:
        quick = a_worker(database)
        confirm(quick)
        office = an_office(quick, FaultOffice.honest, FaultOffice.honest)
        async with at_work(office) as address:
            with other_worker(url, address) as slow:
                await office.reached.wait()
                os.kill(slow.pid, signal.SIGSTOP)
                assert os.WIFSTOPPED((await asyncio.to_thread(os.waitpid, slow.pid, os.WUNTRACED))[1])
                await quick.work(address, LEASE)
                assert quick.filing().state is State.FILED
                before = kept(database)
                office.gate.set()
                os.kill(slow.pid, signal.SIGCONT)
                said, _ = await asyncio.to_thread(slow.communicate)
        assert said.splitlines() == ["claim overtaken", "done"]
        assert kept(database) == before
        assert len(office.ledger.records) == 1
    finally:
        database.close()
