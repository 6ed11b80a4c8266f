"""What an owner wants of a filing after it was confirmed, at a real practice office."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import LEASE
from dialogs.conversation import Said
from dialogs.filing import State
from storage import filings
from storage.database import Database
from tests.bot.office.faults import nobody
from tests.bot.office.practice import practice
from tests.bot.post import SOON, Post, confirm, keys, requests
from tests.bot.running import House

pytestmark = pytest.mark.anyio


@pytest.fixture
def post(database: Database) -> Post:
    """A house with an outbox, on each kind of database in turn."""
    return Post(House(database))


def withdraw(post: Post) -> None:
    """The owner wants it back."""
    post.house.take(Said("/filings"), Said("withdraw it"), Said("yes"))


async def test_a_registration_is_withdrawn(post: Post, tmp_path: Path) -> None:
    """By one request, under the key of the revision that is registered."""
    confirm(post)
    async with practice(tmp_path) as office:
        await post.work(office.address)
        withdraw(post)
        await post.work(office.address)
        assert requests(office) == ["POST", "DELETE"]
        assert keys(office) == [post.filing().idempotency_key] * 2
    assert (post.filing().state, post.due) == (State.WITHDRAWN, None)
    assert "confirms that the filing is withdrawn" in post.house.words()[-1]


async def test_what_is_registered_is_changed(post: Post, tmp_path: Path) -> None:
    """Under the same reference, by the next revision, which then has the receipt."""
    confirm(post)
    async with practice(tmp_path) as office:
        await post.work(office.address)
        said = ("/filings", "change what was filed", "account name", "长安夜话", "send")
        post.house.take(*map(Said, said))
        assert post.filing().earlier is not None
        await post.work(office.address)
        assert requests(office) == ["POST", "PUT"]
    filing = post.filing()
    assert (filing.state, filing.revision, filing.earlier) == (State.FILED, 2, None)
    assert filing.receipt is not None
    assert filing.receipt.revision == 2


async def test_what_was_not_taken_is_withdrawn_without_being_sent(post: Post, tmp_path: Path) -> None:
    """The office, back again, is asked to withdraw it and knows nothing of it."""
    confirm(post)
    with nobody() as address:
        await post.work(address)
    withdraw(post)
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert requests(office) == ["DELETE"]
    assert post.filing().state is State.WITHDRAWN
    assert "has no record of your filing" in post.house.words()[-1]


@pytest.mark.parametrize("sent", [True, False])
async def test_a_worker_lost_while_the_owner_wants_it_back(post: Post, tmp_path: Path, sent: bool) -> None:
    """What may have left is looked up first, and then withdrawn; it is never sent again."""
    confirm(post)
    with post.house.database.transaction() as tx:
        filings.claim_filings(tx, post.house.world.now, 1, LEASE)
    withdraw(post)
    async with practice(tmp_path) as office:
        if sent:
            await office.client.create(post.filing())
        await post.work(office.address, LEASE, timedelta(0), SOON)
        assert requests(office) == [*["POST"] * sent, "GET", "DELETE"]
    assert post.filing().state is State.WITHDRAWN


async def test_what_was_put_back_after_its_owner_withdrew_it_is_not_sent(post: Post, tmp_path: Path) -> None:
    """It was claimed to be sent, and given back as it was."""
    confirm(post)
    with post.house.database.transaction() as tx:
        (claimed,) = filings.claim_filings(tx, post.house.world.now, 1, LEASE)
    withdraw(post)
    with post.house.database.transaction() as tx:
        assert filings.release(tx, claimed, post.house.world.now)
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert requests(office) == ["DELETE"]
    assert post.filing().state is State.WITHDRAWN
