from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.office.client import OfficeClient
from bot.office.link import OfficeLink
from bot.outbox import LEASE, Outbox
from bot.runner import Incoming
from dialogs.conversation import Pressed, Said, Track
from dialogs.filing import Filing, State
from storage import filings, schema
from storage.database import Database
from storage.records import Address
from tests.bot.office.faults import http, nobody, office_that_answers
from tests.bot.office.practice import Practice, practice
from tests.bot.running import HERE, House
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.storage.samples import one_turn

pytestmark = pytest.mark.anyio

WEIBO_DUTY = "cn-xian-2017/weibo-individual"
SOON = timedelta(seconds=6)
"""The first gap of all, however it is spread."""
NOTHING = http(503, b"{}", "Retry-After: 30", kind="application/problem+json")


@dataclass
class Post:
    """A house with an outbox, and the chats it said had news."""

    house: House
    told: list[Address] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def to(self, address: str) -> AsyncIterator[Outbox]:
        """An outbox as a process that has just started has it, for the office at that address."""
        async with OfficeClient(address, timeout=2) as client:
            link = OfficeLink(
                self.house.world.office.name, client, self.house.database, self.now, lambda _: None
            )
            yield Outbox(self.house.database, self.house.runner, link, self.now, self.hear)

    def hear(self, address: Address) -> None:
        """There is news for a chat."""
        self.told.append(address)
        self.news.set()

    def now(self) -> datetime:
        """The clock, which stands still until it is set."""
        return self.house.world.now

    async def work(self, address: str, *gaps: timedelta) -> None:
        """What is due goes to the office at that address: now, and after each gap."""
        for gap in (timedelta(0), *gaps):
            self.house.world = replace(self.house.world, now=self.house.world.now + gap)
            async with self.to(address) as outbox:
                await outbox.work()

    def filing(self) -> Filing:
        """The newest filing."""
        return self.house.conversation().filings[-1]

    @property
    def due(self) -> datetime | None:
        """When there is something to do again."""
        with self.house.database.reading() as tx:
            return filings.next_due(tx)


@pytest.fixture
def post(sqlite_database: Database) -> Post:
    """A house with an outbox. That its database may be of another kind is the affair of tests/storage."""
    return Post(House(sqlite_database))


@pytest.fixture
def either_post(database: Database) -> Post:
    """The same, on each kind of database in turn."""
    return Post(House(database))


def confirm(post: Post, name: str = PERSON[0], address: Address = HERE, before: Sequence[str] = ()) -> None:
    """The owner fills the form and confirms it."""
    post.house.say(*before, *WEIBO, *FORM, name, *PERSON[1:], "send", address=address)


def requests(office: Practice) -> list[str]:
    """What the office was asked, in order."""
    return [exchange.method for exchange in office.judged.seen]


def keys(office: Practice) -> list[str]:
    """The keys of what it was sent."""
    return [one.asked["idempotency-key"] for one in office.judged.seen if "idempotency-key" in one.asked]


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
