"""What a pushed channel receives, into the runner."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.i18n import language_of
from bot.received import NotTaken, Received
from bot.runner import Incoming, Runner
from storage import conversations, holds
from storage.database import Database, Raced, Unavailable
from storage.records import Address


class ChannelInbox:
    """The inbox of one channel. `after` is called when something was committed."""

    def __init__(
        self,
        channel: str,
        runner: Runner,
        database: Database,
        now: Callable[[], datetime],
        after: Callable[[], None],
    ) -> None:
        self._channel = channel
        self._runner = runner
        self._database = database
        self._now = now
        self._after = after

    async def take(self, received: Sequence[Received]) -> None:
        """Commit these, in order. Raises NotTaken."""
        if received:
            await self._committed(lambda: self._runner.run([self._incoming(one) for one in received]))
            self._after()

    async def hold(self, chat: str, update: str) -> None:
        """The owner cannot be reached: nothing is sent there until they speak again. Raises NotTaken."""
        await self._committed(lambda: self._hold(chat, update))

    async def _committed(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except (Unavailable, Raced):
            raise NotTaken from None

    def _hold(self, chat: str, update: str) -> None:
        """An update that comes once more says nothing about today."""
        with self._database.transaction() as tx:
            if conversations.fresh_updates(tx, {(self._channel, update)}, self._now()):
                holds.hold(tx, self._address(chat))

    def _incoming(self, one: Received) -> Incoming:
        return Incoming(
            self._address(one.chat), one.event, one.update, language=language_of(one.language) or ""
        )

    def _address(self, chat: str) -> Address:
        return Address(self._channel, chat)
