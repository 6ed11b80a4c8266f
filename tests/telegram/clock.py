"""The time that the server and its tests share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.telegram.bell import Bell

BEGUN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved. `bell` is rung then."""

    def __init__(self, now: datetime = BEGUN) -> None:
        self._now = now
        self.bell = Bell()

    def __call__(self) -> datetime:
        """What it shows."""
        return self._now

    def unix(self) -> float:
        """Seconds since 1970."""
        return self._now.timestamp()

    def advance(self, **units: float) -> None:
        """Let time pass: `advance(hours=3)`. Units are those of timedelta."""
        self._now += timedelta(**units)
        self.bell.ring()
