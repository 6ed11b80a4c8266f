"""What is claimed, and by whom: workers that are lost, held up or overtaken."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from bot.outbox import LEASE, ROOM
from dialogs.filing import State
from storage import filings, schema
from tests.bot.office.faults import office_that_answers
from tests.bot.office.practice import practice
from tests.bot.post import Post, confirm, requests

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("sent", [True, False])
async def test_a_worker_lost_between_claim_and_answer(either_post: Post, tmp_path: Path, sent: bool) -> None:
    """Whoever takes over after the lease looks up first, and never sends what may have arrived."""
    post = either_post
    confirm(post)
    with post.house.database.transaction() as tx:
        assert len(filings.claim_filings(tx, post.house.world.now, 1, LEASE)) == 1
    async with practice(tmp_path) as office:
        if sent:
            await office.client.create(post.filing())
        await post.work(office.address, LEASE - timedelta(seconds=1))
        assert requests(office) == ["POST"] * sent
        await post.work(office.address, timedelta(seconds=1), 2 * LEASE)
        assert requests(office) == (["POST", "GET"] if sent else ["GET", "POST"])
    assert post.filing().state is State.FILED


@pytest.mark.parametrize(("held_up", "begun"), [(LEASE - ROOM, 1), (LEASE - ROOM + timedelta(seconds=1), 0)])
async def test_a_worker_that_was_held_up_begins_nothing(
    either_post: Post, tmp_path: Path, held_up: timedelta, begun: int
) -> None:
    """A request that could outlast its lease is left to whoever claims next; it was not sent."""
    post = either_post
    confirm(post)
    times = iter([post.now()])
    async with practice(tmp_path) as office:
        async with post.to(office.address, lambda: next(times, post.now() + held_up)) as outbox:
            await outbox.work()
        assert requests(office) == ["POST"] * begun
        if not begun:
            assert (post.filing().state, post.due) == (State.CONFIRMED, post.now() + held_up)
            await post.work(office.address, held_up)
            assert requests(office) == ["POST"]
    assert post.filing().state is State.FILED


@pytest.mark.parametrize("claimed", [False, True])
async def test_what_was_not_sent_is_given_back_at_once(post: Post, claimed: bool) -> None:
    """By a worker that is to end, whether it was about to claim or had claimed it."""
    confirm(post)
    gate = Event()
    with ThreadPoolExecutor(1) as one_thread:
        asyncio.get_running_loop().set_default_executor(one_thread)
        async with office_that_answers(b"") as office, post.to(office.address) as outbox:
            if claimed:
                working = asyncio.create_task(outbox.work())
                await asyncio.wait({working}, timeout=0)
                await asyncio.wrap_future(one_thread.submit(int))  # whoever waited before is done
                one_thread.submit(gate.wait)
            else:
                one_thread.submit(gate.wait)
                working = asyncio.create_task(outbox.work())
                await asyncio.wait({working}, timeout=0)
            working.cancel()
            gate.set()
            with pytest.raises(asyncio.CancelledError):
                await working
            assert office.asked == []
    assert post.due == post.now()
    assert stored(post) == "confirmed"


async def test_what_may_have_been_sent_is_not_given_back(post: Post) -> None:
    """Whoever claims it after the lease looks it up."""
    confirm(post)
    async with office_that_answers(b"", silent=True) as office, post.to(office.address) as outbox:
        working = asyncio.create_task(outbox.work())
        await office.heard.wait()
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
    assert post.due == post.now() + LEASE
    assert stored(post) == "sending"


def stored(post: Post) -> str:
    """The state in the work list."""
    with post.house.database.reading() as tx:
        return str(tx.connection.execute(select(schema.filings.c.state)).scalar_one())
