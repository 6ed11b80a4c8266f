"""What leaves the process: filings that are due go to the office, and its answers come back as events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.office.client import LONGEST_REQUEST
from bot.office.link import OfficeLink
from bot.runner import Incoming, Runner
from dialogs.conversation import OfficeAnswered
from dialogs.filing import Filing, Step, as_claimed
from dialogs.office import Absent, Answer
from storage import filings
from storage.database import Database, Raced, Unavailable
from storage.records import Address, ClaimedFiling

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a claimed filing is ours."""
ROOM = timedelta(seconds=1.5 * LONGEST_REQUEST)
"""What must be left of the lease when a request begins: the longest one ends well within."""
AT_ONCE = 20
"""How many filings are brought forward side by side."""
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
            except (Unavailable, Raced):
                log.exception("database away")
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
        """Bring what is due one step forward; returns how many. A filing that fails stops no other."""
        claimed = await self._claimed()
        ended = await asyncio.gather(*(self._forward(one) for one in claimed), return_exceptions=True)
        for one, failure in zip(claimed, ended, strict=True):
            if failure is not None:
                log.error("filing failed", extra={"row": one.reference}, exc_info=failure)
        return len(claimed)

    async def _claimed(self) -> list[ClaimedFiling]:
        """What is ours to bring forward. If we are to end before it is begun, it is given back."""
        claiming = asyncio.create_task(asyncio.to_thread(self._claim))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await self._give_back(await claiming)
            raise

    def _claim(self) -> list[ClaimedFiling]:
        if not self._believed():
            return []
        with self._database.transaction() as tx:
            return filings.claim_filings(tx, self._now(), AT_ONCE, LEASE)

    async def _give_back(self, unsent: list[ClaimedFiling]) -> None:
        """Nothing has left for these: whoever claims next need not wait for the end of our lease."""
        for one in unsent:
            with suppress(Unavailable, Raced):  # then it does end by itself
                await asyncio.to_thread(self._put_back, one)

    def _put_back(self, claimed: ClaimedFiling, gap: timedelta = timedelta(0)) -> None:
        with self._database.transaction() as tx:
            filings.release(tx, claimed, self._now() + gap)

    async def _forward(self, claimed: ClaimedFiling) -> None:
        """One step with the office; no transaction is open meanwhile."""
        try:
            loaded = await asyncio.to_thread(self._runner.conversation, claimed.address)
        except asyncio.CancelledError:
            await self._give_back([claimed])
            raise
        filing = _the(claimed, loaded.conversation.filings)
        step, answer = Step.LOOK_UP, _ERASED
        if filing is not None and filing.office != self._link.office:
            # It was confirmed for another office, and goes to no other. It waits until that one is set again.
            log.warning("filing waits for another office")
            await asyncio.to_thread(self._put_back, claimed, ANOTHER_OFFICE)
            return
        if filing is not None and self._now() + ROOM > claimed.until:
            # We were held up: whoever claims it next may begin before our request has ended.
            log.warning("claim too old")
            await asyncio.to_thread(self._put_back, claimed)
            return
        if filing is not None:
            step = filing.next_step
            answer = await self._link.act(filing, step, loaded.conversation.language or "en")
        event = OfficeAnswered(claimed.reference, claimed.revision, step, answer)
        await self._taken(Incoming(claimed.address, event, claimed=claimed))
        self._told(claimed.address)

    async def _taken(self, answered: Incoming) -> None:
        """An answer in hand is written, even if we are to end."""
        writing = asyncio.create_task(asyncio.to_thread(self._runner.run, [answered]))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await writing
            raise


def _the(claimed: ClaimedFiling, among: tuple[Filing, ...]) -> Filing | None:
    """The filing that was claimed, as its claim has it treated; None if the owner has erased it."""
    for filing in among:
        if (filing.reference, filing.revision) == (claimed.reference, claimed.revision):
            return as_claimed(filing, claimed.state)
    return None
