"""What is done now and then: erasing what is due to be erased, and mending what a wrong clock has left."""

from __future__ import annotations

import asyncio
import logging

from bot.clock import Clock
from bot.runner import PUSHED, Runner
from storage import astray
from storage.database import Database, Raced, Unavailable

log = logging.getLogger(__name__)

SOON = 0.1
SWEEP = 60.0
"""Seconds between two looks."""


class Sweeping:
    """Sweeps a database."""

    def __init__(self, database: Database, runner: Runner, clock: Clock) -> None:
        self._database = database
        self._runner = runner
        self._clock = clock

    async def run(self) -> None:
        """Sweep until cancelled; what cannot be done now is done the next time."""
        while True:
            erased = 0
            try:
                erased = await asyncio.to_thread(self.sweep)
            except (Unavailable, Raced):
                log.exception("erasing put off")
            # Much that is overdue, after a night without the program, is not put off a minute each time.
            await asyncio.sleep(SOON if erased else SWEEP)

    def sweep(self) -> int:
        """Erase and mend, unless the clock is not believed; returns in how many chats there was something."""
        now = self._clock.believed()
        if now is None:
            return 0
        with self._database.transaction() as tx:
            brought_back = astray.bring_back(tx, PUSHED, now)
        if brought_back:
            log.warning("leases brought back", extra={"count": brought_back})
        return self._runner.erase_overdue()
