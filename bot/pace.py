"""How fast may be sent: so many messages a second overall, and so many in one chat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

CHAT_BURST = 3
REMEMBERED = 10_000
"""Chats whose pace is kept in mind; one not written to for long has its burst back anyway."""


class Pace:
    """Token buckets, by the clock of the event loop. `rate` and `chat_rate` are in messages a second."""

    def __init__(
        self,
        rate: float,
        chat_rate: float,
        clock: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._all = _Bucket(rate, max(1.0, rate))
        self._chat_rate = chat_rate
        self._chats: OrderedDict[str, _Bucket] = OrderedDict()
        self._clock = clock
        self._pause = pause

    async def take(self, chat: str) -> None:
        """Return when one more message may be sent to `chat`."""
        bucket = self._chats.setdefault(chat, _Bucket(self._chat_rate, CHAT_BURST))
        self._chats.move_to_end(chat)
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        now = self._clock()
        wait = max(bucket.wait(now), self._all.wait(now))
        if wait > 0:
            await self._pause(wait)


class _Bucket:
    """Tokens that come back at `rate` a second, up to `most`. A debt is waited for."""

    def __init__(self, rate: float, most: float) -> None:
        self._rate = rate
        self._most = most
        self._left = most
        self._at: float | None = None

    def wait(self, now: float) -> float:
        """Take one token; how many seconds until it is really there."""
        if self._at is not None:
            self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= 1
        return max(0.0, -self._left / self._rate)
