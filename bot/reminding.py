"""Reminders in time: those that are due are claimed, and each becomes a turn of its chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.runner import Incoming, Runner
from dialogs.conversation import ReminderDue
from storage import reminders
from storage.database import Database, Raced, Unavailable
from storage.records import Address, ClaimedReminder

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a claimed reminder is ours; and how long one waits whose turn has failed."""
AT_ONCE = 200
"""How many are told in one transaction."""
LONGEST_NAP = 5.0
"""Seconds at most between two looks, for reminders that were planned meanwhile."""


class Reminding:
    """Tells the reminders of some channels. `told` is called with the address of a chat that has news.

    `pause` waits for so many seconds.
    """

    def __init__(
        self,
        channels: Collection[str],
        database: Database,
        runner: Runner,
        clock: Clock,
        told: Callable[[Address], None],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._channels = channels
        self._database = database
        self._runner = runner
        self._clock = clock
        self._told = told
        self._pause = pause

    async def run(self) -> None:
        """Work until cancelled. What was begun is ended before."""
        while True:
            working = asyncio.create_task(asyncio.to_thread(self.work))
            try:
                nap = await asyncio.shield(working)
            except (Unavailable, Raced):
                log.exception("database away")
                nap = LONGEST_NAP
            except asyncio.CancelledError:
                await asyncio.wait({working})
                raise
            await self._pause(nap)

    def work(self) -> float:
        """Tell what is due, as much as one transaction takes; returns the seconds until there may be more."""
        claimed = self.claim()
        if claimed:
            self.tell(claimed)
            return 0.0
        now = self._clock.believed()
        if now is None:
            return LONGEST_NAP
        with self._database.reading() as tx:
            due = reminders.next_reminder_due(tx, self._channels, now)
        return LONGEST_NAP if due is None else min(LONGEST_NAP, max(0.0, (due - now).total_seconds()))

    def claim(self) -> list[ClaimedReminder]:
        """What is due, ours for the lease; nothing while the clock is not believed."""
        now = self._clock.believed()
        if now is None:
            return []
        with self._database.transaction() as tx:
            return reminders.claim_reminders(tx, self._channels, now, AT_ONCE, LEASE)

    def tell(self, claimed: Sequence[ClaimedReminder]) -> None:
        """Take their turns, in one transaction. What is no longer ours is left out."""
        self._runner.run([Incoming(one.address, ReminderDue(one.id), claimed=one) for one in claimed])
        for address in {one.address for one in claimed}:
            self._told(address)
