from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from bot.app import App
from tests.channels.golden import bot
from tests.chats import Clock
from tests.sink import sink  # noqa: F401 - for every test here
from tests.telegram.person import Person
from tests.telegram.server import Telegram, telegram

Open = Callable[..., AbstractAsyncContextManager[App]]
"""Opens the bot: all that it is to send is sent when it is closed."""


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture
def refused() -> list[str]:
    """What Telegram is to refuse in a test, by a part of its words. A test adds to it."""
    return []


@pytest.fixture
async def server(refused: list[str]) -> AsyncIterator[Telegram]:
    """A Bot API server. A test fails for every call that it refused and that was not to be refused."""
    async with telegram() as opened:
        yield opened
    found = [call.description for call in opened.refusals()]
    assert [one for one in found if not any(part in one for part in refused)] == []


@pytest.fixture
def person(server: Telegram) -> Person:
    """Somebody who has not written to the bot."""
    return Person(server)


@pytest.fixture
def other(server: Telegram) -> Person:
    """Somebody else, who speaks Chinese."""
    return Person(server, 2002, "zh-hans", "Wang")


@pytest.fixture
def clock() -> Clock:
    """The bot's clock."""
    return Clock()


@pytest.fixture(params=["aiogram", "ptb"])
def library(request: pytest.FixtureRequest) -> str:
    """Each library in turn."""
    return str(request.param)


@pytest.fixture
def mode() -> str:
    """How updates come; a test where it matters has both."""
    return "polling"


@pytest.fixture
def open_bot(tmp_path: Path, server: Telegram, library: str, mode: str, clock: Clock) -> Open:
    """The bot at this server."""
    return partial(bot, tmp_path, server, library, mode, clock=clock)
