"""`getUpdates`: a real long poll."""

from __future__ import annotations

import asyncio

from tests.telegram.errors import Json, conflict
from tests.telegram.parameters import Asked
from tests.telegram.state import State

LONGEST_POLL = 50
MOST_UPDATES = 100
ANOTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
HOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
HOOK_COMES = "terminated by setWebhook request"


async def get_updates(state: State, asked: Asked) -> list[Json]:
    """`getUpdates`: as soon as there is one, or none after `timeout` seconds of the world's or the clock's.

    A second call ends the first. Raises Refused.
    """
    if state.hook.url:
        raise conflict(HOOK_SET)
    offset = asked.integer("offset")
    limit = min(max(asked.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)
    timeout = min(max(asked.integer("timeout"), 0), LONGEST_POLL)
    state.updates.allow(asked.json("allowed_updates"))
    state.poll += 1
    mine = state.poll
    state.clock.bell.ring()
    state.updates.confirm(offset)
    ends = state.clock.unix() + timeout

    def ready() -> bool:
        if state.hook.url:
            raise conflict(HOOK_COMES)
        if state.poll != mine:
            raise conflict(ANOTHER_POLL)
        return bool(state.updates.waiting()) or state.clock.unix() >= ends

    try:
        async with asyncio.timeout(timeout or None):
            await state.clock.bell.until(ready)
    except TimeoutError:
        return []
    return [update.json() for update in state.updates.take(limit)]
