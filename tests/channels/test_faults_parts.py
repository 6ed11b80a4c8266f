"""Messages of several parts, calls that hang, and many chats at once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from dialogs.messages import Message
from tests.channels.bots import (
    AS_IT_IS,
    SAID,
    TALK,
    WITH_EFFECT,
    WITHOUT_EFFECT,
    bot,
    commit,
    heard,
    named,
    once,
    people,
    talk,
    texts,
)
from tests.telegram.faults import CutAfter, CutBefore, Fault, Flood, Garbage, Slow, Status
from tests.telegram.server import Telegram

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

LONG = Message(
    ("a" * 4000, "b" * 4000, "c" * 4000),
    files=(("form.txt", "text/plain", "A form."), ("form.json", "application/json", "{}")),
)
PARTS = ["a" * 4000, "b" * 4000, "c" * 4000, "form.txt", "form.json"]
LATER_PARTS = [("sendMessage", 2), ("sendMessage", 3), ("sendDocument", 1), ("sendDocument", 2)]


@pytest.fixture(autouse=True)
def _tried_again(refused: list[str]) -> None:
    """A turn that is tried again edits the question before it once more."""
    refused.append(AS_IT_IS)


@pytest.mark.parametrize("how", [*WITHOUT_EFFECT, Flood(5)], ids=named)
async def test_what_fails_in_a_later_part_repeats_no_earlier_one(
    tmp_path: Path, server: Telegram, library: str, how: Fault
) -> None:
    """Each part is sent once, and the next message after the last."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [LONG, "then"]})
    for method, at in LATER_PARTS:
        server.fail(method, how=how, at=at)
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: "then" in texts(owner))
    assert texts(owner) == [*PARTS, "then"]
    assert server.unmet() == []


@pytest.mark.parametrize("how", WITH_EFFECT, ids=named)
@pytest.mark.parametrize(("method", "at"), LATER_PARTS)
async def test_a_part_that_may_have_arrived_is_the_only_one_that_comes_twice(
    tmp_path: Path, server: Telegram, method: str, at: int, how: Fault
) -> None:
    """Once more at most: of a file's answer nothing is needed, so half an answer may do."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [LONG, "then"]})
    server.fail(method, how=how, at=at)
    async with bot(tmp_path, server, "ptb" if at % 2 else "aiogram") as running:
        await running.time.until(lambda: "then" in texts(owner))
    assert once(texts(owner)) == [*PARTS, "then"]
    assert len(texts(owner)) <= len(PARTS) + 2


@pytest.mark.parametrize(("method", "at"), LATER_PARTS)
async def test_a_bot_that_ends_between_two_parts_goes_on_with_the_next(
    tmp_path: Path, server: Telegram, library: str, method: str, at: int
) -> None:
    """In another process."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [LONG, "then"]})
    server.fail(method, how=Flood(60), at=at)
    async with bot(tmp_path, server, library):
        await server.until(lambda: [call for call in server.called(method) if call.status == 429])
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: "then" in texts(owner))
    assert texts(owner) == [*PARTS, "then"]


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
@pytest.mark.parametrize("done", [False, True])
async def test_a_call_that_hangs_delays_no_other_chat(
    tmp_path: Path, server: Telegram, library: str, method: str, done: bool
) -> None:
    """Nor does it keep other owners' updates from being taken."""
    owner, other = people(server, 2)
    gate = asyncio.Event()
    async with bot(tmp_path, server, library) as running:
        await talk(running, owner, TALK[:1], SAID[:1])
        server.fail(method, how=Slow(gate, done), chat=owner.chat.id)
        owner.says("weibo")
        await server.until(lambda: [call for call in server.called(method) if call.planned])
        for place, line in enumerate(TALK, 1):
            other.says(line)
            await server.until(lambda place=place: heard(other, SAID[:place]))
        assert len(texts(owner)) == 1 + (done and method == "sendMessage")
        gate.set()
        await server.until(lambda: heard(owner, SAID[:2]))
    assert len(texts(owner)) == 2


async def test_many_chats_under_random_faults(tmp_path: Path, server: Telegram, library: str) -> None:
    """In each arrives what was committed for it, in that order; only what may have arrived comes again."""
    chance = Random(20261121)  # noqa: S311 - no secret
    owners = people(server, 20)
    said = {one: [f"{one.chat.id}, message {number}" for number in range(10)] for one in owners}
    commit(tmp_path, said)
    faults = [Status(500), Status(502), CutBefore(), CutAfter(), Garbage(), Garbage(b"[]"), Flood(3)]
    for method, most in (("sendMessage", 200), ("editMessageReplyMarkup", 150)):
        for _ in range(40):
            server.fail(method, how=chance.choice(faults), at=chance.randint(1, most))
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: all(texts(one)[-1:] == said[one][-1:] for one in owners))
    unsure = [call for call in server.called("sendMessage") if call.planned and call.acted]
    for one in owners:
        twice = len([call for call in unsure if call.chat_id == one.chat.id])
        assert once(texts(one)) == said[one]
        assert len(texts(one)) <= len(said[one]) + twice
    assert server.unmet() == []
