"""The same updates, delivered in many ways: again, beside each other, in batches, in any order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from hypothesis import strategies as st

from bot.channels.telegram.api import Library
from bot.channels.telegram.intake import Intake
from bot.inbox import ChannelInbox
from bot.pace import Pace
from bot.runner import Runner
from dialogs.conversation import Conversation
from storage import outbox
from storage.database import Database
from storage.records import Address
from tests.channels.golden import UNHURRIED, bot
from tests.channels.owner import Owner
from tests.channels.retold import timeless
from tests.dialogs.talks import a_world
from tests.telegram.server import Telegram, telegram

CHATS = ("package.zh", "enterprise-20000.en", "package.en")
CHANNEL = "telegram"
MOST_NEW = 8
"""New updates of a chat in one round."""

Place = tuple[int, int]
"""An update: its chat, and its place among those of that chat, both from 0."""
Batch = list[Place]
Round = list[Batch]
"""Batches that are delivered beside each other; the next round begins when all are taken."""


@dataclass(frozen=True, slots=True, repr=False)
class Recording:
    """What people did, chat by chat, as Telegram tells it, and the server where presses are answered."""

    server: Telegram
    people: tuple[int, ...]
    updates: tuple[tuple[dict[str, Any], ...], ...]

    def raws(self, batch: Batch) -> list[dict[str, Any]]:
        """The updates of a batch."""
        return [self.updates[chat][place] for chat, place in batch]

    def address(self, chat: int) -> Address:
        """Where a chat is kept."""
        return Address(CHANNEL, str(self.people[chat]))


@asynccontextmanager
async def recorded(folder: Path) -> AsyncIterator[Recording]:
    """Golden chats, followed with a bot that nothing happens to."""
    async with telegram() as server:
        owners = [Owner(server, 1001 + number, chat) for number, chat in enumerate(CHATS)]
        async with bot(folder, server, "aiogram", "polling", office="none"):
            for owner in owners:
                await owner.play()
        people = tuple(owner.person.chat.id for owner in owners)
        every = [update.json() for update in server.state.updates.every]
        yield Recording(
            server, people, tuple(tuple(one for one in every if _by(one) == person) for person in people)
        )


def _by(raw: dict[str, Any]) -> int:
    """Who did it."""
    return int(raw.get("message", raw.get("callback_query"))["from"]["id"])


@dataclass(frozen=True, slots=True, repr=False)
class Ended:
    """What each chat has come to, with all that was committed for it to be sent, in order."""

    chats: list[Any]


@dataclass(slots=True)
class Takers:
    """Processes, each with an intake. Their databases are one in the end, opened by each of them."""

    recording: Recording
    library: Library
    databases: Sequence[Database]
    runners: list[Runner] = field(init=False)
    intakes: list[Intake] = field(init=False)

    def __post_init__(self) -> None:
        world = a_world("none")
        self.runners = [Runner(database, lambda: world) for database in self.databases]
        self.intakes = [
            Intake(
                self.library,
                ChannelInbox(CHANNEL, runner, database, lambda: world.now, lambda: None),
                Pace(UNHURRIED, UNHURRIED, monotonic),
            )
            for runner, database in zip(self.runners, self.databases, strict=True)
        ]

    async def take(self, rounds: Sequence[Round]) -> None:
        """Have these delivered, batch after batch by another process."""
        for one in rounds:
            batches = [self.recording.raws(batch) for batch in one]
            turns = zip(batches, self.intakes * len(batches), strict=False)
            await asyncio.gather(*(intake.take(batch) for batch, intake in turns))
        await asyncio.gather(*(intake.finish() for intake in self.intakes))
        assert not any(intake.undecodable for intake in self.intakes)

    def conversation(self, chat: int) -> Conversation:
        """A chat as it is kept."""
        return self.runners[0].conversation(self.recording.address(chat)).conversation

    def ended(self) -> Ended:
        """What all has come to."""
        return Ended([self._ended(chat) for chat in range(len(self.recording.people))])

    def _ended(self, chat: int) -> Any:
        with self.databases[0].reading() as tx:
            said = outbox.waiting(tx, self.recording.address(chat))
        committed = [(one.language, one.turn, timeless(one.message)) for one in said]
        return timeless(self.conversation(chat)), committed


def one_by_one(recording: Recording) -> list[Round]:
    """Every update once, alone, in order."""
    return [[[place]] for place in _every(recording)]


def _every(recording: Recording) -> Iterator[Place]:
    for chat, updates in enumerate(recording.updates):
        yield from ((chat, place) for place in range(len(updates)))


@st.composite
def schedules(draw: st.DrawFn, lengths: Sequence[int]) -> list[Round]:
    """Ways to deliver chats of these lengths in which every chat's first deliveries stay in order.

    Chats share batches or go beside each other. What was delivered comes again at any later time; the first
    of a chat's new updates even at the same time as itself, as after a webhook that was given up too early.
    """
    done = [0] * len(lengths)
    rounds: list[Round] = []
    while any(left := [length - place for place, length in zip(done, lengths, strict=True)]):
        new = [min(one, MOST_NEW) - draw(st.integers(0, min(one, MOST_NEW))) for one in left]
        rounds.append(draw(_rounds(done, new)))
        done = [place + count for place, count in zip(done, new, strict=True)]
    return rounds


@st.composite
def _rounds(draw: st.DrawFn, done: Sequence[int], new: Sequence[int]) -> Round:
    """Up to three batches with so many `new` updates of each chat, and some of those that came before."""
    batches: Round = [[] for _ in range(draw(st.integers(1, 3)))]
    which = st.integers(0, len(batches) - 1)
    for chat, count in enumerate(new):
        batches[draw(which)].extend((chat, done[chat] + more) for more in range(count))
    known = [(chat, place) for chat, end in enumerate(done) for place in range(end)]
    known += [(chat, done[chat]) for chat, count in enumerate(new) if count]
    for place in draw(st.lists(st.sampled_from(known), max_size=4)) if known else ():
        batch = batches[draw(which)]
        batch.insert(draw(st.integers(0, len(batch))), place)
    return [batch for batch in batches if batch]


@st.composite
def disorders(draw: st.DrawFn, length: int) -> list[int]:
    """The places of one chat's updates in any order, some of them more than once."""
    again = draw(st.lists(st.integers(0, length - 1), max_size=length))
    return draw(st.permutations([*range(length), *again]))
