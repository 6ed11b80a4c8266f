from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.office.client import OfficeClient, OfficeUnreachable
from bot.office.sandbox import DUTIES
from dialogs.office import (
    Absent,
    Blocked,
    Filed,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)
from tests.bot.office.filings import filing, next_revision, receipt_in
from tests.bot.office.practice import NOW, Practice, practice

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Practice]:
    """One practice office for all tests here; each brings filings of its own."""
    async with practice(tmp_path_factory.mktemp("office")) as opened:
        yield opened


async def test_it_states_that_it_is_practice(office: Practice) -> None:
    """Nobody can take it for an authority."""
    (statement,) = await office.client.duties()
    assert (statement.duty, statement.basis) == ("cn-xian-2017/weibo-individual", "practice")
    assert statement.practice
    assert statement.collects_on(NOW.date())
    assert (statement.since, statement.until) == (date(2017, 7, 14), None)
    assert statement.stated_at == NOW


async def test_by_itself_it_collects_the_six_duties_of_xian(tmp_path: Path) -> None:
    """What can be practised is what the notice of 2017 asks."""
    async with practice(tmp_path, duties=DUTIES) as opened:
        stated = {statement.duty for statement in await opened.client.duties()}
    assert stated == {
        "cn-xian-2017/weibo-individual",
        "cn-xian-2017/weibo-body",
        "cn-xian-2017/wechat",
        "cn-xian-2017/body",
        "cn-xian-2017/website",
        "cn-xian-2017/branch",
    }


async def test_a_filing_gets_a_practice_receipt(office: Practice) -> None:
    """It names our filing and revision, and is there again at every look-up."""
    ours = filing()
    filed = await office.client.create(ours)
    receipt = receipt_in(filed)
    assert receipt.number.startswith("PRACTICE-2026-")
    assert len(receipt.number) == len("PRACTICE-2026-000001")
    assert (receipt.reference, receipt.revision) == (ours.reference, 1)
    assert (receipt.office, receipt.issued_at) == ("Practice office", NOW)
    assert await office.client.look_up(ours) == filed


async def test_the_same_again_is_one_filing(office: Practice) -> None:
    """However often and at once it is sent, it has one number, and another filing has another."""
    ours = filing()
    answers = await asyncio.gather(*(office.client.create(ours) for _ in range(8)))
    assert len(set(answers)) == 1
    assert sorted(one.status for one in office.judged.seen[-8:]) == [200] * 7 + [201]
    assert receipt_in(await office.client.create(filing())).number != receipt_in(answers[0]).number


async def test_many_at_once_have_a_number_each(tmp_path: Path) -> None:
    """Numbers run without gap or double."""
    async with practice(tmp_path) as opened:
        answers = await asyncio.gather(*(opened.client.create(filing()) for _ in range(20)))
    numbers = sorted(receipt_in(answer).number for answer in answers)
    assert numbers == [f"PRACTICE-2026-{n:06d}" for n in range(1, 21)]


async def test_another_body_under_the_same_key_changes_nothing(office: Practice) -> None:
    """A key stands for one body; the filing stays as it is and is told so."""
    ours = filing()
    filed = await office.client.create(ours)
    other = replace(ours, fields=(("account_name", "another"),))
    assert await office.client.create(other) == filed
    assert office.judged.seen[-1].status == 409
    assert await office.client.look_up(ours) == filed


async def test_a_returned_filing_is_corrected(office: Practice) -> None:
    """The field is named in words; the correction is filed, even if it kept the marker."""
    ours = filing("[return] 长安夜话")
    words = "Practice: an account name with [return] comes back once. Change it and send again."
    returned = Returned((("account_name", words),))
    assert await office.client.create(ours) == returned
    assert await office.client.create(ours) == returned
    assert await office.client.look_up(ours) == returned
    corrected = next_revision(ours, "[return] 长安夜谈")
    assert await office.client.look_up(corrected) == Absent()
    filed = await office.client.correct(corrected)
    assert receipt_in(filed).revision == 2
    assert await office.client.correct(corrected) == filed
    assert await office.client.look_up(corrected) == filed


async def test_a_change_keeps_the_number(office: Practice) -> None:
    """What is registered can be changed; the old revision is no longer answered for."""
    ours = filing()
    number = receipt_in(await office.client.create(ours)).number
    changed = next_revision(ours)
    receipt = receipt_in(await office.client.correct(changed))
    assert (receipt.number, receipt.revision) == (number, 2)
    assert await office.client.create(ours) == Unclear("foreign_receipt")


async def test_a_rejected_filing_stays_rejected(office: Practice) -> None:
    """The reason is given, and neither correction nor withdrawal follows."""
    ours = filing("[reject]")
    rejected = Rejected("Practice: an account name with [reject] is refused.")
    assert await office.client.create(ours) == rejected
    assert await office.client.create(ours) == rejected
    assert await office.client.look_up(ours) == rejected
    assert await office.client.withdraw(ours) == rejected
    assert await office.client.correct(next_revision(ours)) == Blocked(409)


