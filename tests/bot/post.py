"""A house with an outbox, and an office that it files with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.office.client import OfficeClient
from bot.office.link import OfficeLink
from bot.outbox import Outbox
from dialogs.filing import Filing
from storage import filings
from storage.records import Address
from tests.bot.office.practice import Practice
from tests.bot.running import HERE, House
from tests.dialogs.talks import FORM, PERSON, WEIBO

SOON = timedelta(seconds=6)
"""The first gap of all, however it is spread."""


@dataclass
class Post:
    """A house with an outbox, and the chats it said had news."""

    house: House
    told: list[Address] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def to(self, address: str, clock: Callable[[], datetime] | None = None) -> AsyncIterator[Outbox]:
        """An outbox as a process that has just started has it, for the office at that address."""
        async with OfficeClient(address, timeout=2) as client:
            link = OfficeLink(
                self.house.world.office.name, client, self.house.database, self.now, lambda _: None
            )
            yield Outbox(self.house.database, self.house.runner, link, clock or self.now, self.hear)

    def hear(self, address: Address) -> None:
        """There is news for a chat."""
        self.told.append(address)
        self.news.set()

    def now(self) -> datetime:
        """The clock, which stands still until it is set."""
        return self.house.world.now

    async def work(self, address: str, *gaps: timedelta) -> None:
        """What is due goes to the office at that address: now, and after each gap."""
        for gap in (timedelta(0), *gaps):
            self.house.world = replace(self.house.world, now=self.house.world.now + gap)
            async with self.to(address) as outbox:
                await outbox.work()

    def filing(self) -> Filing:
        """The newest filing."""
        return self.house.conversation().filings[-1]

    @property
    def due(self) -> datetime | None:
        """When there is something to do again."""
        with self.house.database.reading() as tx:
            return filings.next_due(tx)


def confirm(post: Post, name: str = PERSON[0], address: Address = HERE, before: Sequence[str] = ()) -> None:
    """The owner fills the form and confirms it."""
    post.house.say(*before, *WEIBO, *FORM, name, *PERSON[1:], "send", address=address)


def requests(office: Practice) -> list[str]:
    """What the office was asked, in order."""
    return [exchange.method for exchange in office.judged.seen]


def keys(office: Practice) -> list[str]:
    """The keys of what it was sent."""
    return [one.asked["idempotency-key"] for one in office.judged.seen if "idempotency-key" in one.asked]
