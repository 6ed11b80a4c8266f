"""Flood control: how many messages a bot may send."""

from __future__ import annotations

import math
from collections.abc import Callable


class Rates:
    """So many messages a second overall, so many in a chat, each with a burst. `now` counts seconds."""

    def __init__(
        self, now: Callable[[], float], *, overall: float = 30, chat: float = 1, burst: int = 3
    ) -> None:
        self._now = now
        self._overall = _Bucket(overall, max(1, int(overall)))
        self._rate, self._burst = chat, burst
        self._chats: dict[int, _Bucket] = {}

    def take(self, chat_id: int) -> int:
        """0 if a message may go, and it is counted; else the seconds to wait."""
        now = self._now()
        buckets = [self._overall, self._chats.setdefault(chat_id, _Bucket(self._rate, self._burst))]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            return math.ceil(wait)
        for bucket in buckets:
            bucket.take(now)
        return 0


class _Bucket:
    """The generic cell rate algorithm: one number says when the burst will have drained."""

    def __init__(self, rate: float, burst: int) -> None:
        self._gap = 1 / rate
        self._slack = self._gap * (burst - 1)
        self._drained = -math.inf

    def wait(self, now: float) -> float:
        return round(self._drained - self._slack - now, 6)

    def take(self, now: float) -> None:
        self._drained = max(self._drained, now) + self._gap
