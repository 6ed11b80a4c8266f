"""What a pushed channel receives, into the runner."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.i18n import language_of
from bot.received import Received
from bot.runner import Incoming, Runner
from storage import holds
from storage.database import Database
from storage.records import Address


class ChannelInbox:
    """The inbox of one channel. `after` is called when something was committed."""

    def __init__(self, channel: str, runner: Runner, database: Database, after: Callable[[], None]) -> None:
        self._channel = channel
        self._runner = runner
        self._database = database
        self._after = after

    async def take(self, received: Sequence[Received]) -> None:
        """Commit these, in order."""
        if received:
            await asyncio.to_thread(self._runner.run, [self._incoming(one) for one in received])
            self._after()

    def _incoming(self, one: Received) -> Incoming:
        return Incoming(
            self._address(one.chat), one.event, one.update, language=language_of(one.language) or ""
        )

    async def hold(self, chat: str) -> None:
        """The owner cannot be reached: nothing is sent there until they return."""
        await asyncio.to_thread(self._hold, chat)

    def _hold(self, chat: str) -> None:
        with self._database.transaction() as tx:
            holds.hold(tx, self._address(chat))

    async def resume(self, chat: str) -> None:
        """The owner is back; what waited meanwhile is dropped."""
        await asyncio.to_thread(self._resume, chat)

    def _resume(self, chat: str) -> None:
        with self._database.transaction() as tx:
            holds.resume(tx, self._address(chat))

    def _address(self, chat: str) -> Address:
        return Address(self._channel, chat)
