"""Long polling: updates are confirmed by the next call's offset, so never before they are committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.telegram.api import Conflicting, Library, understood
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.patience import Pause, gaps, patiently
from bot.delivered import Gone, Passing, Refused, Undelivered
from bot.received import NotTaken

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that Telegram holds a call while there is nothing."""
PATIENCE = 60.0
"""Seconds to bear with another receiver: after a restart the old call may still be draining."""


BORNE = (Passing, Refused, Gone)
"""Whatever is wrong with a call for updates but the token, or another receiver, may pass."""


class Stopped(Exception):
    """The channel cannot go on; the text says what to mend."""


async def poll(
    library: Library,
    intake: Intake,
    clock: Callable[[], float],
    pause: Pause = asyncio.sleep,
    reached: Callable[[bool], None] = lambda _: None,
) -> None:
    """Take updates until cancelled. Raises Unauthorised, and Stopped for another receiver that stays.

    `reached` is told after each call whether Telegram answered it.
    """
    offset = 0

    async def ask() -> list[dict[str, Any]]:
        try:
            raws = await _asked(library, offset)
        except Undelivered:
            reached(False)
            raise
        reached(True)
        return raws

    while True:
        raws = await _updates(ask, clock, pause)
        if raws:
            await _taken(intake, raws, pause)
            offset = int(raws[-1]["update_id"]) + 1


async def _updates(
    ask: Callable[[], Awaitable[list[dict[str, Any]]]], clock: Callable[[], float], pause: Pause
) -> list[dict[str, Any]]:
    """The next updates. Another receiver is borne with for a minute."""
    growing, since = gaps(), None
    while True:
        try:
            return await patiently(ask, pause, BORNE)
        except Conflicting:
            since = clock() if since is None else since
            if clock() - since >= PATIENCE:
                raise Stopped("another process receives this bot's updates; stop it first") from None
        log.warning("another process receives the updates")
        await pause(min(next(growing), since + PATIENCE - clock()))


async def _asked(library: Library, offset: int) -> list[dict[str, Any]]:
    """One call. Updates without a number could never be confirmed, and are none of Telegram's."""
    with understood():
        raws = list(await library.updates(offset, WAIT))
        if not all(isinstance(raw["update_id"], int) for raw in raws):
            raise Passing("no updates")
    return raws


async def _taken(intake: Intake, raws: list[dict[str, Any]], pause: Pause) -> None:
    """Have updates committed; while the database is away, they wait."""
    growing = gaps()
    while True:
        try:
            return await intake.take(raws)
        except NotTaken:
            log.warning("updates not taken")
        await pause(next(growing))
