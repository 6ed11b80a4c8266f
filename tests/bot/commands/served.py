"""`beian serve` in a process of its own, at a Bot API server of this one."""

from __future__ import annotations

import asyncio
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.listening import listener
from tests.bot.commands.terminal import LONGEST, ROOT, RUN, Ended, environment
from tests.telegram.server import Telegram

SECRET = "a-secret-for-tests-only"  # noqa: S105 - invented


@dataclass(frozen=True, slots=True)
class Served:
    """A process that serves. `ready` is where it says whether it is ready, and `hook` where updates go."""

    process: Process
    ready: str
    hook: str

    def stop(self) -> None:
        """As whoever runs it asks it to end."""
        self.process.send_signal(signal.SIGTERM)

    async def ended(self) -> Ended:
        """What it still printed, and how it ended."""
        async with asyncio.timeout(LONGEST):
            out, err = await self.process.communicate()
        return Ended(int(self.process.returncode or 0), out.decode(), err.decode())

    async def ask(self, path: str) -> tuple[int, Mapping[str, object]]:
        """What it says of itself: the status and the answer."""
        async with aiohttp.ClientSession() as http, http.get(self.ready.replace("/ready", path)) as answer:
            return answer.status, await answer.json()


def free_port() -> int:
    """A port at which nobody listens now."""
    with listener("127.0.0.1", 0) as door:
        return int(door.getsockname()[1])


def settings(server: Telegram, library: str, mode: str) -> dict[str, str]:
    """Settings for this server, much faster than Telegram would allow: these tests are not about rates."""
    return {
        "telegram_token": server.token,
        "telegram_api": server.url,
        "telegram_library": library,
        "telegram_mode": mode,
        "telegram_rate": "10000",
        "telegram_chat_rate": "10000",
        "public_url": "https://bot.example",
        "webhook_secret": SECRET,
        "listen": f"127.0.0.1:{free_port()}",
        "admin_listen": "127.0.0.1:0",
    }


@asynccontextmanager
async def serving(
    data: Path, server: Telegram, library: str, mode: str, *, run: list[str] | None = None
) -> AsyncIterator[Served]:
    """The command, from when it says that it serves; killed in the end if it still runs."""
    given = settings(server, library, mode)
    hook = f"http://{given['listen']}"
    server.delivery.routes["https://bot.example"] = hook
    process = await asyncio.create_subprocess_exec(
        *(run or RUN), "serve", cwd=ROOT, env=environment(data, **given), stdout=PIPE, stderr=PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(LONGEST):
            said = (await process.stdout.readline()).decode()
        assert said.startswith("serving; http://127.0.0.1:"), said
        yield Served(process, said.removeprefix("serving; ").strip(), hook)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
