"""Databases for tests: real SQLite files, and a real PostgreSQL.

PostgreSQL is the server at `BEIAN_TEST_POSTGRES` (a URL), or one that is started for this run. If there is
none and none can be started, its tests are skipped, saying why; where `CI` is `true` they fail instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keys import MasterKey
from tests.storage.samples import KEY
from tests.storage.servers import CannotStart, Server, emptied, running_server

BOTH = ["sqlite", "postgresql"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes the golden chats as the bot talks today."""
    parser.addoption("--update", action="store_true", help="write tests/transcripts anew")


@pytest.fixture(scope="session")
def master_key() -> MasterKey:
    """The key that `database` is sealed with."""
    return KEY


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    try:
        with running_server(os.environ.get("BEIAN_TEST_POSTGRES")) as server:
            yield server
    except CannotStart as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def _postgres_database(postgres: Server) -> Iterator[Database]:
    """One database on PostgreSQL for the whole run."""
    with postgres.schema() as url:
        database = Database.open(url, lambda _: KEY)
        yield database
        database.close()


@pytest.fixture
def postgres_database(_postgres_database: Database) -> Database:
    """An empty, open database on PostgreSQL."""
    emptied(_postgres_database)
    return _postgres_database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where a database can be made on SQLite."""
    return f"sqlite:///{tmp_path}/beian.db"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An empty, open database on SQLite."""
    database = Database.open(sqlite_url, lambda _: KEY)
    yield database
    database.close()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, open database, on each kind in turn."""
    opened: Database = request.getfixturevalue(f"{request.param}_database".replace("postgresql", "postgres"))
    return opened


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a database can be made, on each kind in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        with request.getfixturevalue("postgres").schema() as url:
            yield url
