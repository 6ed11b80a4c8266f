from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, update

from storage import schema, secrets
from storage.database import Database
from storage.keys import MasterKey
from storage.records import Unreadable
from tests.storage.samples import KEY

WORKERS = 4


def test_a_secret_is_made_once_and_kept(database: Database) -> None:
    """32 bytes, different for each name; whoever only reads makes none."""
    with database.reading() as tx:
        assert secrets.load(tx, "one") is None
    with database.transaction() as tx:
        one, other = secrets.load_or_make(tx, "one"), secrets.load_or_make(tx, "other")
    with database.transaction() as tx:
        assert secrets.load_or_make(tx, "one") == one
    with database.reading() as tx:
        assert (secrets.load(tx, "one"), secrets.load(tx, "other")) == (one, other)
    assert len(one) == len(other) == 32
    assert one != other


def test_processes_that_make_it_at_once_have_one(postgres_database: Database) -> None:
    """The one that writes first wins; the others get what it has made."""
    start = Barrier(WORKERS)

    def make(_: int) -> bytes:
        with postgres_database.transaction() as tx:
            start.wait()
            return secrets.load_or_make(tx, "raced")

    with ThreadPoolExecutor(WORKERS) as threads:
        assert len(set(threads.map(make, range(WORKERS)))) == 1


def test_it_is_sealed_by_the_master_key(sqlite_url: str, master_key: MasterKey) -> None:
    """The row does not show it; the key gives it again."""
    database = Database.open(sqlite_url, lambda _: master_key)
    with database.transaction() as tx:
        made = secrets.load_or_make(tx, "one")
        assert made not in tx.connection.execute(select(schema.secrets.c.secret)).scalar_one()
    database.close()
    database = Database.open(sqlite_url, lambda _: KEY, read_only=True)
    with database.reading() as tx:
        assert secrets.load(tx, "one") == made
    database.close()


def test_one_that_stands_for_another_is_not_taken(database: Database) -> None:
    """What is sealed for one name does not open under another."""
    with database.transaction() as tx:
        secrets.load_or_make(tx, "one")
        secrets.load_or_make(tx, "other")
        row = schema.secrets.c
        moved = select(row.secret).where(row.name == "one").scalar_subquery()
        tx.connection.execute(update(schema.secrets).where(row.name == "other").values(secret=moved))
        with pytest.raises(Unreadable, match="secrets row other"):
            secrets.load(tx, "other")