async def test_a_duty_it_does_not_collect_is_rejected(office: Practice) -> None:
    """An office answers only for what it has stated."""
    ours = filing(duties=("cn-xian-2017/weibo-individual", "cn-xian-2017/wechat"))
    answer = await office.client.create(ours)
    assert answer == Rejected(
        "Practice: this office takes no registrations under a duty that the filing names."
    )


async def test_a_filing_marked_later_is_filed_at_the_second_look(office: Practice) -> None:
    """Received is not registered: there is no receipt before the office has decided."""
    ours = filing("[later]")
    received = Received(retry_after=2, until=NOW + timedelta(days=1))
    assert await office.client.create(ours) == received
    assert await office.client.create(ours) == received
    assert await office.client.look_up(ours) == received
    assert receipt_in(await office.client.look_up(ours)).revision == 1
    assert receipt_in(await office.client.create(ours)).revision == 1


async def test_markers_take_turns(office: Practice) -> None:
    """With several, the first that has an effect decides: returned, then received, then filed."""
    ours = filing("[later] [return]")
    assert isinstance(await office.client.create(ours), Returned)
    kept = next_revision(ours, "[later] [return]")
    assert isinstance(await office.client.correct(kept), Received)
    assert isinstance(await office.client.create(filing("[later] [return] [reject]")), Rejected)


@pytest.mark.parametrize("account_name", ["长安夜话", "[return]", "[later]"])
async def test_a_filing_can_be_withdrawn(office: Practice, account_name: str) -> None:
    """From every state but the final ones, once; what is withdrawn does not come back."""
    ours = filing(account_name)
    await office.client.create(ours)
    assert await office.client.withdraw(ours) == Withdrawn()
    assert await office.client.withdraw(ours) == Withdrawn()
    assert await office.client.look_up(ours) == Withdrawn()
    assert await office.client.create(ours) == Withdrawn()
    assert await office.client.correct(next_revision(ours)) == Blocked(409)


async def test_only_the_standing_revision_can_be_withdrawn(office: Practice) -> None:
    """A withdrawal that crosses a correction does not take the correction with it."""
    ours = filing()
    await office.client.create(ours)
    changed = next_revision(ours)
    await office.client.correct(changed)
    assert await office.client.withdraw(ours) == Unclear("foreign_receipt")
    assert await office.client.withdraw(next_revision(changed)) == Blocked(409)
    assert receipt_in(await office.client.look_up(changed)).revision == 2


async def test_what_is_not_there_is_absent(office: Practice) -> None:
    """Proven to whoever looks or withdraws; a correction of nothing is a mistake of ours."""
    ours = filing()
    assert await office.client.look_up(ours) == Absent()
    assert await office.client.withdraw(ours) == Absent()
    assert await office.client.correct(next_revision(ours)) == Blocked(404)
    assert await office.client.look_up(ours) == Absent()


async def test_a_revision_must_follow(office: Practice) -> None:
    """A gap is refused, and the filing stays as it is."""
    ours = filing()
    filed = await office.client.create(ours)
    assert await office.client.correct(replace(ours, revision=3)) == Blocked(409)
    assert await office.client.look_up(ours) == filed


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "Practice office", "comes back once"),
        ("zh_CN", "演练办公室", "会退回一次"),
        ("zh-Hans", "演练办公室", "会退回一次"),
        ("fr", "Practice office", "comes back once"),
        ("fr, zh;q=0.8, en;q=0.3", "演练办公室", "会退回一次"),
        ("zh;q=0.3, en-GB;q=0.9", "Practice office", "comes back once"),
    ],
)
async def test_it_speaks_the_owners_language(office: Practice, language: str, name: str, words: str) -> None:
    """English and Chinese, whichever is liked better; English for all others."""
    ours = filing("[return]")
    returned = await office.client.create(ours, language)
    assert isinstance(returned, Returned)
    assert words in returned.fields[0][1]
    assert await office.client.look_up(ours, language) == returned
    assert receipt_in(await office.client.correct(next_revision(ours), language)).office == name


async def test_with_a_token_it_lets_nobody_else_in(tmp_path: Path) -> None:
    """Whoever has none, or another, is refused, and the client does not try again."""
    async with practice(tmp_path, token="right") as opened:  # noqa: S106 - invented
        assert isinstance(await opened.client.create(filing()), Filed)
        for token in (None, "wrong"):
            async with OfficeClient(opened.address, token) as stranger:
                assert await stranger.create(filing()) == Blocked(401)
                with pytest.raises(OfficeUnreachable, match="http_401"):
                    await stranger.duties()
