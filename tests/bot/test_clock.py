from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import DOUBTED, Clock

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@dataclass
class Times:
    """A clock on the wall and one that counts."""

    wall: datetime = NOW
    seconds: float = 0.0

    def clock(self) -> Clock:
        """Both together."""
        return Clock(lambda: self.wall, lambda: self.seconds)

    def pass_(self, seconds: float, jump: timedelta = timedelta(0)) -> None:
        """So many seconds pass, and the clock is set."""
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds) + jump


def test_a_clock_that_goes_is_believed() -> None:
    """However long nobody looks; and however much it is put right little by little."""
    times = Times()
    clock = times.clock()
    for seconds in (5, 60, 86_400 * 400):
        times.pass_(seconds)
        assert clock.believed() == times.wall
    for _ in range(10):
        times.pass_(3600, timedelta(minutes=59))
        assert clock.believed() == times.wall


@pytest.mark.parametrize("jump", [YEAR, -YEAR, timedelta(minutes=61), timedelta(minutes=-61)])
def test_a_jump_is_doubted_for_ten_minutes(jump: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    """By the seconds that pass, and said once; after that it is the time."""
    times = Times()
    clock = times.clock()
    times.pass_(5, jump)
    for _ in range(10):
        assert clock.believed() is None
        times.pass_(DOUBTED / 10)
    assert clock.believed() == times.wall
    assert [(one.levelno, one.message) for one in caplog.records] == [(logging.ERROR, "clock jumped")]


def test_a_clock_that_is_set_right_is_doubted_from_then_on() -> None:
    """It has jumped again."""
    times = Times()
    clock = times.clock()
    times.pass_(5, YEAR)
    assert clock.believed() is None
    times.pass_(DOUBTED - 1, -YEAR)
    for _ in range(2):
        assert clock.believed() is None
        times.pass_(DOUBTED / 2)
    assert clock.believed() == times.wall


@pytest.mark.parametrize(
    ("newest", "believed"),
    [
        (None, True),
        (NOW, True),
        (NOW + timedelta(minutes=59), True),
        (NOW + timedelta(minutes=61), False),
        (NOW - timedelta(days=400), True),
        (NOW - timedelta(days=401), False),
    ],
)
def test_at_its_start_it_is_held_against_what_is_known(newest: datetime | None, *, believed: bool) -> None:
    """A clock that is behind what was written, or far ahead of it, is doubted as one that jumped."""
    times = Times()
    clock = times.clock()
    clock.compare(newest)
    assert (clock.believed() is not None) == believed
    times.pass_(DOUBTED)
    assert clock.believed() == times.wall
