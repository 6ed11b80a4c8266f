from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database
from storage.engines import Postgresql, Sqlite
from storage.keys import MasterKey
from storage.vault import Vault
from tests.storage.samples import one_turn


def test_a_database_says_whether_it_can_be_reached(database: Database) -> None:
    """Also one with nothing in it."""
    assert database.reachable()
    one_turn(database)
    assert database.reachable()


def test_what_is_not_there_cannot_be_reached(tmp_path: Path, master_key: MasterKey) -> None:
    """Neither a server nor a file; asking makes none."""
    path = tmp_path / "lost.db"
    server = Postgresql(make_url("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    for backend in (server, Sqlite(path, read_only=True)):
        assert not Database(backend, Vault(master_key)).reachable()
        backend.close()
    assert not path.exists()
