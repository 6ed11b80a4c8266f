"""How fast may be sent: so many messages a second overall, and so many in one chat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.delivered import Flooded

CHAT_BURST = 3
MOST_AT_ONCE = 100
WAIT = 30.0
"""Seconds that a message may wait for its turn."""
REMEMBERED = 10_000
"""Chats whose pace is kept in mind; one not written to for long has its burst back anyway."""


class Pace:
    """Token buckets, by the clock of the event loop. `rate` and `chat_rate` are in messages a second.

    `pause` is how to wait for so many seconds.
    """

    def __init__(
        self,
        rate: float,
        chat_rate: float,
        clock: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate = rate
        self._all = _Bucket(rate, max(1.0, rate))
        self._chat_rate = chat_rate
        self._chats: OrderedDict[str, _Bucket] = OrderedDict()
        self._clock = clock
        self.pause = pause
        self._quiet_until = clock()

    def be_quiet(self, seconds: float) -> None:
        """Nothing may be sent for so long."""
        self._quiet_until = max(self._quiet_until, self._clock() + seconds)

    @property
    def at_once(self) -> int:
        """How many messages may be on their way together, without any waiting long for its turn."""
        return max(1, min(MOST_AT_ONCE, int(self._rate * WAIT)))

    @property
    def quiet(self) -> float:
        """For how many seconds nothing may be sent; 0 if something may."""
        return max(0.0, self._quiet_until - self._clock())

    def check(self) -> None:
        """Raises Flooded while nothing may be sent, or changed in a chat."""
        if left := self.quiet:
            raise Flooded(left)

    async def take(self, chat: str) -> None:
        """Return when one more message may be sent to `chat`. Raises Flooded instead of waiting for long."""
        self.check()
        bucket = self._chats.setdefault(chat, _Bucket(self._chat_rate, CHAT_BURST))
        self._chats.move_to_end(chat)
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        await self._wait(bucket.wait(self._clock()))
        # Taken now, so that chats come in the order in which they asked; a chat's own token is taken when
        # its message really goes, as nothing else is sent there meanwhile.
        await self._wait(self._all.take(self._clock()))
        bucket.take(self._clock())

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self.pause(seconds)
            self.check()


class _Bucket:
    """Tokens that come back at `rate` a second, up to `most`. There may be a debt."""

    def __init__(self, rate: float, most: float) -> None:
        self._rate = rate
        self._most = most
        self._left = most
        self._at: float | None = None

    def wait(self, now: float) -> float:
        """How many seconds until there is a token."""
        if self._at is not None:
            self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1 - self._left) / self._rate)

    def take(self, now: float) -> float:
        """Take one token; how many seconds until it is really there."""
        wait = self.wait(now)
        self._left -= 1
        return wait
