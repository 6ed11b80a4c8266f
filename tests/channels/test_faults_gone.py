"""Owners who cannot be reached: what is for them stops at once, and nobody else is kept waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.messages import Message
from tests.channels.bots import AS_IT_IS, about_chats, bot, commit, people, texts
from tests.storage.samples import lasting, message
from tests.telegram.faults import Fault, Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

GONE = [
    Status(403, "Forbidden: bot was blocked by the user"),
    Status(403, "Forbidden: user is deactivated"),
    Status(400, "Bad Request: chat not found"),
]
SAID = (
    message("one"),
    Message(("two",), closes=("one", "✓ Yes.")),
    Message(("three",), files=(("form.txt", "text/plain", "A form."), ("form.json", "text/json", "{}"))),
    lasting("a receipt"),
    message("five"),
)
ARRIVED = ["one", "two", "three", "form.txt", "form.json", "a receipt", "five"]


@pytest.fixture(autouse=True)
def _looked_for(refused: list[str]) -> None:
    """A call finds out a block that Telegram has not told of yet; what was edited, is edited again."""
    refused.extend([AS_IT_IS, "bot was blocked by the user"])


@pytest.mark.parametrize("how", GONE, ids=lambda how: how.description)
@pytest.mark.parametrize(
    "at_call",
    [
        ("sendMessage", 1, 0),
        ("editMessageText", 1, 1),
        ("sendMessage", 2, 1),
        ("sendDocument", 1, 3),
        ("sendDocument", 2, 4),
        ("sendMessage", 5, 6),
    ],
    ids=lambda at_call: f"{at_call[0]} {at_call[1]}",
)
async def test_who_is_gone_is_sent_nothing_more(
    tmp_path: Path, server: Telegram, library: str, at_call: tuple[str, int, int], how: Fault
) -> None:
    """At any call; the receipt is kept for the return and comes first then, the rest of it is not."""
    method, at, before = at_call
    owner, other = people(server, 2)
    commit(tmp_path, {owner: SAID, other: SAID})
    server.fail(method, how=how, at=at, chat=owner.chat.id)
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: texts(other) == ARRIVED)
        await running.time.passes(120)
        assert texts(owner) == ARRIVED[:before]
        assert [call.status for call in about_chats(server) if call.chat_id == owner.chat.id][-1] >= 400
        owner.says("/start")
        kept = [] if before > ARRIVED.index("a receipt") else ["a receipt"]
        await running.time.until(lambda: len(texts(owner)) == before + len(kept) + 1)
    assert texts(owner)[before:-1] == kept
    assert "Which kind of account is it?" in texts(owner)[-1]


async def test_a_block_is_known_before_anything_is_refused(
    tmp_path: Path, server: Telegram, person: Person, library: str
) -> None:
    """Telegram says so itself; a return brings a greeting."""
    async with bot(tmp_path, server, library) as running:
        person.starts()
        await person.answered()
        person.says("weibo")
        person.blocks()
        await server.until(lambda: not server.state.updates.waiting())
        await running.time.passes(600)
        calls = len(about_chats(server))
        person.returns()
        person.starts()
        await running.time.until(lambda: len(about_chats(server)) > calls)
        await person.sees("Which kind of account is it?")


async def test_a_deleted_account_is_found_out_once(
    tmp_path: Path, server: Telegram, person: Person, library: str, refused: list[str]
) -> None:
    """Of that Telegram says nothing beforehand."""
    refused.append("user is deactivated")
    commit(tmp_path, {person: [message("one"), message("two"), lasting("a receipt")]})
    person.deactivates()
    async with bot(tmp_path, server, library) as running:
        await server.until(lambda: [call for call in about_chats(server) if call.status == 403])
        await running.time.passes(120)
    assert len(about_chats(server)) == 1
