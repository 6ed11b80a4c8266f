"""Messages out, where a channel has to be called: in order per chat, at the rates it allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.telegram.api import Flooded, Gone, Moved, NotAccepted, TelegramError, Unauthorised
from bot.pace import Pace
from bot.shown import Shown, shown
from storage import holds, outbox
from storage.database import Database
from storage.records import ClaimedMessage, Screen

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
BATCH = 100
LONGEST_NAP = 2.0
"""Seconds at most between two looks, for messages that another process has written meanwhile."""
BACK_OFF = (1, 2, 5, 15, 60, 300)
"""Seconds until the next try of a message, by how often it was tried."""

Deliver = Callable[[str, Shown, str, bool], Awaitable[str]]
"""Shows a message in a chat, given the id of the one before and whether that still has its buttons; returns
the id of the message that shows the question."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one message: sent as `screen`, to be tried again at `due_at`, or given up."""

    claimed: ClaimedMessage
    screen: Screen | None = None
    due_at: datetime | None = None
    gone: bool = False


class Sending:
    """Sends the messages of one channel."""

    def __init__(
        self, channel: str, database: Database, deliver: Deliver, now: Callable[[], datetime], pace: Pace
    ) -> None:
        self._channel = channel
        self._database = database
        self._deliver = deliver
        self._now = now
        self._pace = pace
        self._wake = asyncio.Event()
        self._quiet_until: datetime | None = None

    def wake(self) -> None:
        """There may be something to send now."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled. Raises Unauthorised."""
        while True:
            self._wake.clear()
            if not await self.work():
                await self._nap()

    async def _nap(self) -> None:
        try:
            async with asyncio.timeout(await asyncio.to_thread(self._until_due)):
                await self._wake.wait()
        except TimeoutError:
            return

    def _until_due(self) -> float:
        with self._database.reading() as tx:
            due = outbox.next_message_due(tx, [self._channel])
        due = max(filter(None, (due, self._quiet_until)), default=None)
        return (
            LONGEST_NAP if due is None else min(LONGEST_NAP, max(0.05, (due - self._now()).total_seconds()))
        )

    async def work(self) -> int:
        """Send the oldest waiting message of every chat, as far as it is due; returns how many were tried."""
        if self._quiet_until and self._now() < self._quiet_until:
            return 0
        claimed = await asyncio.to_thread(self._claim)
        outcomes = await asyncio.gather(*(self._send(one) for one in claimed))
        if outcomes:
            await asyncio.to_thread(self._mark, outcomes)
        return len(claimed)

    def _claim(self) -> list[ClaimedMessage]:
        with self._database.transaction() as tx:
            return outbox.claim_messages(tx, [self._channel], self._now(), BATCH, LEASE)

    async def _send(self, claimed: ClaimedMessage) -> _Outcome:
        chat, outgoing, before = claimed.address.chat, claimed.outgoing, claimed.screen
        message = shown(outgoing.id, outgoing.language, outgoing.turn, outgoing.message)
        await self._pace.take(chat)
        if self._quiet_until and self._now() < self._quiet_until:
            return _Outcome(claimed, due_at=self._quiet_until)
        try:
            sent = await self._deliver(
                chat, message, before.message if before else "", bool(before and before.buttons)
            )
        except TelegramError as error:
            return self._failed(claimed, error)
        return _Outcome(claimed, Screen(sent, outgoing.turn, bool(message.choices)))

    def _failed(self, claimed: ClaimedMessage, error: TelegramError) -> _Outcome:
        """What a failed call means for its message. What the channel refuses as it is, is given up."""
        if isinstance(error, Unauthorised):
            raise error
        log.info("message not sent", extra={"why": type(error).__name__})
        if isinstance(error, Flooded):
            self._quiet_until = self._now() + timedelta(seconds=error.retry_after)
            return _Outcome(claimed, due_at=self._quiet_until)
        if isinstance(error, Gone):
            return _Outcome(claimed, gone=True)
        if isinstance(error, (Moved, NotAccepted)):
            log.error("message given up", extra={"why": type(error).__name__})
            return _Outcome(claimed)
        wait = BACK_OFF[min(claimed.attempts, len(BACK_OFF) - 1)]
        return _Outcome(claimed, due_at=self._now() + timedelta(seconds=wait))

    def _mark(self, outcomes: list[_Outcome]) -> None:
        with self._database.transaction() as tx:
            done = [one for one in outcomes if one.due_at is None and not one.gone]
            now_shown = {one.claimed.outgoing.id: one.screen for one in done if one.screen is not None}
            outbox.delivered(tx, [one.claimed for one in done], now_shown)
            for one in outcomes:
                if one.due_at is not None:
                    outbox.release(tx, one.claimed, one.due_at)
        for one in outcomes:
            if one.gone:
                with self._database.transaction() as tx:
                    holds.hold(tx, one.claimed.address)
