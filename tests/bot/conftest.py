from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.post import Post
from tests.bot.running import House


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture
def house(database: Database) -> House:
    """A runner on each kind of database in turn."""
    return House(database)


@pytest.fixture
def post(sqlite_database: Database) -> Post:
    """A house with an outbox. That its database may be of another kind is the affair of tests/storage."""
    return Post(House(sqlite_database))


@pytest.fixture
def either_post(database: Database) -> Post:
    """The same, on each kind of database in turn."""
    return Post(House(database))
