from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import Clock
from bot.reminding import AT_ONCE, LONGEST_NAP, Reminding
from bot.runner import Incoming
from dialogs.conversation import Conversation, Remind, ReminderDue, Turn
from dialogs.reminder import Standing
from dialogs.reminding.offers import OWN
from dialogs.reminding.setting import added, planned
from storage import holds, outbox, reminders
from storage.database import Database, Unavailable
from storage.records import Address
from tests.reminders.planned import chats
from tests.reminders.story import START, Story
from tests.storage.samples import TELEGRAM, counted, one_turn

pytestmark = pytest.mark.anyio


@pytest.fixture
def story(sqlite_database: Database) -> Story:
    """A bot that has not begun yet."""
    return Story(sqlite_database, START)


def many(story: Story, count: int) -> None:
    """So many reminders, all due a month later."""
    story.keep(chats(1, count, story.world(), story.days(40, 50), ["expiry"]))
    story.passed += timedelta(days=30)
    story.boot()


def test_a_batch_is_one_transaction(story: Story) -> None:
    """However many chats it concerns: the claim, then all turns together."""
    many(story, 50)
    with counted() as ran:
        mine = story.reminding.claim()
        story.reminding.tell(mine)
    assert len(mine) > 10
    assert ran.count("COMMIT") == 2


def test_no_batch_is_too_large(story: Story) -> None:
    """What is left is told next, without a pause."""
    story.keep(chats(1, AT_ONCE + 1, story.world(), story.days(3, 20), ["own"]))
    story.passed += timedelta(days=30)
    story.boot()
    assert story.reminding.work() == 0.0
    assert len(story.reminding.claim()) == 1


def test_it_sleeps_until_the_next_is_due(story: Story) -> None:
    """But never long: another process may plan one meanwhile."""
    assert story.reminding.work() == LONGEST_NAP
    one_turn(story.database, effects=(Remind("one", story.now() + timedelta(seconds=2)),))
    assert story.reminding.work() == 2.0
    story.clock.compare(story.now() + timedelta(days=1))
    assert story.reminding.work() == LONGEST_NAP


def test_a_reminder_nobody_knows_is_dropped(story: Story) -> None:
    """Its row goes, and nothing is said."""
    one_turn(story.database, effects=(Remind("one", story.now()),))
    story.work()
    with story.database.reading() as tx:
        assert reminders.channels(tx) == []
    assert story.told == []


def test_an_owner_who_has_blocked_the_bot_is_not_reminded(story: Story) -> None:
    """It is withdrawn, and says why when they are back."""
    many(story, 1)
    (one,) = story.planned
    with story.database.transaction() as tx:
        holds.hold(tx, one.chat)
    story.run(20)
    (reminder,) = story.runner.conversation(one.chat).conversation.reminders
    assert (reminder.standing, reminder.why) == (Standing.WITHDRAWN, "blocked")
    assert story.told == []


def test_a_console_is_not_pushed(story: Story) -> None:
    """What is due there waits for its owner, without a word and without a time."""
    here, world = Address("console", "local"), story.world()
    tomorrow = replace(OWN, on=world.now.date() + timedelta(days=1))
    after, effects = added(Conversation(), planned(tomorrow, Conversation(), replace(world, fresh="one")))
    story.change(here, lambda _c, _world: Turn(after, (), effects))
    story.passed += timedelta(days=2)
    story.boot()
    assert story.reminding.claim() == []
    story.runner.run([Incoming(here, ReminderDue("one"))])
    with story.database.reading() as tx:
        assert outbox.waiting(tx, here) == []
        assert reminders.without_day(tx, "console", "", 10) == {"one": here}


async def test_it_waits_for_a_database_that_is_away(story: Story) -> None:
    """And says so; then it goes on. What was begun is ended before it ends."""
    many(story, 1)
    (one,) = story.planned
    failures, naps, told = [Unavailable("away")], [], asyncio.Event()
    loop = asyncio.get_running_loop()

    class Away(Clock):
        """As a database that fails once."""

        def believed(self) -> datetime | None:
            if failures:
                raise failures.pop()
            return super().believed()

    async def pause(seconds: float) -> None:
        naps.append(seconds)
        await asyncio.sleep(0)

    def heard(_: Address) -> None:
        loop.call_soon_threadsafe(told.set)

    with story.database.reading() as tx:
        due = reminders.next_reminder_due(tx, TELEGRAM, story.now())
    assert due is not None
    story.passed += due - story.now()
    clock = Away(story.now, story.seconds)
    worker = Reminding(TELEGRAM, story.database, story.runner, clock, heard, pause)
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        await told.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert naps[0] == LONGEST_NAP
    story.deliver()
    assert [address for _, address in story.told] == [one.chat]
