from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import LEASE
from dialogs.filing import State
from storage import filings
from tests.bot.office.faults import http, nobody, office_that_answers
from tests.bot.office.practice import practice
from tests.bot.post import SOON, Post, confirm, keys, requests

pytestmark = pytest.mark.anyio

NOTHING = http(429, b"{}", "Retry-After: 30", kind="application/problem+json")


async def test_an_office_that_is_down_is_tried_again(post: Post, tmp_path: Path) -> None:
    """Nothing arrived, so it may be sent again; the owner is not troubled with it."""
    confirm(post)
    said = len(post.house.messages())
    with nobody() as address:
        await post.work(address, SOON, SOON)
    assert (post.filing().state, len(post.house.messages())) == (State.CONFIRMED, said)
    async with practice(tmp_path) as office:
        await post.work(office.address, timedelta(minutes=5))
        assert requests(office) == ["POST"]
    assert post.filing().state is State.FILED


async def test_a_line_that_was_cut_after_the_office_had_it_makes_one_record(
    post: Post, tmp_path: Path
) -> None:
    """The next request is a look-up, and it finds what was sent."""
    confirm(post)
    async with practice(tmp_path) as office, office_that_answers(b"") as cut:
        await office.client.create(post.filing())
        await post.work(cut.address)
        assert post.filing().state is State.UNKNOWN
        assert "we do not know whether it arrived" in post.house.words()[-1]
        await post.work(office.address, SOON)
        assert requests(office) == ["POST", "GET"]
    assert post.filing().state is State.FILED


async def test_a_line_that_was_cut_before_the_office_had_it_is_proven_so(post: Post, tmp_path: Path) -> None:
    """Only then is it sent again, under the same key."""
    confirm(post)
    async with practice(tmp_path) as office, office_that_answers(b"") as cut:
        await post.work(cut.address)
        await post.work(office.address, SOON, SOON)
        assert requests(office) == ["GET", "POST"]
        assert keys(office) == [post.filing().idempotency_key]
    assert post.filing().state is State.FILED


async def test_a_refused_look_up_is_not_a_refused_filing(post: Post, tmp_path: Path) -> None:
    """An office too busy to look says nothing of what was sent: it is asked again, not sent again."""
    confirm(post)
    with post.house.database.transaction() as tx:
        filings.claim_filings(tx, post.house.world.now, 1, LEASE)
    async with practice(tmp_path) as office, office_that_answers(NOTHING) as busy:
        await office.client.create(post.filing())
        await post.work(busy.address, LEASE, timedelta(seconds=29))
        assert len(busy.asked) == 1
        await post.work(busy.address, timedelta(seconds=7))
        assert [request.split()[0] for request in busy.asked] == [b"GET", b"GET"]
        await post.work(office.address, timedelta(seconds=36))
        assert requests(office) == ["POST", "GET"]
    assert post.filing().state is State.FILED


async def test_a_busy_office_is_given_the_time_it_asks_for(post: Post) -> None:
    """Not a second less, and nothing is said to the owner."""
    confirm(post)
    said = len(post.house.messages())
    async with office_that_answers(NOTHING) as busy:
        await post.work(busy.address, timedelta(seconds=29))
        assert len(busy.asked) == 1
        await post.work(busy.address, timedelta(seconds=7))
        assert [request.split()[0] for request in busy.asked] == [b"POST", b"POST"]
    assert len(post.house.messages()) == said


@pytest.mark.parametrize("status", [401, 403, 418])
async def test_an_office_that_refuses_us_is_not_asked_again(post: Post, status: int) -> None:
    """The operator has to look; the owner is told that it is not the owner's fault."""
    confirm(post)
    async with office_that_answers(http(status)) as office:
        await post.work(office.address, timedelta(days=1))
        assert len(office.asked) == 1
    assert (post.filing().state, post.due) == (State.BLOCKED, None)
    assert "lies with this bot, not with you" in post.house.words()[-1]


async def test_an_office_that_never_answers_is_given_up_after_72_hours(post: Post) -> None:
    """And not before; the owner learns that nobody knows, and the reference to ask by."""
    confirm(post)
    async with office_that_answers(b"") as office:
        await post.work(office.address, *[timedelta(hours=12)] * 5)
        assert post.filing().state is State.UNKNOWN
        await post.work(office.address, timedelta(hours=12))
        assert len(office.asked) == 7
    assert (post.filing().state, post.due) == (State.UNANSWERED, None)
    assert post.filing().reference in post.house.words()[-1]
