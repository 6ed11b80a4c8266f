from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import URL, delete, make_url, select, text, update
from sqlalchemy.exc import DBAPIError

from storage import conversations, keys, outbox, schema
from storage.database import Database, Raced, Unavailable
from storage.engines import AlreadyWriting
from storage.keys import KeyExposed, KeyMissing, KeyWrong, MasterKey
from storage.opening import SchemaUnknown
from storage.records import Address
from tests.storage.other_process import heard, other_process
from tests.storage.samples import CHAT, KEY, NOW, loaded_from, one_turn, settled


def content(url: str, key: MasterKey) -> object:
    """All that is in a database: the bytes of its files, or the rows of its tables."""
    if make_url(url).get_backend_name() == "sqlite":
        folder = Path(make_url(url).database or "").parent
        # What SQLite shares among those who have the file open is no part of the database.
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"}
        return {name: held for name, held in files.items() if held}
    database = Database.open(url, lambda _: key, read_only=True)
    with database.reading() as tx:
        rows = [tx.connection.execute(select(table)).all() for table in schema.metadata.sorted_tables]
    database.close()
    return rows


def made(url: str, key: MasterKey) -> None:
    """A database with a chat in it."""
    database = Database.open(url, lambda _: key)
    one_turn(database)
    database.close()


def test_a_database_is_made_once(empty_url: str, tmp_path: Path) -> None:
    """With its key; both are there the next time."""
    source = keys.in_file(tmp_path / "key")
    for turn in (1, 2):
        database = Database.open(empty_url, source)
        one_turn(database)
        assert loaded_from(database).conversation.turn == turn
        database.close()


def test_a_wrong_key_is_refused_and_nothing_is_written(empty_url: str, master_key: MasterKey) -> None:
    """Not a byte; and with the right key all is as it was."""
    made(empty_url, master_key)
    before = content(empty_url, master_key)
    for read_only in (False, True):
        with pytest.raises(KeyWrong, match=r"^the key is not the one the database was sealed with$"):
            Database.open(empty_url, lambda _: MasterKey(bytes(32)), read_only=read_only)
    assert content(empty_url, master_key) == before
    database = Database.open(empty_url, lambda _: master_key)
    assert loaded_from(database).conversation.turn == 1
    database.close()


def test_a_missing_key_is_not_made_anew(empty_url: str, master_key: MasterKey, tmp_path: Path) -> None:
    """A database whose key is lost says so, instead of beginning again under another."""
    made(empty_url, master_key)
    before = content(empty_url, master_key)
    path = tmp_path / "lost"
    with pytest.raises(KeyMissing, match=re.escape(str(path))):
        Database.open(empty_url, keys.in_file(path))
    assert not path.exists()
    assert content(empty_url, master_key) == before


def test_a_database_without_its_sentinel_is_refused(empty_url: str, master_key: MasterKey) -> None:
    """Nobody can tell whose key it was sealed with."""
    database = Database.open(empty_url, lambda _: master_key)
    with database.transaction() as tx:
        tx.connection.execute(delete(schema.vault))
    database.close()
    with pytest.raises(KeyWrong):
        Database.open(empty_url, lambda _: master_key)


def test_an_exposed_key_makes_no_database(sqlite_url: str, tmp_path: Path) -> None:
    """What must not be used is not used first; once it is safe, it is."""
    path = tmp_path / "key"
    keys.create(path)
    path.chmod(0o644)
    with pytest.raises(KeyExposed):
        Database.open(sqlite_url, keys.in_file(path))
    assert not (tmp_path / "beian.db").exists()
    path.chmod(0o600)
    Database.open(sqlite_url, keys.in_file(path)).close()


def test_the_files_are_their_owners_only(sqlite_database: Database, tmp_path: Path) -> None:
    """What is sealed need not be shown around either."""
    one_turn(sqlite_database)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes) == {"beian.db", "beian.db-wal", "beian.db-shm", "beian.db.lock"}
    assert set(modes.values()) == {0o600}


