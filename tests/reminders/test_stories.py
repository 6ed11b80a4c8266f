"""What clocks do, and what owners do meanwhile. Each story is told from a seed, and can be told again.

`make clock COUNT=…` tells them with more reminders.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.reminders.checker import faults
from tests.reminders.planned import chats
from tests.reminders.story import Story

COUNT = int(os.environ.get("BEIAN_TEST_REMINDERS", "1000"))
YEAR = timedelta(days=365)
DATED = ("own", "expiry", "new")
HALF_A_DAY = 0.5


def test_a_plain_year(story: Story) -> None:
    """Ten thousand reminders in eleven zones, through every change of their clocks."""
    story.keep(chats(1, 10 * COUNT, story.world(), story.days(2, 365), DATED))
    story.run(370)
    assert faults(story) == []
    assert len(story.told) > 15 * COUNT


@pytest.mark.parametrize("by", [YEAR, -YEAR, timedelta(days=20)])
def test_a_clock_that_is_wrong_for_minutes(story: Story, by: timedelta) -> None:
    """Nothing is told by it, neither too early nor as if it was too late."""
    story.keep(chats(2, COUNT, story.world(), story.days(2, 60), DATED))
    story.run(20.3)
    story.jump(by, timedelta(minutes=4))
    story.jump(-by)
    story.run(50)
    assert faults(story) == []


def test_a_clock_that_was_a_year_behind(story: Story) -> None:
    """All that should have been told meanwhile is told if it is not too late; the rest as it should be."""
    story.keep(chats(3, COUNT, story.world(), [*story.days(2, 60), *story.days(370, 420)], DATED))
    story.run(20.3)
    story.jump(YEAR)
    story.run(45)
    assert faults(story) == []


def test_a_clock_that_was_a_year_ahead(story: Story) -> None:
    """The year comes again; nothing is told again."""
    story.keep(chats(4, COUNT, story.world(), story.days(2, 60), DATED))
    story.run(30.3)
    before = len(story.told)
    story.jump(-YEAR)
    story.run(390)
    story.run(40)
    assert faults(story) == []
    assert before < len(story.told)


@pytest.mark.parametrize(
    "day", [date(2027, 3, 14), date(2027, 3, 28), date(2027, 4, 30), date(2027, 9, 5), date(2027, 10, 31)]
)
def test_days_on_which_clocks_change(story: Story, day: date) -> None:
    """In New York, Berlin, Cairo and Santiago; there and everywhere else it is a day as any other."""
    story.passed = datetime(day.year, day.month, day.day, 6, tzinfo=UTC) - story.start - timedelta(days=40)
    story.start, story.passed = story.now(), timedelta(0)
    story.boot()
    around = [day + timedelta(days=n) for n in range(-2, 9)]
    story.keep(chats(5, COUNT // 5, story.world(), around, DATED))
    story.run(50)
    assert faults(story) == []


def test_a_leap_day(story: Story) -> None:
    """What is due on 29 February is told on it, and 1, 7 and 30 days before."""
    story.start = datetime(2028, 1, 10, 6, tzinfo=UTC)
    story.boot()
    leap = [date(2028, 2, 29) + timedelta(days=n) for n in (0, 1, 7, 30)]
    story.keep(chats(6, COUNT, story.world(), leap, DATED))
    story.run(85)
    assert faults(story) == []


@pytest.mark.parametrize("hours", [8, 13, 20])
def test_a_month_without_a_process(story: Story, hours: int) -> None:
    """Many notices of one reminder become one; what is too late is not told."""
    story.keep(chats(7, COUNT, story.world(), story.days(2, 90), DATED))
    story.run(15)
    story.off(30 + hours / 24)
    story.run(60)
    assert faults(story) == []


def test_a_worker_that_dies_at_any_time(story: Story) -> None:
    """Between its claim and its commit; or it is only slow, and another has done its work meanwhile."""
    draw = random.Random(8)  # noqa: S311
    story.keep(chats(8, COUNT, story.world(), story.days(2, 60), DATED))
    slow = []

    def work() -> None:
        if draw.random() < 0.3:
            slow.append((story.reminding, story.reminding.claim()))
            story.boot()
            story.passed += timedelta(minutes=draw.randint(0, 6))
            story.work()
            story.passed += timedelta(minutes=6)
        story.work()
        if slow and draw.random() < 0.5:
            worker, claimed = slow.pop()
            worker.tell(claimed)
            story.deliver()

    story.run(65, work)
    assert faults(story) == []
