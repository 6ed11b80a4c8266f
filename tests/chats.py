"""Golden chats: a transcript is played by the real bot, over a real database and a real practice office.

A transcript is lines: `> ` what the owner types, `< ` what the bot says, `#` a setting or a remark.
Settings are `# office: none` and `# language: zh_CN`; `# office: failing` is one that states what it collects
and fails at all else. `~` waits for the office, `~ 3h` lets time pass and the outbox do what is due then,
`! restart` ends the process and starts another over the same data. What the bot says is written anew by
`pytest --update`; then read the difference.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.app import App
from bot.channels.console import labels
from bot.listening import listener, serving
from bot.office.sandbox import make_app
from bot.settings import Settings
from bot.shown import Shown
from bot.stream import Stream
from dialogs.conversation import Arrived, Said
from storage.records import Address

HERE = Address("console", "local")
LONGEST = 10.0
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_REFERENCE = re.compile(r"BN-[0-9A-Z]{16}")
_PORT = re.compile(r"(127\.0\.0\.1):\d+")
_ISSUED = re.compile(r"(PRACTICE-\d{4}-\d{6})([，,] ?)[^.。]*")


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now

    def seconds(self) -> float:
        """What has passed, by the clock itself: it is set, and jumps for nobody."""
        return self.now.timestamp()


@dataclass
class Chat:
    """One transcript being played."""

    folder: Path
    script: str
    said: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    app: App = field(init=False)

    def setting(self, name: str, default: str) -> str:
        """A setting of the transcript."""
        found = re.search(rf"^# {name}: (.+)$", self.script, re.MULTILINE)
        return found[1].strip() if found else default

    def steps(self) -> Iterator[list[str]]:
        """The script's lines without the bot's, parted at every restart."""
        part: list[str] = []
        for line in self.script.splitlines():
            if line.startswith("! restart"):
                yield part
                part = []
            if not line.startswith("<"):
                part.append(line)
        yield part

    async def play(self) -> str:
        """The transcript as it is today."""
        async with AsyncExitStack() as opened:
            office = self.setting("office", "sandbox")
            if office == "failing":
                office = await opened.enter_async_context(failing_office(self.folder))
            await self._play(office)
        return "\n".join(self.said).strip() + "\n"

    async def _play(self, office: str) -> None:
        named = {"operator": "Example Ltd", "operator_contact": "help@example.org"}
        for part in self.steps():
            settings = Settings(data=self.folder, office=office, **(named if ":" in office else {}))
            async with App(settings, self.setting("language", "en"), self.clock, self.clock.seconds) as app:
                self.app = app
                await app.connect()
                await self._part(app.stream(HERE), part)

    async def _part(self, stream: Stream, lines: list[str]) -> None:
        begun = False
        for line in lines:
            self.said.append(line)
            if line.startswith(("#", "!")) or not line:
                continue
            if not begun:
                self.said.pop()
                await stream.take(Arrived())
                await self._hear(stream)
                self.said.append(line)
                begun = True
            await self._step(stream, line)
            await self._hear(stream)

    async def _step(self, stream: Stream, line: str) -> None:
        if line.startswith("> "):
            await stream.take(Said(line[2:]))
        elif line == "~":
            await self._wait_for_office(stream)
        elif line.startswith("~ "):
            self.clock.now += timedelta(**{_UNITS[line[-1]]: int(line[2:-1])})
            await self._due(stream)

    async def _due(self, stream: Stream) -> None:
        """What is due by now, by whoever of us claims it first."""
        stream.news.clear()
        if self.app.outbox is None or not await stream.unfinished():
            return
        async with asyncio.timeout(LONGEST):
            if not await self.app.outbox.work():
                await stream.news.wait()

    async def _wait_for_office(self, stream: Stream) -> None:
        """Until nothing is under way. What the outbox leaves for later is made due by moving the clock."""
        async with asyncio.timeout(LONGEST):
            while await stream.unfinished():
                if self.app.outbox is None or not await self.app.outbox.work():
                    await stream.news.wait()
                stream.news.clear()
                self.clock.now += timedelta(minutes=1)

    async def _hear(self, stream: Stream) -> None:
        waiting = await stream.waiting()
        for message in waiting:
            self.said.extend(_lines(message))
        await stream.shown([message.id for message in waiting])


@asynccontextmanager
async def failing_office(folder: Path) -> AsyncIterator[str]:
    """The address of a practice office that states what it collects, and fails at all else."""
    whole = make_app(folder / "failing-office")

    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        able = scope["type"] != "http" or scope["path"] == "/duties"
        await (whole if able else Response(status_code=500))(scope, receive, send)

    async with serving(fails, listener("127.0.0.1", 0)) as address:
        yield address


def _lines(message: Shown) -> Iterator[str]:
    for line in message.lines:
        yield from (f"< {normal(one)}" for one in line.split("\n"))
    if message.choices:
        yield "<   " + " · ".join(labels(message))
    for name, _kind, _content in message.files:
        yield f"<   → {normal(name)}"


def normal(line: str) -> str:
    """A line without what differs from run to run: references, ports, and when a receipt was issued."""
    return _PORT.sub(r"\1:…", _ISSUED.sub(r"\1\2…", _REFERENCE.sub("BN-…", line)))
