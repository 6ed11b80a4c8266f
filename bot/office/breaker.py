"""A circuit breaker: an office that does not answer, or asks for time, is left alone by all filings at once.

It knows no clock and sends nothing: it is told the time, and what came of each request that it let through.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from dialogs.office import Answer, Busy, Unclear

MOST_FAILURES = 5
"""Requests in a row that may come to nothing before the office is left alone."""
SHORTEST_REST = 30
LONGEST_REST = 600
"""Seconds of the first rest, and of the longest: each rest without an answer after it is twice as long."""
WHILE_TRYING = 5
"""Seconds that others wait while one request tries whether the office is back."""

_LINE = frozenset({"timeout", "cut", "unreachable", "redirect", "garbage", "too_large"})


class Breaker:
    """The breaker of one office. `chance` gives numbers from 0 to 1, by which the rests of bots differ."""

    def __init__(self, chance: Callable[[], float], most_failures: int = MOST_FAILURES) -> None:
        self._chance = chance
        self._most = most_failures
        self._failures = 0
        self._next_rest = SHORTEST_REST
        self._trying = False
        self._rest_until: datetime | None = None
        self._asked_until: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """The end of the rest; None for an office that answers. After it one request at a time may go."""
        return max((end for end in (self._rest_until, self._asked_until) if end), default=None)

    def wait(self, now: datetime) -> int:
        """Seconds to wait, 1 at least; or 0: this request may go, and `ended` is told what came of it."""
        if self.until is None:
            return 0
        if now < self.until:
            return ceil((self.until - now).total_seconds())
        if self._trying:
            return WHILE_TRYING
        self._trying = True
        return 0

    def ended(self, now: datetime, answer: Answer | None) -> None:
        """What came of a request that was let through; None if it was broken off by us."""
        resting = self.until is not None and now < self.until
        if not resting:
            self._trying = False
        if answer is None:
            return
        if _line_failed(answer):
            self._failed(now, resting=resting)
        else:
            self.answered(now)
        if isinstance(answer, Busy | Unclear) and answer.retry_after:
            asked = now + timedelta(seconds=answer.retry_after)
            self._asked_until = max(asked, self._asked_until or asked)

    def answered(self, now: datetime) -> None:
        """The office has answered as its contract says. That ends a rest, but not the time it asked for."""
        self._failures, self._next_rest = 0, SHORTEST_REST
        self._rest_until = None
        if self._asked_until is not None and self._asked_until <= now:
            self._asked_until = None

    def _failed(self, now: datetime, *, resting: bool) -> None:
        """One more failure. Of requests that were under way when the rest began, it changes nothing."""
        self._failures += 1
        if resting or (self.until is None and self._failures < self._most):
            return
        self._rest_until = now + timedelta(seconds=self._next_rest * (0.9 + 0.2 * self._chance()))
        self._next_rest = min(self._next_rest * 2, LONGEST_REST)


def _line_failed(answer: Answer) -> bool:
    """Whether it shows nothing of an office that keeps to its contract: no line, or not its answer."""
    if isinstance(answer, Busy):
        return answer.retry_after is None
    return isinstance(answer, Unclear) and (answer.why in _LINE or answer.why.startswith("http_"))
