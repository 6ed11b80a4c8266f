from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, make_url, select, text

from dialogs.conversation import Conversation
from dialogs.filing import State
from storage import conversations, filings, holds, migrations, opening, outbox, schema, upgrade
from storage.database import Database
from storage.engines import Backend, Postgresql, Sqlite
from storage.keys import MasterKey
from storage.moments import micros
from storage.sealed import seal
from storage.vault import Vault
from tests.storage.samples import CHAT, LEASE, NOW, claimed, loaded_from, message, one_turn, texts

SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
POSTGRESQL = """
SELECT 'column', table_name, column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
FROM information_schema.columns WHERE table_schema = current_schema()
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
ORDER BY 1, 2, 3
"""


@contextmanager
def backend(url: str) -> Iterator[Backend]:
    """A database in which nothing has been made yet."""
    target = make_url(url)
    opened: Backend
    if target.get_backend_name() == "sqlite":
        opened = Sqlite(Path(target.database or ""), read_only=False)
    else:
        opened = Postgresql(target.set(drivername="postgresql+psycopg"))
    yield opened
    opened.close()


def described(connection: Connection) -> list[tuple[object, ...]]:
    """All tables with their columns, constraints and indexes, in the database's own words."""
    query = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    rows = connection.execute(text(query)).all()
    return [tuple(" ".join(str(value).split()) for value in row) for row in rows]


def test_the_migrations_lead_to_the_tables_of_a_new_database(empty_url: str) -> None:
    """Both ways give the same, to the constraint; so that a new database need not wait for Alembic."""
    with backend(empty_url) as empty, empty.rebuilding() as connection:
        upgrade.upgrade(connection)
        migrated = described(connection)
        assert compare_metadata(context(connection), schema.metadata) == []
        schema.metadata.drop_all(connection)
        assert described(connection) != migrated
        opening.create(connection)
        created = described(connection)
    assert migrated == created
    assert len(created) > 15


def context(connection: Connection) -> MigrationContext:
    """As the migrations are run."""
    return MigrationContext.configure(
        connection,
        opts={
            "render_as_batch": True,
            "version_table": schema.version.name,
            "compare_server_default": True,
            "target_metadata": schema.metadata,
        },
    )


def test_the_head_is_the_newest_migration() -> None:
    """Else each start would import Alembic, or none would upgrade."""
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_current_head() == schema.HEAD


def test_an_upgrade_of_upgraded_tables_changes_nothing(empty_url: str, master_key: MasterKey) -> None:
    """Two processes may both think that it is theirs to do."""
    database = Database.open(empty_url, lambda _: master_key)
    one_turn(database)
    with database.transaction() as tx:
        before = described(tx.connection)
        upgrade.upgrade(tx.connection)
        assert described(tx.connection) == before
    assert loaded_from(database).conversation.turn == 1
    database.close()


def written_by_the_first_version(connection: Connection, vault: Vault) -> None:
    """A chat with two turns, of which the second one's message was sent, a filing, and an update."""
    tables = MetaData()
    tables.reflect(connection)

    def add(table: str, **values: object) -> None:
        connection.execute(tables.tables[table].insert().values(**values))

    key = vault.new_person("person", CHAT.channel, CHAT.chat)
    state = seal(key.key, Conversation(turn=2), "conversations", "state", "person", "person")
    person = {"id": "person", "channel": CHAT.channel, "chat": CHAT.chat, "key": key.wrapped, "turn": 2}
    add("vault", key_id=vault.key_id, sentinel=vault.sentinel())
    add("conversations", **person, state=state, changed_at=micros(NOW))
    for turn in (1, 2):
        value = {"language": "en", "message": message(f"turn {turn}")}
        body = seal(key.key, value, "messages", "body", f"{turn}.0", "person")
        whose = {"conversation_id": "person", "channel": CHAT.channel}
        add("messages", **whose, turn=turn, position=0, body=body, due_at=micros(NOW))
    connection.execute(tables.tables["messages"].delete().where(tables.tables["messages"].c.turn == 2))
    filing = {"reference": "ref", "conversation_id": "person", "revision": 1, "state": "confirmed"}
    add("filings", **filing, due_at=micros(NOW))
    add("updates", channel=CHAT.channel, id="7", seen_at=micros(NOW))


