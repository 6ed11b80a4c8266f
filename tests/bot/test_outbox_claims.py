"""What is claimed, and by whom: workers that are lost, held up or overtaken."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import LEASE
from dialogs.filing import State
from storage import filings
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
        await post.work(office.address, timedelta(seconds=1), LEASE)
        assert requests(office) == (["POST", "GET"] if sent else ["GET", "POST"])
    assert post.filing().state is State.FILED
