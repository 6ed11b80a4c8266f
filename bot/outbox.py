"""What leaves the process: filings that are due go to the office, and its answers come back as events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.office.link import OfficeLink
from bot.runner import Incoming, Runner
from dialogs.conversation import OfficeAnswered
from dialogs.filing import Filing, Step, as_claimed
from dialogs.office import Absent, Answer
from storage import filings
from storage.database import Database
from storage.records import Address, ClaimedFiling

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a claimed filing is ours; longer than any request to an office may take."""
_ERASED: Answer = Absent()
"""Stands in for the answer about a filing that its owner has erased: there is nothing to ask the office."""
ANOTHER_OFFICE = timedelta(hours=1)
"""Until the next look at a filing that is for another office."""
LONGEST_NAP = 5.0
"""Seconds at most between two looks, for work that another process has planned."""


class Outbox:
    """Brings filings forward. `told` is called with the address of a chat that has news.

    Nothing is begun while the clock is not `believed`.
    """

    def __init__(
        self,
        database: Database,
        runner: Runner,
        link: OfficeLink,
        now: Callable[[], datetime],
        told: Callable[[Address], None],
        believed: Callable[[], bool] = lambda: True,
    ) -> None:
        self._believed = believed
        self._database = database
        self._runner = runner
        self._link = link
        self._now = now
        self._told = told
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do now."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            try:
                nap = 0.0 if await self.work() else await asyncio.to_thread(self._until_due)
            except Exception:
                log.exception("outbox failed")
                nap = LONGEST_NAP
            if nap:
                await self._nap(nap)

    async def _nap(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    def _until_due(self) -> float:
        if not self._believed():
            return LONGEST_NAP
        with self._database.reading() as tx:
            due = filings.next_due(tx)
        return LONGEST_NAP if due is None else min(LONGEST_NAP, max(0.0, (due - self._now()).total_seconds()))

    async def work(self) -> int:
        """Bring every filing that is due one step forward; returns how many."""
        claimed = await asyncio.to_thread(self._claim)
        await asyncio.gather(*(self._forward(one) for one in claimed))
        return len(claimed)

    def _claim(self) -> list[ClaimedFiling]:
        if not self._believed():
            return []
        with self._database.transaction() as tx:
            return filings.claim_filings(tx, self._now(), 20, LEASE)

    def _put_back(self, claimed: ClaimedFiling) -> None:
        with self._database.transaction() as tx:
            filings.release(tx, claimed, self._now() + ANOTHER_OFFICE)

    async def _forward(self, claimed: ClaimedFiling) -> None:
        """One step with the office; no transaction is open meanwhile."""
        loaded = await asyncio.to_thread(self._runner.conversation, claimed.address)
        filing = _the(claimed, loaded.conversation.filings)
        step, answer = Step.LOOK_UP, _ERASED
        if filing is not None and filing.office != self._link.office:
            # It was confirmed for another office, and goes to no other. It waits until that one is set again.
            log.warning("filing waits for another office")
            await asyncio.to_thread(self._put_back, claimed)
            return
        if filing is not None:
            step = filing.next_step
            answer = await self._link.act(filing, step, loaded.conversation.language or "en")
        event = OfficeAnswered(claimed.reference, claimed.revision, step, answer)
        await asyncio.to_thread(self._runner.run, [Incoming(claimed.address, event, claimed=claimed)])
        self._told(claimed.address)


def _the(claimed: ClaimedFiling, among: tuple[Filing, ...]) -> Filing | None:
    """The filing that was claimed, as its claim has it treated; None if the owner has erased it."""
    for filing in among:
        if (filing.reference, filing.revision) == (claimed.reference, claimed.revision):
            return as_claimed(filing, claimed.state)
    return None
