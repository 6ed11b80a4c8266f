from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.runner import Incoming
from dialogs.conversation import Pressed, Said, Track
from dialogs.filing import State
from storage import schema
from storage.records import Address
from tests.bot.office.faults import office_that_answers
from tests.bot.office.practice import practice
from tests.bot.post import Post, confirm, keys, requests
from tests.bot.running import HERE
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.storage.samples import one_turn

pytestmark = pytest.mark.anyio

WEIBO_DUTY = "cn-xian-2017/weibo-individual"


async def test_a_filing_is_filed_and_its_owner_told(either_post: Post, tmp_path: Path) -> None:
    """One request, one receipt, one message; then there is nothing left to do."""
    post = either_post
    confirm(post)
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert requests(office) == ["POST"]
    assert post.filing().state is State.FILED
    assert post.house.words()[-1].startswith(
        "Practice receipt PRACTICE-2026-000001, 20 November 2026, 14:32."
    )
    assert (post.told, post.due) == ([HERE], None)


async def test_a_returned_filing_is_corrected_under_its_next_revision(post: Post, tmp_path: Path) -> None:
    """The office's words are shown, only that field is asked, and the correction is another request."""
    confirm(post, "古城漫步 [return]")
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert "Practice: an account name with [return] comes back once." in post.house.words()[-1]
        assert post.due is None
        post.house.take(Said("长安夜话"), Said("send"))
        await post.work(office.address)
        assert requests(office) == ["POST", "PUT"]
        assert keys(office) == [f"{post.filing().reference}.1", f"{post.filing().reference}.2"]
    assert (post.filing().state, post.filing().revision) == (State.FILED, 2)
    assert dict(post.filing().fields)["account_name"] == "长安夜话"  # for three days, to be changed
    assert len(post.house.conversation().filings) == 1


async def test_the_office_speaks_the_language_of_the_owner(post: Post, tmp_path: Path) -> None:
    """Its words are shown as they are, so they are asked for in the right language."""
    confirm(post, "古城漫步 [reject]", before=("language", "中文"))
    async with practice(tmp_path) as office:
        await post.work(office.address)
    assert post.filing().state is State.REJECTED
    assert "演练：账号名称含有‘[reject]’的，不予登记。" in post.house.words()[-1]


async def test_a_filing_taken_for_processing_is_asked_about_until_it_is_filed(
    post: Post, tmp_path: Path
) -> None:
    """As often as the office says; the owner is told when it is taken, and when it is filed."""
    confirm(post, "古城漫步 [later]")
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert post.filing().state is State.RECEIVED
        assert "That is not yet a registration" in post.house.words()[-1]
        await post.work(office.address)
        assert requests(office) == ["POST"]
        await post.work(office.address, *[timedelta(seconds=3)] * 2)
        assert requests(office) == ["POST", "GET", "GET"]
    assert post.filing().state is State.FILED
    assert len([text for text in post.house.words() if "receipt" in text]) == 1


async def test_what_was_confirmed_for_one_office_goes_to_no_other(post: Post, tmp_path: Path) -> None:
    """It waits until that one is set again, and goes there then."""
    confirm(post)
    own = post.house.world
    post.house.world = replace(own, office=replace(own.office, name="other.example"))
    async with office_that_answers(b"") as other:
        await post.work(other.address, timedelta(minutes=59))
        assert other.asked == []
    assert (post.filing().state, post.due) == (State.CONFIRMED, own.now + timedelta(hours=1))
    post.house.world = replace(post.house.world, office=own.office)
    async with practice(tmp_path) as office:
        await post.work(office.address, timedelta(minutes=1))
    assert post.filing().state is State.FILED


async def test_of_what_was_erased_nothing_is_asked(post: Post) -> None:
    """The work on it ends without a request, and its owner hears nothing."""
    one_turn(
        post.house.database,
        HERE,
        effects=(Track("BN-0000000000000001", 1, State.CONFIRMED, post.house.world.now),),
        now=post.house.world.now,
    )
    async with office_that_answers(b"") as office:
        await post.work(office.address)
        assert office.asked == []
    assert (post.due, post.house.messages()) == (None, [])


async def test_one_that_cannot_be_read_stops_no_other(post: Post, tmp_path: Path) -> None:
    """The outbox goes on with the rest, and begins again with what is due later."""
    other = Address("console", "other")
    confirm(post, address=other)
    confirm(post)
    with post.house.database.transaction() as tx:
        broken = update(schema.conversations).where(schema.conversations.c.chat == other.chat)
        tx.connection.execute(broken.values(state=b"\x01not an envelope"))
    async with practice(tmp_path) as office, post.to(office.address) as outbox:
        running = asyncio.create_task(outbox.run())
        async with asyncio.timeout(5):
            await post.news.wait()
        assert post.filing().state is State.FILED
        assert not running.done()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_it_wakes_for_what_was_just_confirmed(post: Post, tmp_path: Path) -> None:
    """It need not be due to be noticed: whoever commits says so."""
    async with practice(tmp_path) as office, post.to(office.address) as outbox:
        running = asyncio.create_task(outbox.run())
        await asyncio.to_thread(confirm, post)
        outbox.wake()
        async with asyncio.timeout(2):
            await post.news.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert post.filing().state is State.FILED


async def test_a_second_press_of_send_files_nothing_more(post: Post, tmp_path: Path) -> None:
    """The button was good for one turn."""
    post.house.say(*WEIBO, *FORM, *PERSON)
    turn = post.house.conversation().turn
    post.house.runner.run([Incoming(HERE, Pressed(turn, 0)), Incoming(HERE, Pressed(turn, 0))])
    async with practice(tmp_path) as office:
        await post.work(office.address)
        assert requests(office) == ["POST"]
    assert post.filing().duties == (WEIBO_DUTY,)
