"""A house of owners who chat with one bot, which is killed again and again, and started anew each time."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from time import monotonic

from bot.channels.telegram.screen import LONGEST
from bot.listening import listener
from bot.sending import LEASE
from tests.channels.deaths import EFFECTS, MOMENT, Deadly, Death
from tests.channels.doomed import Life
from tests.channels.golden import UNHURRIED
from tests.channels.owner import PATIENCE, Owner
from tests.telegram.clock import BEGUN
from tests.telegram.server import Telegram as Server
from tests.telegram.server import telegram

LEAP = LEASE + timedelta(seconds=1)
"""What passes between two lives: what was claimed in one is free again in the next."""
FIRST = 1001
SHORT = 700
"""Longer than any line of the golden chats."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a house is run."""

    library: str = "aiogram"
    mode: str = "polling"
    office: str = "sandbox"

    @property
    def longest(self) -> int:
        """Of a message of Telegram; where files are handed out too, so little that a card takes several."""
        return SHORT if self.office == "none" else LONGEST

    def __str__(self) -> str:
        return f"{self.library} {self.mode}, office {self.office}"


@dataclass(slots=True)
class House:
    """One bot's owners. `deaths` are the kills there were, `heard_at` how many messages each chat had then.

    `died` is told of each.
    """

    plan: Plan
    folder: Path
    server: Server
    forge: Path
    owners: list[Owner] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    heard_at: list[dict[int, int]] = field(default_factory=list)
    died: Callable[[Death], None] = lambda _: None
    _reader: asyncio.StreamReader = field(init=False)
    _writer: asyncio.StreamWriter = field(init=False)
    _settings: dict[str, str] = field(default_factory=dict)
    _pid: int = 0
    _born: float = field(default_factory=monotonic)
    _quiet: bool = False

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    async def stand(self, deaths: Iterable[Death], chats: Sequence[str], seats: int) -> None:
        """Play these chats, so many at a time, through all deaths to the end.

        Every chat is played once; then again, for as long as there are deaths to come.
        """
        waiting, more = list(reversed(chats)), cycle(chats)
        async with self._forging(), asyncio.TaskGroup() as tasks:
            seated = [tasks.create_task(self._dwell(waiting, more)) for _ in range(seats)]
            for death in deaths:
                await self._die(death)
            self._quiet = True
            await self._live(seated)
        for owner in self.owners:
            owner.hear()

    async def _dwell(self, waiting: list[str], more: Iterable[str]) -> None:
        """One seat: an owner after another."""
        again = iter(more)
        while waiting or not self._quiet:
            owner = Owner(self.server, FIRST + len(self.owners), waiting.pop() if waiting else next(again))
            self.owners.append(owner)
            try:
                await owner.play()
            except TimeoutError:
                waits = f"{self.plan}: {owner.chat} waits for {owner.told.expected}"
                raise AssertionError(f"{waits} after {self.deaths[-3:]}: {self.log()}") from None

    async def _die(self, death: Death) -> None:
        """One life, to that death."""
        step = "" if death.step in (*EFFECTS, MOMENT) else death.step
        ended = await self._begin(step, death.nth)
        kill = partial(os.kill, self._pid, signal.SIGKILL)
        if death.step in EFFECTS:
            self.server.fail(EFFECTS[death.step], how=Deadly(kill), at=death.nth)
        elif death.step == MOMENT:
            asyncio.get_running_loop().call_later(death.nth / 1000, kill)
        try:
            async with asyncio.timeout(PATIENCE):
                code = await ended
        except TimeoutError:
            raise AssertionError(f"{self.plan} never came to {death}") from None
        assert code == -signal.SIGKILL, f"{self.plan} ended by itself, {code}: {self.log()}"
        self._pid = 0
        await self.server.left()  # of what it sent nothing comes any more
        self.deaths.append(death)
        self.heard_at.append({one.person.chat.id: len(one.person.chat.of_bot()) for one in self.owners})
        self.died(death)

    async def _live(self, seated: Sequence[asyncio.Task[None]]) -> None:
        """The last life: to the end of all chats and all updates, and then a clean stop."""
        first = len(self.server.calls)
        ended = await self._begin()
        await asyncio.gather(*seated)
        receiving = {"getUpdates", "setWebhook"}
        await self.server.until(
            lambda: (
                any(call.method in receiving for call in self.server.calls[first:])
                and not self.server.state.updates.waiting()
            )
        )
        os.kill(self._pid, signal.SIGTERM)
        code = await ended
        assert code == 0, f"{self.plan} did not stop cleanly, {code}: {self.log()}"
        self._pid = 0

    async def _begin(self, step: str = "", nth: int = 1) -> asyncio.Future[int]:
        """Start the bot; its exit code is there when it ends."""
        begins = BEGUN + len(self.deaths) * LEAP + timedelta(seconds=monotonic() - self._born)
        life = Life(
            self._environment(), begins.isoformat(), step, nth, self.plan.longest, str(self.folder / "log")
        )
        self._writer.write(f"{life.json()}\n".encode())
        self._pid = await self._number()
        return asyncio.ensure_future(self._number())

    async def _number(self) -> int:
        """What the forge says next."""
        return int(await self._reader.readline())

    def _environment(self) -> dict[str, str]:
        """The settings, the same in every life."""
        if not self._settings:
            with listener("127.0.0.1", 0) as door:
                port = door.getsockname()[1]
            self._settings = {
                "BEIAN_DATA": str(self.folder / "data"),
                "BEIAN_OFFICE": self.plan.office,
                "BEIAN_LANGUAGE": "en",
                "BEIAN_TELEGRAM_TOKEN": self.server.token,
                "BEIAN_TELEGRAM_API": self.server.url,
                "BEIAN_TELEGRAM_LIBRARY": self.plan.library,
                "BEIAN_TELEGRAM_MODE": self.plan.mode,
                "BEIAN_TELEGRAM_RATE": str(UNHURRIED),  # these tests are about what is said, not how fast
                "BEIAN_TELEGRAM_CHAT_RATE": str(UNHURRIED),
                "BEIAN_PUBLIC_URL": f"http://127.0.0.1:{port}",
                "BEIAN_LISTEN": f"127.0.0.1:{port}",
                "BEIAN_ADMIN_LISTEN": "127.0.0.1:0",
                "BEIAN_WEBHOOK_SECRET": "a-secret-for-tests-only",
            }
        return self._settings

    def log(self) -> str:
        """What the bot has logged last."""
        file = self.folder / "log"
        return "\n".join(file.read_text(encoding="utf-8").splitlines()[-40:]) if file.exists() else ""

    @asynccontextmanager
    async def _forging(self) -> AsyncIterator[None]:
        """While lives can be begun. A process that a failed test has left is ended."""
        self._reader, self._writer = await asyncio.open_unix_connection(self.forge)
        try:
            yield
        finally:
            if self._pid:
                os.kill(self._pid, signal.SIGKILL)
            self._writer.close()
            await self._writer.wait_closed()


@asynccontextmanager
async def house(plan: Plan, folder: Path, forge: Path) -> AsyncIterator[House]:
    """A house with a Telegram of its own, whose bots are made at this forge."""
    async with telegram() as server:
        yield House(plan, folder, server, forge)
