from __future__ import annotations

from typing import get_args

from sqlalchemy import LargeBinary, inspect

from storage import schema
from storage.database import Database

# What anyone can read who reads the database: of a person, ids, times, counts and states only.
CLEAR = {
    "beian_version.version_num": "public",
    "conversations.id": "id",
    "conversations.channel": "id",
    "conversations.chat": "id",
    "conversations.turn": "count",
    "conversations.erase_at": "time",
    "conversations.changed_at": "time",
    "conversations.held": "state",
    "filings.reference": "id",
    "filings.conversation_id": "id",
    "filings.revision": "count",
    "filings.state": "state",
    "filings.tried": "state",
    "filings.due_at": "time",
    "filings.attempts": "count",
    "filings.fence": "count",
    "messages.id": "id",
    "messages.conversation_id": "id",
    "messages.channel": "id",
    "messages.turn": "count",
    "messages.position": "count",
    "messages.part": "count",
    "messages.lasting": "state",
    "messages.due_at": "time",
    "messages.attempts": "count",
    "messages.fence": "count",
    "progress.conversation_id": "id",
    "progress.reference": "id",
    "progress.message": "id",
    "reminders.id": "id",
    "reminders.conversation_id": "id",
    "reminders.channel": "id",
    "reminders.due_at": "time",
    "reminders.leased_until": "time",
    "reminders.fence": "count",
    "rulebooks.version": "id",
    "rulebooks.texts": "public",
    "rulebooks.kept_at": "time",
    "screens.conversation_id": "id",
    "screens.message": "id",
    "screens.turn": "count",
    "screens.buttons": "state",
    "secrets.name": "id",
    "statements.duty": "id",
    "statements.statement": "public",
    "statements.heard_at": "time",
    "updates.channel": "id",
    "updates.id": "id",
    "updates.seen_at": "time",
    "vault.key_id": "id",
}


def test_every_column_of_the_database_is_declared(database: Database) -> None:
    """Tables and columns as they are there, not as they are meant; none without a word on what it holds."""
    with database.reading() as tx:
        tables = inspect(tx.connection)
        found = {
            f"{table}.{column['name']}"
            for table in tables.get_table_names()
            for column in tables.get_columns(table)
        }
    declared = {
        f"{table.name}.{column.name}": column.info["holds"]
        for table in schema.metadata.tables.values()
        for column in table.columns
    }
    assert found == set(declared)
    assert set(declared.values()) <= set(get_args(schema.Holds))
    assert {name: holds for name, holds in declared.items() if holds != "sealed"} == CLEAR


def test_sealed_columns_hold_bytes_and_no_others_do() -> None:
    """What is sealed is never text; clear bytes are only the rulebooks, which the program is shipped with."""
    for table in schema.metadata.tables.values():
        for column in table.columns:
            sealed = column.info["holds"] == "sealed"
            packed = column is schema.rulebooks.c.texts
            assert (sealed or packed) == isinstance(column.type, LargeBinary), column
