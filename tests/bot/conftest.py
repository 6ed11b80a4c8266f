from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.running import House


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture
def house(database: Database) -> House:
    """A runner on each kind of database in turn."""
    return House(database)
