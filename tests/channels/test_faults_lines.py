"""Servers that fail, and lines that are cut, at every call of a turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.channels.bots import AS_IT_IS, SAID, TALK, WITH_EFFECT, WITHOUT_EFFECT, bot, named, talk, texts
from tests.telegram.faults import CutAfter, CutBefore, Fault, Garbage, Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _tried_again(refused: list[str]) -> None:
    """A turn that is tried again edits the question before it once more."""
    refused.append(AS_IT_IS)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("how", WITHOUT_EFFECT, ids=named)
async def test_what_did_not_happen_is_done_later(
    tmp_path: Path, server: Telegram, person: Person, library: str, mode: str, how: Fault
) -> None:
    """Once and in order, however often it fails."""
    server.fail("sendMessage", how=how, times=3, at=2)
    server.fail("editMessageText", how=how, times=3, at=2)
    async with bot(tmp_path, server, library, mode) as running:
        await talk(running, person)
    assert len(texts(person)) == len(set(texts(person)))
    assert server.unmet() == []


@pytest.mark.parametrize("how", WITH_EFFECT, ids=named)
async def test_what_may_have_happened_is_done_once_more(
    tmp_path: Path, server: Telegram, person: Person, library: str, how: Fault
) -> None:
    """A message comes twice then, and never a third time; no other does."""
    server.fail("sendMessage", how=how, at=2)
    server.fail("sendMessage", how=how, at=4)
    async with bot(tmp_path, server, library) as running:
        await talk(running, person)
    assert len(texts(person)) == len(set(texts(person))) + 2
    assert server.unmet() == []


@pytest.mark.parametrize("how", WITH_EFFECT, ids=named)
async def test_an_edit_that_may_have_happened_repeats_no_message(
    tmp_path: Path, server: Telegram, person: Person, library: str, how: Fault
) -> None:
    """It is made once more, which changes nothing."""
    server.fail("editMessageText", how=how, times=2)
    async with bot(tmp_path, server, library) as running:
        await talk(running, person)
    assert len(texts(person)) == len(set(texts(person)))
    assert server.unmet() == []


@pytest.mark.parametrize(
    "how",
    [Status(500), CutBefore(), CutAfter(), Garbage(b"[]"), Garbage(b"<html>", 403), Garbage(b"<html>", 404)],
    ids=named,
)
async def test_a_press_is_answered_whatever_becomes_of_the_first_answer(
    tmp_path: Path, server: Telegram, person: Person, library: str, how: Fault
) -> None:
    """And the turn does not wait for it."""
    server.fail("answerCallbackQuery", how=how)
    async with bot(tmp_path, server, library) as running:
        await talk(running, person, TALK[:1], SAID[:1])
        person.presses("Weibo")
        await running.time.until(lambda: SAID[1] in texts(person)[-1])
        await server.until(lambda: not server.unanswered() and len(server.called("answerCallbackQuery")) > 1)
    assert len(texts(person)) == 2
