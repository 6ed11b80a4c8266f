"""A bad line is borne with: what must come through is tried until it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from bot.delivered import Flooded, Passing, Undelivered

log = logging.getLogger(__name__)

GAPS = (1.0, 2.0, 5.0, 10.0, 30.0)

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")


def gaps() -> Iterator[float]:
    """Seconds between two tries, growing; without end."""
    yield from GAPS
    while True:
        yield GAPS[-1]


async def patiently(
    call: Callable[[], Awaitable[T]],
    pause: Pause = asyncio.sleep,
    borne: tuple[type[Undelivered], ...] = (Passing,),
) -> T:
    """What `call` returns in the end. Raises what is neither a flood nor to be borne with."""
    growing = gaps()
    while True:
        try:
            return await call()
        except Flooded as error:
            why, wait = "Flooded", error.retry_after
        except borne as error:
            why, wait = type(error).__name__, next(growing)
        log.warning("telegram did not do what was asked", extra={"why": why})
        await pause(wait)