@pytest.fixture
def upgraded(empty_url: str, master_key: MasterKey) -> Iterator[Database]:
    """A database of the first version, with rows in it, as this version opens it."""
    with backend(empty_url) as first, first.rebuilding() as connection:
        upgrade.upgrade(connection, "0001")
        written_by_the_first_version(connection, Vault(master_key))
    database = Database.open(empty_url, lambda _: master_key)
    yield database
    database.close()


def test_what_the_first_version_wrote_is_read_and_done(upgraded: Database) -> None:
    """The chat goes on, its message is sent, its filing filed, its update not taken again."""
    assert loaded_from(upgraded).conversation.turn == 2
    sent = claimed(upgraded)
    assert [(one.address, one.screen) for one in sent] == [(CHAT, None)]
    assert texts(sent) == ["turn 1"]
    with upgraded.transaction() as tx:
        assert [one.state for one in filings.claim_filings(tx, NOW, 10, LEASE)] == [State.CONFIRMED]
        assert conversations.fresh_updates(tx, [(CHAT.channel, "7")], NOW) == set()


def test_a_chat_of_the_first_version_is_held_by_wish_only(upgraded: Database) -> None:
    """After an upgrade nobody is, and everybody can be."""
    with upgraded.transaction() as tx:
        assert holds.resume(tx, CHAT) == 0
        holds.hold(tx, CHAT)
        assert holds.resume(tx, CHAT) == 1


def test_an_upgrade_uses_no_messages_number_again(upgraded: Database) -> None:
    """SQLite forgets it with a table that is made anew; a stream would then miss what it has not seen."""
    one_turn(upgraded, CHAT, "turn 3")
    with upgraded.reading() as tx:
        assert [one.id for one in outbox.waiting(tx, CHAT)] == [1, 3]


def test_a_table_can_be_made_anew_without_losing_what_belongs_to_it(
    empty_url: str, master_key: MasterKey
) -> None:
    """SQLite drops the old one, and with it, were it not for `rebuilding`, every message and filing."""
    database = Database.open(empty_url, lambda _: master_key)
    one_turn(database, CHAT, "one")
    database.close()
    with backend(empty_url) as opened:
        with opened.rebuilding() as connection:
            operations = Operations(context(connection))
            with operations.batch_alter_table("conversations", recreate="auto") as batch:
                batch.alter_column("turn", nullable=True)
        with opened.reading() as connection:
            assert count(connection, schema.messages) == count(connection, schema.conversations) == 1
    database = Database.open(empty_url, lambda _: master_key)
    assert loaded_from(database).conversation.turn == 1
    database.close()


def count(connection: Connection, of: Table) -> int:
    """How many rows there are."""
    return len(connection.execute(select(of)).all())


def test_a_migration_that_would_orphan_rows_is_undone(sqlite_url: str, master_key: MasterKey) -> None:
    """While tables are made anew nobody watches what refers to them; so it is looked at before the commit."""
    database = Database.open(sqlite_url, lambda _: master_key)
    one_turn(database, CHAT, "one")
    database.close()
    with backend(sqlite_url) as opened:
        with pytest.raises(RuntimeError, match="belong to nobody"), opened.rebuilding() as connection:
            connection.execute(schema.conversations.delete())
        with opened.writing() as connection:
            assert count(connection, schema.conversations) == 1
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_what_the_tables_lack_is_noticed(sqlite_url: str) -> None:
    """So that finding no difference means something."""
    with backend(sqlite_url) as empty, empty.rebuilding() as connection:
        upgrade.upgrade(connection)
        connection.exec_driver_sql("DROP INDEX ix_updates_seen_at")
        (difference,) = compare_metadata(context(connection), schema.metadata)
    assert difference[0] == "add_index"
