"""What is in a database when it is opened: nothing, older tables, or those expected; and whose key it has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, inspect, select

from storage import CannotOpen, schema
from storage.engines import Backend
from storage.keys import KeySource
from storage.vault import Vault


class SchemaUnknown(CannotOpen):
    """The tables are not those of this version, and cannot be made so."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The tables' version, and the sentinels by key id."""

    version: str
    sentinels: dict[str, bytes]


def opened(backend: Backend, key: KeySource, *, read_only: bool) -> Vault:
    """The vault of a database whose tables are now those of this version. Errors as `Database.open`."""
    found = _look(backend)
    if found and found.version == schema.HEAD:
        return _unlocked(key, found)
    if read_only:
        raise SchemaUnknown("there is no database of this version here; start the bot once")
    with backend.alone():
        found = _look(backend)  # another process may have been here while we waited
        if found is None:
            return _created(backend, key)
        vault = _unlocked(key, found)
        if found.version != schema.HEAD:
            # Alembic takes as long to import as all the rest of a start, and is needed once a version.
            from storage import upgrade  # noqa: PLC0415

            with backend.rebuilding() as connection:
                upgrade.upgrade(connection)
        return vault


def _look(backend: Backend) -> _Found | None:
    """What is there; None if it is not a database of ours yet."""
    if backend.blank:
        return None
    with backend.reading() as connection:
        if not inspect(connection).has_table(schema.version.name):
            return None
        version = connection.execute(select(schema.version.c.version_num)).scalar_one()
        sentinels = connection.execute(select(schema.vault.c.key_id, schema.vault.c.sentinel)).all()
        return _Found(version, {row.key_id: row.sentinel for row in sentinels})


def _unlocked(key: KeySource, found: _Found) -> Vault:
    """The vault of an existing database."""
    vault = Vault(key(False))
    vault.check(found.sentinels)
    return vault


def _created(backend: Backend, key: KeySource) -> Vault:
    """The vault of a new database, with its tables, in one transaction."""
    vault = Vault(key(True))
    with backend.writing() as connection:
        create(connection)
        connection.execute(insert(schema.vault).values(key_id=vault.key_id, sentinel=vault.sentinel()))
    return vault


def create(connection: Connection) -> None:
    """All tables, as the newest migration leaves them: a test holds the two equal on both databases."""
    schema.metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(schema.version).values(version_num=schema.HEAD))
