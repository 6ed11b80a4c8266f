from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from storage.moments import NEVER, micros
from storage.records import Address, Screen
from storage.sealed import seal
from storage.vault import Vault
from tests.storage.samples import (
    CHAT,
    LEASE,
    NOW,
    chats,
    claimed,
    lasting,
    loaded_from,
    message,
    one_turn,
    texts,
)

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
    add(connection, "vault", key_id=vault.key_id, sentinel=vault.sentinel())
    add_chat(connection, vault, CHAT)
    connection.execute(text("DELETE FROM messages WHERE turn = 2"))
    filing = {"reference": "ref", "conversation_id": CHAT.chat, "revision": 1, "state": "confirmed"}
    add(connection, "filings", **filing, due_at=micros(NOW))
    add(connection, "updates", channel=CHAT.channel, id="7", seen_at=micros(NOW))


def add(connection: Connection, table: str, **values: object) -> None:
    """A row of a table as it is there."""
    found = Table(table, MetaData(), autoload_with=connection)
    connection.execute(found.insert().values(**values))


def add_chat(
    connection: Connection, vault: Vault, address: Address, more: Mapping[str, int] = {}, **of_messages: int
) -> None:
    """A chat with two turns and a message of each; its row is named like the chat."""
    person = address.chat
    key = vault.new_person(person, address.channel, person)
    state = seal(key.key, Conversation(turn=2), "conversations", "state", person, person)
    row = {"id": person, "channel": address.channel, "chat": person, "key": key.wrapped, "turn": 2, **more}
    add(connection, "conversations", **row, state=state, changed_at=micros(NOW))
    for turn in (1, 2):
        value = {"language": "en", "message": message(f"turn {turn}")}
        body = seal(key.key, value, "messages", "body", f"{turn}.0", person)
        whose = {"conversation_id": person, "channel": address.channel, "turn": turn, "position": 0}
        add(connection, "messages", **whose, body=body, **{"due_at": micros(NOW), **of_messages})


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
        assert holds.resume(tx, CHAT, NOW) == 0
    assert texts(claimed(upgraded)) == ["turn 1"]
    with upgraded.transaction() as tx:
        holds.hold(tx, CHAT)
    one_turn(upgraded, CHAT, "turn 3", lasting("a result"))
    assert claimed(upgraded, after=3600) == []
    with upgraded.transaction() as tx:
        assert holds.resume(tx, CHAT, NOW) == 1
    assert texts(claimed(upgraded)) == ["a result"]


@pytest.fixture
def from_the_second(empty_url: str, master_key: MasterKey) -> Iterator[Database]:
    """A database of the second version, as this version opens it: a chat that is held, and one that is not.

    Of the latter a message was tried once, and shows as a question.
    """
    vault = Vault(master_key)
    held, other = chats(2)
    with backend(empty_url) as second, second.rebuilding() as connection:
        upgrade.upgrade(connection, "0002")
        add(connection, "vault", key_id=vault.key_id, sentinel=vault.sentinel())
        add_chat(connection, vault, held, {"held": 1}, due_at=NEVER, fence=1)
        add_chat(connection, vault, other, attempts=1, fence=2)
        add(connection, "screens", conversation_id=other.chat, message="71", turn=1, buttons=1)
    database = Database.open(empty_url, lambda _: master_key)
    yield database
    database.close()


def test_what_the_second_version_wrote_is_sent(from_the_second: Database) -> None:
    """From its first part, with its tries, screen and fence as they were; then the next."""
    (first,) = claimed(from_the_second)
    assert (first.address, *texts([first])) == (chats(2)[1], "turn 1")
    assert (first.part, first.attempts, first.fence) == (0, 1, 3)
    assert first.screen == Screen("71", 1, buttons=True)
    with from_the_second.transaction() as tx:
        assert outbox.went_on(tx, [first], NOW)
    (again,) = claimed(from_the_second)
    assert again.part == 1
    with from_the_second.transaction() as tx:
        assert outbox.delivered(tx, [again])
    assert texts(claimed(from_the_second)) == ["turn 2"]


def test_a_chat_that_the_second_version_held_is_held(from_the_second: Database) -> None:
    """Until its owner is back; and what that version kept to drop it then is dropped."""
    held, other = chats(2)
    assert [loaded_from(from_the_second, address).held for address in (held, other)] == [True, False]
    one_turn(from_the_second, held, "turn 3", lasting("a result"))
    assert {one.address for one in claimed(from_the_second, after=3600)} == {other}
    with from_the_second.transaction() as tx:
        assert holds.resume(tx, held, NOW) == 1
    assert texts(claimed(from_the_second)) == ["a result"]


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
