"""Messages out, where a channel has to be called: in order per chat, chats beside each other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.delivered import Deliver, Flooded, Gone, Passing, Refused, Unauthorised, Undelivered
from bot.pace import Pace
from bot.place import place_of, report_after, screen_after
from bot.printer import Printer
from storage import holds, outbox
from storage.database import Database, Raced, Unavailable
from storage.records import ClaimedMessage, Screen

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
LONGEST_TRY = 100.0
"""Seconds after which a try is broken off: while its lease lasts, nobody else sends the message."""
LONGEST_NAP = 2.0
"""Seconds at most between two looks, for messages that another process has written meanwhile."""
BACK_OFF = (1, 2, 5, 15, 60, 300)
"""Seconds until the next try of a message, by how often it was tried."""


class _Fate(Enum):
    """What became of a message that was tried."""

    DONE = "delivered, or given up"
    MORE = "a part of it was delivered"
    LATER = "to be tried again"
    GONE = "its owner cannot be reached"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One try. `screen` and `report` are what the chat shows since, if it has changed: see `bot.place`.

    `due_at` is when to try again.
    """

    claimed: ClaimedMessage
    fate: _Fate
    screen: Screen | None = None
    report: str | None = None
    due_at: datetime | None = None


class Sending:
    """Sends the messages of one channel."""

    def __init__(
        self,
        channel: str,
        database: Database,
        deliver: Deliver,
        now: Callable[[], datetime],
        pace: Pace,
        printer: Printer,
    ) -> None:
        self._channel = channel
        self._database = database
        self._deliver = deliver
        self._now = now
        self._pace = pace
        self._printer = printer
        self._wake = asyncio.Event()
        self._ending = False
        self._barred: Unauthorised | None = None
        self._flying: dict[asyncio.Task[_Outcome], ClaimedMessage] = {}
        self._landed: list[_Outcome] = []

    def wake(self) -> None:
        """There may be something to send now."""
        self._wake.set()

    def end(self) -> None:
        """Let `run` send what is due, and return."""
        self._ending = True
        self.wake()

    async def run(self) -> None:
        """Send until `end`. Raises Unauthorised."""
        try:
            await self._work()
        finally:
            await self._give_back()

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            try:
                # First of all: what was sent must never be claimed again after a long time without database.
                await self._settle()
                found = await self._launch()
                if not self._flying and self._barred:
                    raise self._barred
                if not self._flying and self._ending and not found:
                    return
                await self._land()
            except (Unavailable, Raced):
                log.exception("database away")
                await self._pace.pause(LONGEST_NAP)

    async def _give_back(self) -> None:
        """What is still on its way is broken off, and is due at once for whoever sends next."""
        for task in self._flying:
            task.cancel()
        ended = await asyncio.gather(*self._flying, return_exceptions=True)
        for claimed, outcome in zip(self._flying.values(), ended, strict=True):
            broken_off = _Outcome(claimed, _Fate.LATER, due_at=self._now())
            self._landed.append(outcome if isinstance(outcome, _Outcome) else broken_off)
        self._flying.clear()
        try:
            await self._settle()
        except (Unavailable, Raced):
            log.exception("database away")

    async def _settle(self) -> None:
        """Mark what became of all that was not marked yet."""
        if self._landed:
            await asyncio.to_thread(self._mark, self._landed)
            self._landed = []

    async def _launch(self) -> bool:
        """Begin to send the oldest message of every chat, as far as it is due; whether there was any."""
        if self._barred or self._pace.quiet or len(self._flying) >= self._pace.at_once:
            return False
        claimed, lost = await asyncio.to_thread(self._claim)
        for id_ in lost:
            log.error("message unreadable", extra={"row": id_})
            self.wake()  # the one behind it is due now
        self._flying.update({asyncio.create_task(self._send(one)): one for one in claimed})
        return bool(claimed or lost)

    def _claim(self) -> tuple[list[ClaimedMessage], list[int]]:
        with self._database.transaction() as tx:
            most = self._pace.at_once - len(self._flying)
            return outbox.claim_messages(tx, [self._channel], self._now(), most, LEASE)

    async def _land(self) -> None:
        """Wait until something was sent, or is to be."""
        nap = LONGEST_NAP if self._flying else await asyncio.to_thread(self._until_due)
        signals = {asyncio.ensure_future(one) for one in (self._wake.wait(), self._pace.pause(nap))}
        try:
            await asyncio.wait({*signals, *self._flying}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for signal in signals:
                signal.cancel()
        for task in [task for task in self._flying if task.done()]:
            del self._flying[task]
            self._landed.append(task.result())

    def _until_due(self) -> float:
        with self._database.reading() as tx:
            due = outbox.next_message_due(tx, [self._channel])
        wait = LONGEST_NAP if due is None else (due - self._now()).total_seconds()
        return min(LONGEST_NAP, max(0.05, wait, self._pace.quiet))

    async def _send(self, claimed: ClaimedMessage) -> _Outcome:
        outgoing = claimed.outgoing
        try:
            message = await self._printer.shown(
                outgoing.id, outgoing.language, outgoing.turn, outgoing.message
            )
            async with asyncio.timeout(LONGEST_TRY):
                sent = await self._deliver(claimed.address.chat, message, place_of(claimed), claimed.part)
        except TimeoutError:
            return self._failed(claimed, Passing("too slow"))
        except Undelivered as error:
            return self._failed(claimed, error)
        except Exception:
            log.exception("message not shown", extra={"row": outgoing.id})
            return self._later(claimed) if claimed.attempts < len(BACK_OFF) else _Outcome(claimed, _Fate.DONE)
        fate = _Fate.MORE if sent.more else _Fate.DONE
        return _Outcome(claimed, fate, screen_after(claimed, sent), report_after(claimed, sent))

    def _failed(self, claimed: ClaimedMessage, error: Undelivered) -> _Outcome:
        """What a failed call means for its message. What the channel refuses as it is, is given up."""
        log.warning("message not sent", extra={"why": type(error).__name__})
        if isinstance(error, Flooded):
            self._pace.be_quiet(error.retry_after)
            return self._later(claimed, error.retry_after)
        if isinstance(error, Gone):
            return _Outcome(claimed, _Fate.GONE)
        if isinstance(error, Unauthorised):
            self._barred = error
        if isinstance(error, Refused):
            log.error("message given up", extra={"row": claimed.outgoing.id, "why": type(error).__name__})
            return _Outcome(claimed, _Fate.DONE)
        return self._later(claimed)

    def _later(self, claimed: ClaimedMessage, seconds: float | None = None) -> _Outcome:
        """To be tried again in so many seconds, or by how often it was tried."""
        wait = BACK_OFF[min(claimed.attempts, len(BACK_OFF) - 1)] if seconds is None else seconds
        return _Outcome(claimed, _Fate.LATER, due_at=self._now() + timedelta(seconds=wait))

    def _mark(self, outcomes: list[_Outcome]) -> None:
        by_fate = {fate: [one for one in outcomes if one.fate is fate] for fate in _Fate}
        screens = {one.claimed.outgoing.id: one.screen for one in outcomes if one.screen is not None}
        reports = {one.claimed.outgoing.id: one.report for one in outcomes if one.report is not None}
        with self._database.transaction() as tx:
            outbox.delivered(tx, [one.claimed for one in by_fate[_Fate.DONE]], screens, reports)
            outbox.went_on(tx, [one.claimed for one in by_fate[_Fate.MORE]], self._now(), screens, reports)
            for one in outcomes:
                if one.due_at is not None:
                    outbox.release(tx, one.claimed, one.due_at)
        for one in by_fate[_Fate.GONE]:
            with self._database.transaction() as tx:
                # If it is not ours any more, its owner may have come back meanwhile.
                if outbox.release(tx, one.claimed, self._now()):
                    holds.hold(tx, one.claimed.address)
