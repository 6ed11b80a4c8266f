"""A bot whose time is the server's: what it waits for comes when that clock is moved, and not before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from bot.app import App
from bot.listening import address_of, listener
from bot.sending import Sending
from bot.settings import Settings
from bot.telegram import Telegram
from dialogs.messages import Message
from storage import keys
from storage.database import Database
from storage.records import Address
from tests.storage.samples import one_turn
from tests.telegram.clock import BEGUN
from tests.telegram.faults import CutAfter, CutBefore, Fault, Garbage, Status
from tests.telegram.ledger import Call
from tests.telegram.person import Person
from tests.telegram.server import LONGEST
from tests.telegram.server import Telegram as Server

AS_IT_IS = "message is not modified"
"""What Telegram says to a turn that is tried again after its first call; nothing comes of it."""
TALK = ("/start", "weibo", "/help", "back", "website", "/privacy")
SAID = (
    "Which kind of account is it?",
    "A Weibo account.",
    "/check begins a check",
    "Kind of account, now: Weibo.",
    "A website.",
    "A check asks no name.",
)
"""What an owner types, and what is in the answer to each line of it."""
WITHOUT_EFFECT: Sequence[Fault] = (Status(500), Status(502, "Bad Gateway"), CutBefore())
WITH_EFFECT: Sequence[Fault] = (
    CutAfter(),
    Garbage(),
    Garbage(b""),
    Garbage(b"[]"),
    Garbage(b"\xff\xfe"),
    Garbage(b'{"ok":true}'),
    Garbage(b'{"ok":true,"result":null}'),
    Garbage(b'{"ok":false}', 500),
    Garbage(b"<h1>Bad Gateway</h1>", 502),
)
UNHURRIED = 1e9
"""Messages a second: no time has to pass for them on a clock of microseconds."""
LEAST = 0.000001
T = TypeVar("T")


class Time:
    """The server's clock as a bot uses it: `pause` ends when that was moved by so much."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._asleep: dict[asyncio.Task[object] | None, float] = {}

    def __call__(self) -> float:
        """Seconds."""
        return self._server.clock.unix()

    async def pause(self, seconds: float) -> None:
        """Wait until the clock has been moved so far."""
        if seconds < LEAST:
            return
        end = self() + seconds
        sleeper = asyncio.current_task()
        self._asleep[sleeper] = end
        self._server.clock.bell.ring()
        try:
            await self._server.clock.bell.until(lambda: self() >= end)
        finally:
            del self._asleep[sleeper]
            self._server.clock.bell.ring()

    async def until(self, ready: Callable[[], T | None], latest: float = float("inf")) -> T:
        """What `ready` returns; time passes whenever the bot does nothing but wait for it.

        Raises TimeoutError after ten real seconds, or when the clock would have to go beyond `latest`.
        """
        async with asyncio.timeout(LONGEST):
            while not (found := ready()):
                await self._server.clock.bell.until(lambda: ready() or self._idle())
                if not ready():
                    self._go_on(latest)
        return found

    async def passes(self, seconds: float) -> None:
        """So much time passes, and the bot does whatever it does meanwhile; then it is idle again."""
        end = self() + seconds
        await self.until(lambda: self() >= end and self._idle(), end)

    def _idle(self) -> bool:
        """Whether the bot waits for time to pass, and nothing is on its way."""
        calling = any(
            call.answer is None and not call.hung_up and call.method != "getUpdates"
            for call in self._server.calls
        )
        sending = any(_sends(task) and task not in self._asleep for task in asyncio.all_tasks())
        return not calling and not sending and min(self._asleep.values(), default=0) > self()

    def _go_on(self, latest: float) -> None:
        now = self()
        if now >= latest:
            raise TimeoutError
        self._server.clock.advance(seconds=min(*self._asleep.values(), latest) - now + LEAST)


