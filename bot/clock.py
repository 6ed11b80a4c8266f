"""The clock, and whether it can be believed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

log = logging.getLogger(__name__)

JUMP = timedelta(hours=1)
"""What the clock may run ahead or behind of the seconds that have passed, between two looks."""
LONGEST_OFF = timedelta(days=400)
"""How long the bot may have been off without it being a wonder."""
DOUBTED = 600.0
"""Seconds for which a clock that has jumped is not believed: whoever set it wrongly may set it right."""


class Clock:
    """The time of day held against the seconds that pass. `now` may jump, `monotonic` never does.

    What nobody waits for, and cannot be taken back, is not done by a clock that is not believed: reminding,
    erasing, filing. Owners' own turns go on.
    """

    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.now = now
        self._monotonic = monotonic
        self._seen, self._at = now(), monotonic()
        self._doubted_until = self._at
        self._lock = Lock()

    def compare(self, newest: datetime | None) -> None:
        """Doubt it if the newest moment that is known lies ahead, or a long time back."""
        if newest is not None and not newest - JUMP <= self.now() <= newest + LONGEST_OFF:
            self._doubt()

    def believed(self) -> datetime | None:
        """The time; None while it is not believed. Safe to ask from several threads."""
        with self._lock:
            now, at = self.now(), self._monotonic()
            jumped = abs(now - self._seen - timedelta(seconds=at - self._at)) > JUMP
            self._seen, self._at = now, at
            if jumped:
                self._doubt()
            return now if at >= self._doubted_until else None

    def _doubt(self) -> None:
        log.error("clock jumped")
        self._doubted_until = self._monotonic() + DOUBTED
