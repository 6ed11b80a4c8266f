"""A database that is away: nothing is confirmed that is not kept, and nothing is sent twice for it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.sending import LEASE
from tests.channels.bots import SAID, TALK, about_chats, bot, heard, talk, texts
from tests.telegram.faults import Slow
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """Another program takes away a table meanwhile: nothing can be read or written that matters."""
    with closing(sqlite3.connect(folder / "beian.db", isolation_level=None)) as other:
        other.execute("ALTER TABLE conversations RENAME TO taken_away")
        try:
            yield
        finally:
            other.execute("ALTER TABLE taken_away RENAME TO conversations")


async def test_updates_wait_unconfirmed(
    tmp_path: Path, server: Telegram, person: Person, library: str
) -> None:
    """While polling. They are taken when it is back, each once."""
    async with bot(tmp_path, server, library) as running:
        await talk(running, person, TALK[:2], SAID[:2])
        with away(tmp_path):
            person.says(TALK[2])
            person.says(TALK[3])
            await running.time.passes(60)
            assert len(server.state.updates.waiting()) == 2
            calls = len(about_chats(server))
        await running.time.until(lambda: heard(person, SAID[:4]))
        await server.until(lambda: not server.state.updates.waiting())
    assert len(texts(person)) == 4
    assert len([call for call in about_chats(server)[calls:] if call.method == "sendMessage"]) == 2


async def test_a_webhook_answers_503(tmp_path: Path, server: Telegram, person: Person, library: str) -> None:
    """So that Telegram brings the update again."""
    async with bot(tmp_path, server, library, "webhook") as running:
        await talk(running, person, TALK[:2], SAID[:2])
        with away(tmp_path):
            person.says(TALK[2])
            await running.time.until(lambda: len(server.delivery.attempts) >= 5)
            assert {attempt.status for attempt in server.delivery.attempts[2:]} == {503}
        await running.time.until(lambda: heard(person, SAID[:3]))
    assert server.delivery.attempts[-1].status == 200
    assert len(texts(person)) == 3


async def test_what_was_sent_while_it_was_away_is_not_sent_again(
    tmp_path: Path, server: Telegram, person: Person, library: str
) -> None:
    """However long it was: longer than a claim lasts."""
    gate = asyncio.Event()
    async with bot(tmp_path, server, library) as running:
        await talk(running, person, TALK[:1], SAID[:1])
        server.fail("sendMessage", how=Slow(gate, done=True))
        person.says(TALK[1])
        await server.until(lambda: heard(person, SAID[:2]))
        await server.until(lambda: not server.state.updates.waiting())
        with away(tmp_path):
            gate.set()
            await server.until(lambda: server.called("sendMessage")[-1].answer)
            for _ in range(20):  # the answer is read before the lease is over
                await running.time.passes(LEASE.total_seconds() / 10)
        person.says(TALK[2])
        await running.time.until(lambda: heard(person, SAID[:3]))
    assert len(texts(person)) == 3
