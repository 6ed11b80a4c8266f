"""All put together: what is due goes out by the channel that pushes; nothing is swept by a doubtful clock."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import select

from bot.app import App
from bot.delivered import Delivered
from bot.pace import Pace
from bot.settings import Settings
from bot.shown import Shown
from bot.sweeping import Sweeping
from storage import outbox, reminders, schema
from storage.database import Database
from storage.keys import create, in_file
from tests.reminders.planned import chats
from tests.reminders.story import START, Story
from tests.storage.samples import CHAT, LEASE, TELEGRAM, one_turn

pytestmark = pytest.mark.anyio


async def test_what_is_due_is_told(tmp_path: Path) -> None:
    """By the bot as it is served, when its time has come."""
    create(tmp_path / "key")
    database = Database.open(f"sqlite:///{tmp_path}/beian.db", in_file(tmp_path / "key"))
    story = Story(database, START)
    story.keep(chats(1, 1, story.world(), story.days(3, 4), ["own"]))
    with database.reading() as tx:
        due = reminders.next_reminder_due(tx, TELEGRAM, START)
    assert due is not None
    database.close()
    told = asyncio.Queue[str]()

    async def deliver(chat: str, _message: Shown, _before: str, _part: int) -> Delivered:
        await told.put(chat)
        return Delivered()

    async with App(Settings(data=tmp_path, office="none"), "en", lambda: due) as app:
        sending = app.sending("telegram", deliver, Pace(1000, 1000, monotonic))
        await app.connect()
        running = asyncio.create_task(sending.run())
        async with asyncio.timeout(20):
            assert await told.get() == story.planned[0].chat.chat
        sending.end()
        await running


def test_sweeping_waits_for_a_clock_that_is_believed(sqlite_database: Database) -> None:
    """A year ahead nothing is erased; what was claimed by that clock is brought back once it is right."""
    story = Story(sqlite_database, START)
    sweeping = Sweeping(sqlite_database, story.runner, story.clock)
    one_turn(sqlite_database, CHAT, "one", erase_at=START + timedelta(hours=2), now=START)
    story.ahead = timedelta(days=365)
    assert sweeping.sweep() == 0
    with sqlite_database.transaction() as tx:
        assert outbox.claim_messages(tx, TELEGRAM, story.now(), 10, LEASE)[0]
    story.ahead = timedelta(0)
    assert sweeping.sweep() == 0
    assert _due_at(sqlite_database) > START.timestamp() * 1e6 + 1e13
    story.passed += timedelta(hours=3)
    assert sweeping.sweep() == 1
    assert _due_at(sqlite_database) == story.now().timestamp() * 1e6


def _due_at(database: Database) -> float:
    with database.reading() as tx:
        return float(tx.connection.execute(select(schema.messages.c.due_at)).scalar_one())