def _sends(task: asyncio.Task[object]) -> bool:
    """Whether a task sends a message, from before its first call to after its last."""
    return getattr(task.get_coro(), "__qualname__", "") == Sending._send.__qualname__  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs in this process. `running` ends when its Telegram channel does."""

    app: App
    channel: Telegram
    time: Time
    running: asyncio.Task[None]


def settings_of(folder: Path, server: Server, library: str, mode: str, **others: object) -> Settings:
    """Settings for this server, at its pace."""
    given: dict[str, object] = {
        "data": folder,
        "office": "none",
        "telegram_token": server.token,
        "telegram_api": server.url,
        "telegram_library": library,
        "telegram_mode": mode,
        "telegram_rate": UNHURRIED,
        "telegram_chat_rate": UNHURRIED,
        "public_url": "https://bot.example",
        "webhook_secret": "a-secret-for-tests-only",
    }
    return Settings.model_validate(given | others)


@asynccontextmanager
async def bot(
    folder: Path, server: Server, library: str, mode: str = "polling", **others: object
) -> AsyncIterator[Bot]:
    """The bot on Telegram. In the end what it has to send is sent, and what has ended it is raised."""
    time = Time(server)
    door = listener("127.0.0.1", 0)
    server.delivery.routes["https://bot.example"] = address_of(door)
    settings = settings_of(folder, server, library, mode, **others)
    async with App(settings, "en", server.clock, server.clock.unix) as app:
        await app.connect()
        channel = Telegram(app, settings, door if mode == "webhook" else None, time, time.pause)
        running = asyncio.create_task(channel.run())
        running.add_done_callback(lambda _: server.clock.bell.ring())
        try:
            yield Bot(app, channel, time, running)
        finally:
            running.cancel()
            (ended,) = await asyncio.gather(running, return_exceptions=True)
            door.close()
            if not isinstance(ended, asyncio.CancelledError | None):
                raise ended


def commit(folder: Path, said: Mapping[Person, Sequence[str | Message | tuple[Message, ...]]]) -> None:
    """Leave messages for people who have written before, as a bot that ended just after its commit does.

    Each is a turn of its own, unless several come together.
    """
    settings = Settings(data=folder)
    database = Database.open(settings.database_url, keys.in_file(settings.key_path))
    for person, messages in said.items():
        person.chat.membership = "member"
        for one in messages:
            turn = one if isinstance(one, tuple) else (one,)
            one_turn(database, Address("telegram", str(person.chat.id)), *turn, now=BEGUN)
    database.close()


def people(server: Server, count: int) -> list[Person]:
    """So many people who have not written to the bot."""
    return [Person(server, 1001 + number) for number in range(count)]


def texts(person: Person) -> list[str]:
    """All that the bot ever sent to somebody, in order: texts as they were then, and names of files."""
    return [
        str((entry.message.content.get("document") or {}).get("file_name") or entry.text)
        for entry in person.chat.history
        if entry.mark == "<"
    ]


def about_chats(server: Server) -> list[Call]:
    """All calls that showed something in a chat, or were to."""
    return [call for call in server.calls if call.chat_id]


def named(fault: object) -> str:
    """A fault as a test's id."""
    shown = repr(fault)
    return type(fault).__name__ if " object at " in shown else shown


def once(said: Sequence[str]) -> list[str]:
    """The same without what came twice in a row."""
    return [text for text, _ in groupby(said)]


def heard(person: Person, said: Sequence[str]) -> bool:
    """Whether the last answer to somebody contains the last of `said`, and there are as many different."""
    answers = once(texts(person))
    return len(answers) == len(said) and said[-1] in answers[-1]


async def talk(bot: Bot, person: Person, lines: Sequence[str] = TALK, said: Sequence[str] = SAID) -> None:
    """Somebody types these lines, each after the answer to the one before."""
    for place, line in enumerate(lines, 1):
        person.says(line)
        await bot.time.until(lambda place=place: heard(person, said[:place]))
    answers = once(texts(person))
    assert [part in answer for part, answer in zip(said, answers, strict=True)] == [True] * len(said)
