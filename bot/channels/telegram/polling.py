"""Long polling: updates are confirmed by the next call's offset, so never before they are committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channels.telegram.api import Conflicting, Flooded, Library, Passing, Unauthorised
from bot.channels.telegram.intake import Intake

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that Telegram holds a call while there is nothing."""
PATIENCE = 60.0
"""Seconds to bear with another receiver: after a restart the old call may still be draining."""
GAPS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between two tries while the line is bad."""


class Stopped(Exception):
    """The channel cannot go on; the text says what to mend."""


async def poll(
    library: Library,
    intake: Intake,
    clock: Callable[[], float],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Take updates until cancelled. Raises Stopped for a wrong token, or another receiver that stays."""
    offset, failures, conflict_since = 0, 0, None
    while True:
        try:
            raws = await library.updates(offset, WAIT)
        except Unauthorised:
            raise Stopped("Telegram does not accept the token; set BEIAN_TELEGRAM_TOKEN") from None
        except Conflicting:
            conflict_since = clock() if conflict_since is None else conflict_since
            if clock() - conflict_since >= PATIENCE:
                raise Stopped("another process receives this bot's updates; stop it first") from None
            wait = GAPS[2]
        except Flooded as error:
            wait = error.retry_after
        except Passing:
            wait = GAPS[min(failures, len(GAPS) - 1)]
            failures += 1
        else:
            failures, conflict_since = 0, None
            if raws:
                await intake.take(raws)
                offset = int(raws[-1]["update_id"]) + 1
            continue
        log.info("telegram not reached", extra={"count": failures})
        await pause(wait)