def test_the_writing_connection_is_set_up(sqlite_database: Database) -> None:
    """What a committed turn and an erased one rely on."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
    with sqlite_database.transaction() as tx:
        found = {name: tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted


def test_reading_cannot_write(database: Database) -> None:
    """The database itself refuses, and can be written to afterwards."""
    one_turn(database)
    with pytest.raises((Unavailable, DBAPIError), match=r"(?i)read.?only"), database.reading() as tx:
        tx.connection.execute(update(schema.conversations).values(turn=9))
    one_turn(database)
    assert loaded_from(database).conversation.turn == 2


def test_reading_sees_one_state(database: Database) -> None:
    """While another transaction commits, and without waiting for it."""
    with database.reading() as tx:
        assert outbox.waiting(tx, CHAT) == []
        one_turn(database, CHAT, "one")
        assert outbox.waiting(tx, CHAT) == []
    with database.reading() as tx:
        assert len(outbox.waiting(tx, CHAT)) == 1


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    """And the next one works."""
    with suppress(LookupError), database.transaction() as tx:
        conversations.save(tx, [settled(conversations.load(tx, [CHAT])[CHAT], "one")], NOW)
        raise LookupError
    one_turn(database, CHAT, "two")
    with database.reading() as tx:
        assert [one.message.lines for one in outbox.waiting(tx, CHAT)] == [("two",)]


def test_a_second_writing_process_is_refused(
    sqlite_url: str, sqlite_database: Database, tmp_path: Path
) -> None:
    """With one line that names the database; in this process too. Reading is allowed."""
    line = f"another process writes to this database, and only one may: {tmp_path / 'beian.db'}"
    with other_process("write", sqlite_url) as other:
        assert heard(other) == line
    with pytest.raises(AlreadyWriting, match=re.escape(line)):
        Database.open(sqlite_url, keys.in_file(tmp_path / "never asked for"))
    one_turn(sqlite_database)
    reader = Database.open(sqlite_url, lambda _: KEY, read_only=True)
    with reader.reading() as tx:
        assert conversations.due_for_erasure(tx, NOW, 1) == []
    with pytest.raises(PermissionError), reader.transaction():
        pytest.fail("a database opened for reading gave a transaction that writes")
    reader.close()
    sqlite_database.close()
    with other_process("write", sqlite_url) as other:
        assert heard(other) == "written"


def test_a_killed_writer_leaves_what_it_committed(empty_url: str, master_key: MasterKey) -> None:
    """All of the last turn or nothing; and the database can be opened at once."""
    with other_process("half", empty_url) as other:
        assert heard(other) == "written"
        other.kill()
    database = Database.open(empty_url, lambda _: master_key)
    assert loaded_from(database).conversation.turn == 1
    with database.transaction() as tx:
        assert [one.message.lines for one in outbox.waiting(tx, CHAT)] == [("one",)]
        assert conversations.fresh_updates(tx, [("telegram", "2")], NOW) == {("telegram", "2")}
    database.close()


def test_threads_take_turns(database: Database) -> None:
    """Nothing is lost when many write to the same chat at once."""
    one_turn(database)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: one_turn(database), range(40)))
    assert loaded_from(database).conversation.turn == 41


def test_a_start_needs_neither_orm_nor_alembic(sqlite_url: str) -> None:
    """A start and a turn on tables that are up to date load neither: each would double the time it takes."""
    for _ in range(2):
        with other_process("modules", sqlite_url) as other:
            loaded = heard(other).split()
        assert "sqlalchemy" in loaded
        assert [name for name in loaded if name.startswith(("sqlalchemy.orm", "alembic", "psycopg"))] == []


def test_tables_of_a_newer_version_are_left_alone(empty_url: str, master_key: MasterKey) -> None:
    """An older program does not touch what it does not know."""
    database = Database.open(empty_url, lambda _: master_key)
    with database.transaction() as tx:
        tx.connection.execute(update(schema.version).values(version_num="9999"))
    database.close()
    with pytest.raises(SchemaUnknown, match="newer version"):
        Database.open(empty_url, lambda _: master_key)
    with pytest.raises(SchemaUnknown):
        Database.open(empty_url, lambda _: master_key, read_only=True)


def test_reading_makes_no_database(empty_url: str) -> None:
    """Not even an empty file; the key is not asked for."""

    def never(_fresh: bool) -> MasterKey:
        pytest.fail("the key was asked for")

    with pytest.raises(SchemaUnknown, match="there is no database"):
        Database.open(empty_url, never, read_only=True)
    path = make_url(empty_url).database or ""
    assert not Path(path).exists() or not path.endswith(".db")


def test_a_folder_may_have_any_name(tmp_path: Path, master_key: MasterKey) -> None:
    """The database is made in that folder, and nowhere else."""
    folder = tmp_path / "备案 a b%20c#d"
    folder.mkdir()
    url = URL.create("sqlite", database=f"{folder}/beian.db").render_as_string()
    made(url, master_key)
    made(url, master_key)
    assert {path.name for path in folder.iterdir()} == {"beian.db", "beian.db.lock"}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_other_databases_are_refused(url: str, master_key: MasterKey) -> None:
    """With the accepted forms named."""
    with pytest.raises(ValueError, match="sqlite:///a/file or postgresql://"):
        Database.open(url, lambda _: master_key)


def test_what_is_not_a_database_is_said_to_be_unavailable(
    sqlite_url: str, tmp_path: Path, master_key: MasterKey
) -> None:
    """A file with something else in it stays as it is."""
    (tmp_path / "beian.db").write_bytes(b"a shopping list" * 100)
    with pytest.raises(Unavailable, match="not a database"):
        Database.open(sqlite_url, lambda _: master_key)
    assert (tmp_path / "beian.db").read_bytes() == b"a shopping list" * 100


def test_a_server_that_is_not_there_is_unavailable(master_key: MasterKey) -> None:
    """One exception of ours, not the driver's."""
    with pytest.raises(Unavailable):
        Database.open("postgresql://nobody@127.0.0.1:1/nothing", lambda _: master_key)


def cut_in_the_middle(database: Database) -> None:
    """A transaction whose connection the server ends."""
    with database.transaction() as tx:
        backend = tx.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.reading() as other:
            other.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})
        conversations.load(tx, [CHAT])


def test_a_cut_line_is_unavailable_once(postgres_database: Database) -> None:
    """The transaction is lost, the next one has a new connection."""
    one_turn(postgres_database)
    with pytest.raises(Unavailable):
        cut_in_the_middle(postgres_database)
    assert postgres_database.reachable()
    one_turn(postgres_database)
    assert loaded_from(postgres_database).conversation.turn == 2


def opened_twice(database: Database, address: Address) -> None:
    """Two turns of a new chat, neither of which knows of the other."""
    with database.transaction() as tx:
        loaded = [conversations.load(tx, [address])[address] for _ in range(2)]
        for one in loaded:
            conversations.save(tx, [settled(one)], NOW)


def test_an_error_of_the_database_does_not_tell_whom_it_was_about(database: Database) -> None:
    """The driver's texts quote chats; ours do not, and theirs are not shown along with them."""
    address = Address("telegram", "somebodys-chat")
    with pytest.raises(Raced) as caught:
        opened_twice(database, address)
    shown = "".join(format_exception(caught.value))
    assert "Raced" in shown
    assert address.chat not in shown
    assert loaded_from(database, address).conversation.turn == 0
