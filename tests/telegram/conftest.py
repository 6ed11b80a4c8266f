from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sink import sink  # noqa: F401 - for every test here
from tests.telegram.person import Person
from tests.telegram.raw import Raw, raw
from tests.telegram.server import Telegram, telegram


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture
async def server() -> AsyncIterator[Telegram]:
    """A Bot API server."""
    async with telegram() as opened:
        yield opened


@pytest.fixture
async def api(server: Telegram) -> AsyncIterator[Raw]:
    """The Bot API by bare HTTP."""
    async with raw(server) as opened:
        yield opened


@pytest.fixture
def stranger(server: Telegram) -> Person:
    """Somebody who has not written to the bot."""
    return Person(server)


@pytest.fixture
def person(server: Telegram, stranger: Person) -> Person:
    """Somebody who has, and whose message is confirmed."""
    stranger.starts()
    server.state.updates.drop()
    return stranger
