"""`beian serve` as it is run: a process, signals, and Telegram at the other end of the line."""

from __future__ import annotations

import asyncio
import sys
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from tests.bot.commands import terminal
from tests.bot.commands.served import SECRET, Served, serving
from tests.bot.commands.terminal import beian
from tests.channels.bots import AS_IT_IS, SAID, TALK, heard, texts
from tests.telegram.faults import Slow, Unauthorized
from tests.telegram.person import Person
from tests.telegram.server import Telegram, telegram

pytestmark = pytest.mark.anyio

TELLING = (
    "import atexit, sys; atexit.register(lambda: print('imported', *sorted({'aiogram', 'telegram'} &"
    " sys.modules.keys()))); from bot.cli import main; main()"
)
"""A command that says in the end which Telegram libraries it has imported."""
TOO_LONG = b'{"update_id":1,"x":"' + b"x" * (1 << 20) + b'"}'
RUN = [sys.executable, "-c", TELLING]
LIBRARIES = pytest.mark.parametrize("library", ["aiogram", "ptb"])
MODES = pytest.mark.parametrize("mode", ["polling", "webhook"])


async def talk(server: Telegram, person: Person, begin: int = 0, end: int = len(TALK)) -> None:
    """A part of a check: each line is typed after the answer to the one before."""
    for place in range(begin, end):
        person.says(TALK[place])
        await server.until(lambda place=place: heard(person, SAID[: place + 1]))


async def stopped(served: Served) -> terminal.Ended:
    """How it ends when it is asked to: at once, as it should, and without a word."""
    served.stop()
    ended = await served.ended()
    assert (ended.status, ended.err) == (0, "")
    return ended


@MODES
@LIBRARIES
async def test_it_serves_a_check_and_ends_when_it_is_told(tmp_path: Path, library: str, mode: str) -> None:
    """It says where it can be asked, is ready, and has never imported the other library."""
    async with telegram() as server, serving(tmp_path, server, library, mode, run=RUN) as served:
        person = Person(server)
        await talk(server, person)
        assert await served.ask("/health") == (200, {"alive": True})
        assert await served.ask("/ready") == (200, {"ready": True, "troubles": {}})
        ended = await stopped(served)
        assert ended.out == f"imported {'telegram' if library == 'ptb' else 'aiogram'}\n"
    assert server.refusals() == []
    assert len(texts(person)) == len(TALK)


@pytest.mark.parametrize("command", [("chat",), ("check", "--fact", "platform=weibo")])
def test_nobody_else_imports_a_telegram_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """It would double the time of a start."""
    monkeypatch.setattr(terminal, "RUN", RUN)
    ended = beian(*command, data=tmp_path, lines=("weibo",))
    assert (ended.status, ended.out.splitlines()[-1]) == (0, "imported")


@MODES
@LIBRARIES
async def test_what_is_on_its_way_when_it_is_told_to_end_still_arrives(
    tmp_path: Path, library: str, mode: str
) -> None:
    """And once: the next process goes on with the question that was asked. A second signal is harmless."""
    gate = asyncio.Event()
    async with telegram() as server:
        person = Person(server)
        async with serving(tmp_path, server, library, mode) as served:
            await talk(server, person, 0, 2)
            server.fail("sendMessage", how=Slow(gate))
            person.says(TALK[2])
            await server.until(lambda: server.called("sendMessage")[-1].planned)
            served.stop()
            served.stop()
            gate.set()
            await stopped(served)
        assert len(texts(person)) == 3
        async with serving(tmp_path, server, library, mode):
            await talk(server, person, 3)
        assert len(texts(person)) == len(TALK)
    assert server.refusals() == []


@LIBRARIES
async def test_what_cannot_be_sent_before_the_end_is_sent_by_the_next(tmp_path: Path, library: str) -> None:
    """Telegram does not answer: the process ends all the same, and the message waits for no lease to end."""
    async with telegram() as server:
        person, other = Person(server), Person(server, 2002)
        async with serving(tmp_path, server, library, "polling") as served:
            await talk(server, person, 0, 2)
            server.fail("sendMessage", how=Slow(asyncio.Event()), chat=person.chat.id)
            person.says(TALK[2])
            await server.until(lambda: server.called("sendMessage")[-1].planned)
            await talk(server, other, 0, 1)
            await server.until(lambda: not server.state.updates.waiting())
            await stopped(served)
        assert (len(texts(person)), len(texts(other))) == (2, 1)
        async with serving(tmp_path, server, library, "polling"):
            await server.until(lambda: heard(person, SAID[:3]))
            await talk(server, person, 3)
        assert (len(texts(person)), len(texts(other))) == (len(TALK), 1)
    assert [call.description for call in server.refusals() if AS_IT_IS not in call.description] == []


@LIBRARIES
async def test_a_token_that_is_refused_leaves_a_process_that_is_not_ready(
    tmp_path: Path, library: str
) -> None:
    """It lives, says why it is of no use, and ends as ever."""
    async with telegram() as server:
        server.fail("getMe", how=Unauthorized(), times=1000)
        async with serving(tmp_path, server, library, "polling") as served:
            status, said = await served.ask("/ready")
            while said["troubles"] == {"telegram": "not connected yet"}:
                status, said = await served.ask("/ready")
            why = "Telegram does not accept the token; set BEIAN_TELEGRAM_TOKEN to the one BotFather shows"
            assert (status, said) == (503, {"ready": False, "troubles": {"telegram": why}})
            assert await served.ask("/health") == (200, {"alive": True})
            served.stop()
            ended = await served.ended()
    assert (ended.status, len(ended.err.splitlines())) == (0, 1)
    assert ended.err.endswith(f"ERROR bot.telegram: telegram stopped why={why}\n")


@LIBRARIES
async def test_nobody_but_telegram_is_heard_at_the_webhook(tmp_path: Path, library: str) -> None:
    """What knocks with a wrong secret, at a wrong place or with anything but an update is turned away."""
    update = {"update_id": 1}
    async with telegram() as server, serving(tmp_path, server, library, "webhook") as served:
        await talk(server, Person(server), 0, 1)
        path = server.state.hook.url.removeprefix("https://bot.example")
        assert server.token not in path
        assert server.token.partition(":")[2] not in path
        assert SECRET not in path
        assert len(path) > 32

        async def status(method: str = "POST", at: str = path, secret: str = SECRET, **body: object) -> int:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
            async with (
                aiohttp.ClientSession(served.hook, headers=headers) as http,
                http.request(method, at, **body) as answer,
            ):
                return answer.status

        assert await status(json=update) == 200
        for wrong in ("", SECRET[:-1], SECRET + "x", SECRET.upper(), "é" * len(SECRET), server.token):
            assert await status(secret=wrong, json=update) == 403
        assert await status(secret="", data=b"no JSON") == 403
        assert await status("GET") == 405
        for elsewhere in ("/", "/telegram", path[:-1], path + "x", f"/{server.token}", f"/{SECRET}"):
            assert await status(at=elsewhere, json=update) == 404
        for body in (b"", b"{", b"\xff", b"[]", b"1", b"{}", b'{"update_id":"1"}', b"[" * 100_000):
            assert await status(data=body) == 400
        assert await status(data=BytesIO(TOO_LONG)) == 400
        await stopped(served)
