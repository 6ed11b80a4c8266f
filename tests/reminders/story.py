"""A story: the real storage, runner and worker on a clock that is told what to show. Nobody sleeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.clock import Clock
from bot.reminding import Reminding
from bot.rulebook import rulebook
from bot.runner import Incoming, Runner
from dialogs.conversation import Conversation, Event, Turn, World
from dialogs.reminding.telling import CHANGED, DUE
from dialogs.rules.model import Rulebook
from storage import conversations, outbox, reminders
from storage.database import Database
from storage.records import Address, Settled
from tests.reminders.planned import Chat, Planned, clear_of
from tests.storage.samples import LEASE, TELEGRAM

START = datetime(2026, 11, 20, 6, tzinfo=UTC)
"""When most stories begin: a day for everybody but those farthest west."""
GRAIN = timedelta(hours=3)
"""Between two looks, at least: what is due within is told together. A worker looks every few seconds."""
DOUBT = timedelta(minutes=10)
"""How long after a jump nothing is told."""


@dataclass
class Story:
    """What happens on a database from `start` on, and what is told meanwhile.

    `ahead` is what the clock shows too much. `worked` is from when to when by that clock somebody looked for
    what is due; `told` is every message, and `notices` are by reminder when it says it was told.
    """

    database: Database
    start: datetime
    book: Rulebook = field(default_factory=rulebook)
    passed: timedelta = timedelta(0)
    ahead: timedelta = timedelta(0)
    worked: list[tuple[datetime, datetime]] = field(default_factory=list)
    told: list[tuple[datetime, Address]] = field(default_factory=list)
    notices: dict[str, set[datetime]] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.boot()

    def boot(self) -> None:
        """A process starts; whatever the last one had in hand is left as it lies."""
        self.clock = Clock(self.now, self.seconds)
        self.runner = Runner(self.database, self.world)
        self.reminding = Reminding(TELEGRAM, self.database, self.runner, self.clock, lambda _: None)

    def now(self) -> datetime:
        """What the clock shows."""
        return self.start + self.passed + self.ahead

    def seconds(self) -> float:
        """What has passed, whatever the clock shows."""
        return self.passed.total_seconds()

    def world(self) -> World:
        """The world by that clock."""
        return World(now=self.now(), rulebook=self.book, fresh="")

    def days(self, first: int, last: int) -> list[date]:
        """Days from so many to so many from now, on which no notice could be for today."""
        today = self.now().date()
        return [day for n in range(first, last) if clear_of(today, day := today + timedelta(days=n))]

    def keep(self, chats: Iterable[Chat]) -> None:
        """Owners have set these reminders."""
        made = list(chats)
        self.planned.extend(one for chat in made for one in chat.reminders)
        for start in range(0, len(made), 500):
            with self.database.transaction() as tx:
                part = made[start : start + 500]
                loaded = conversations.load(tx, [chat.address for chat in part])
                turns = (Turn(chat.conversation, (), chat.effects) for chat in part)
                settled = [Settled(loaded[c.address], turn) for c, turn in zip(part, turns, strict=True)]
                conversations.save(tx, settled, self.now())

    def change(self, address: Address, turn: Callable[[Conversation, World], Turn]) -> None:
        """What an owner's turn comes to."""
        with self.database.transaction() as tx:
            loaded = conversations.load(tx, [address])[address]
            conversations.save(tx, [Settled(loaded, turn(loaded.conversation, self.world()))], self.now())

    def take(self, address: Address, event: Event) -> None:
        """An owner says something."""
        self.runner.run([Incoming(address, event)])
        self.deliver()

    def run(self, days: float, work: Callable[[], None] | None = None) -> None:
        """The process works for so many days."""
        begun, end = self.now(), self.passed + timedelta(days=days)
        while self.passed < end:
            (work or self.work)()
            self.passed = min(end, self.passed + max(GRAIN, self._until_due()))
        self.worked.append((begun, self.now()))

    def work(self) -> None:
        """All that is due now."""
        while self.reminding.work() == 0.0:
            self.deliver()

    def off(self, days: float) -> None:
        """No process for so many days; then a new one."""
        self.passed += timedelta(days=days)
        self.boot()

    def jump(self, by: timedelta, wait: timedelta = DOUBT) -> None:
        """Somebody sets the clock; for a while nothing is told."""
        self.ahead += by
        before, end = len(self.told), self.passed + wait
        while self.passed < end:
            self.work()
            assert len(self.told) == before
            self.passed += timedelta(minutes=1)

    def deliver(self) -> None:
        """Whatever is to be sent is sent; and it is noted what it was about, before that is forgotten."""
        while True:
            with self.database.transaction() as tx:
                claimed, lost = outbox.claim_messages(tx, TELEGRAM, self.now(), 1000, LEASE)
                outbox.delivered(tx, claimed)
            assert not lost
            if not claimed:
                return
            told = [one.address for one in claimed if one.outgoing.message.lines in ((DUE,), (CHANGED,))]
            self.told.extend((self.now(), address) for address in told)
            self._note(told)

    def _note(self, chats: Sequence[Address]) -> None:
        with self.database.reading() as tx:
            for loaded in conversations.load(tx, chats).values():
                for one in loaded.conversation.reminders:
                    # That its rule has changed is told as it is withdrawn.
                    moments = (*one.told, one.since) if one.why == "rules" else one.told
                    self.notices.setdefault(one.id, set()).update(moments)

    def _until_due(self) -> timedelta:
        with self.database.reading() as tx:
            due = reminders.next_reminder_due(tx, TELEGRAM, self.now())
        return timedelta(days=30) if due is None else due - self.now()
