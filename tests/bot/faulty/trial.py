"""Filings on their way through faults: the real outbox, runner, link, breaker, client and database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.office.breaker import MOST_FAILURES, Breaker
from bot.office.client import OfficeClient
from bot.office.link import OfficeLink
from bot.outbox import LONGEST_NAP, Outbox
from dialogs.conversation import Conversation, Track, Turn
from dialogs.filing import Filing, State, Step
from dialogs.messages import Message, Text
from dialogs.office import Answer
from storage import conversations, filings, outbox
from storage.database import Database
from storage.records import Address, Settled
from tests.bot.faulty.loop import run
from tests.bot.faulty.office import Fault, FaultOffice, at_work
from tests.bot.running import House
from tests.dialogs.talks import a_world, filed
from tests.storage.samples import KEY

SOON_OPEN = 2
"""Failures in a row that the breaker bears here: fewer than elsewhere, as few faults have to open it."""
TIMEOUT = 0.25
MOST_STEPS = 1000
"""Steps of one filing after which it is as good as without end."""
LAST = timedelta(hours=100)
"""After it nothing is looked at any more: all that is bounded was to end by then."""

Linked = Callable[..., OfficeLink]


@dataclass(frozen=True, slots=True)
class Heard:
    """One step of a filing, and what came of it."""

    at: datetime
    step: Step
    answer: Answer


@dataclass
class Outcome:
    """How one filing stood at the end, `at`: what its owner was told, and what was heard on the way."""

    faults: str
    filing: Filing
    last_words: str
    heard: list[Heard]
    at: datetime


class _Links:
    """A link of its own for each filing, so that none waits for the faults of another; or one for all."""

    def __init__(
        self, office: str, make: Callable[[], OfficeLink], now: Callable[[], datetime], *, shared: bool
    ) -> None:
        self.office = office
        self._make = make
        self._now = now
        self._shared = shared
        self._links: dict[str, OfficeLink] = {}
        self.heard: dict[str, list[Heard]] = {}
        self.most = 0

    async def act(self, filing: Filing, step: Step, language: str) -> Answer:
        """As a link does, remembering it."""
        name = "" if self._shared else filing.reference
        if name not in self._links:
            self._links[name] = self._make()
        answer = await self._links[name].act(filing, step, language)
        heard = self.heard.setdefault(filing.reference, [])
        heard.append(Heard(self._now(), step, answer))
        self.most = max(self.most, len(heard))
        return answer


@dataclass
class Trial:
    """A database with filings that were just confirmed, and an office with faults for each of them.

    `linked` makes a link; with `shared` there is one, with the breaker that is used elsewhere.
    """

    database: Database
    linked: Linked = OfficeLink
    shared: bool = False
    house: House = field(init=False)
    office: FaultOffice = field(init=False)

    def __post_init__(self) -> None:
        self.house = House(self.database, a_world("real"))
        self.office = FaultOffice(self.now)

    def now(self) -> datetime:
        """The clock, which goes from one thing that is due to the next."""
        return self.house.world.now

    async def go(self, sequences: Mapping[str, Iterable[Fault]]) -> dict[str, list[Heard]]:
        """All filings to their end, or to the last day, each by its reference through its faults."""
        self._confirm(sequences)
        self.office.laid = {reference: iter(faults) for reference, faults in sequences.items()}
        last = self.now() + LAST
        name = self.house.world.office.name
        async with at_work(self.office) as address, OfficeClient(address, timeout=TIMEOUT) as client:

            def link() -> OfficeLink:
                breaker = Breaker(lambda: 0.5, MOST_FAILURES if self.shared else SOON_OPEN)
                return self.linked(name, client, self.database, self.now, lambda _: None, breaker)

            links = _Links(name, link, self.now, shared=self.shared)
            outbox = Outbox(self.database, self.house.runner, links, self.now, lambda _: None)
            while (due := self._next_due()) is not None and due < last and links.most < MOST_STEPS:
                self.house.world = replace(self.house.world, now=max(self.now(), _looked_at(due)))
                await outbox.work()
        return links.heard

    def _next_due(self) -> datetime | None:
        with self.database.reading() as tx:
            return filings.next_due(tx)

    def _confirm(self, references: Iterable[str]) -> None:
        """A chat with a form that was just confirmed, for each reference."""
        with self.database.transaction() as tx:
            loaded = conversations.load(tx, [_chat(reference) for reference in references])
            turns = [Settled(one, _confirmed(one.address.chat, self.now())) for one in loaded.values()]
            conversations.save(tx, turns, self.now())

    def outcomes(self, heard: Mapping[str, list[Heard]], named: Mapping[str, str]) -> list[Outcome]:
        """How it ended for each of them; `named` are its faults."""
        with self.database.reading() as tx:
            loaded = conversations.load(tx, [_chat(reference) for reference in named])
            return [
                Outcome(
                    faults,
                    loaded[_chat(reference)].conversation.filings[-1],
                    " ".join(_texts(outbox.waiting(tx, _chat(reference))[-1].message)),
                    heard[reference],
                    self.now(),
                )
                for reference, faults in named.items()
            ]


def _looked_at(due: datetime) -> datetime:
    """When the outbox finds what is due then, if it looks as seldom as it ever does."""
    return due + timedelta(seconds=-due.timestamp() % LONGEST_NAP)


def _texts(message: Message) -> Iterator[str]:
    """What a message says, before numbers and names are put in."""
    return (line.msgid for line in message.lines if isinstance(line, Text))


def _chat(reference: str) -> Address:
    return Address("web", reference)


def _confirmed(reference: str, now: datetime) -> Turn:
    """The turn in which an owner has confirmed a form."""
    conversation = _template()
    filing = replace(conversation.filings[-1], reference=reference, confirmed_at=now, since=now)
    return Turn(replace(conversation, filings=(filing,)), (), (Track(reference, 1, State.CONFIRMED, now),))


@cache
def _template() -> Conversation:
    return filed(kind="real").conversation


def tried(
    folder: Path, sequences: Mapping[str, Iterable[Fault]], linked: Linked = OfficeLink
) -> tuple[FaultOffice, list[Outcome]]:
    """Each sequence of faults, by what it is called, laid in the way of a filing of its own."""
    names = {f"BN-{number:016d}": name for number, name in enumerate(sequences)}
    with opened(folder) as database:
        trial = Trial(database, linked)
        heard = run(trial.go({reference: sequences[name] for reference, name in names.items()}))
        return trial.office, trial.outcomes(heard, names)


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """A database in a folder."""
    database = Database.open(f"sqlite:///{folder}/beian.db", lambda _: KEY)
    try:
        yield database
    finally:
        database.close()


def named(sequences: Iterable[Sequence[Fault]]) -> dict[str, Sequence[Fault]]:
    """Sequences by the names of their faults."""
    return {" > ".join(fault.__name__ for fault in faults): faults for faults in sequences}
