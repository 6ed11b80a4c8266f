"""A database that is open: its tables up to date, its key known to be the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, IntegrityError, OperationalError

from storage.engines import Backend, Postgresql, Sqlite
from storage.keys import KeySource
from storage.opening import opened
from storage.prepared import Prepared
from storage.vault import Vault

_DEADLOCK = "40P01"
_REFUSED = ("42501", "3F000", "25006")
"""PostgreSQL's codes: this user may not, there is no such schema, and the server only reads."""


class Raced(Exception):
    """Another process wrote to one of these chats meanwhile. Nothing is written; run the batch again."""


class Unavailable(Exception):
    """The database cannot be reached, or could not do its work: no connection, no space, too long a wait."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a unit of work is done with, until the end of the `Database.transaction` or `Database.reading`."""

    connection: Connection
    vault: Vault
    read_only: bool

    def run(self, statement: Prepared, /, **parameters: object) -> CursorResult[Any]:
        """Run `statement` once."""
        sql, constants = statement.on(self.connection.dialect)
        return self.connection.exec_driver_sql(sql, {**constants, **parameters})

    def run_each(self, statement: Prepared, rows: Sequence[Mapping[str, object]]) -> None:
        """Run `statement`, which must be without constants, for each of `rows`; for none, do nothing."""
        if rows:
            self.connection.exec_driver_sql(statement.on(self.connection.dialect)[0], rows)


class Database:
    """Where everything is kept. Safe to use from several threads."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault

    @classmethod
    def open(cls, url: str, key: KeySource, *, read_only: bool = False) -> Database:
        """Open the database at `url`, creating it if there is none and upgrading it if it is older.

        Raises ValueError as `target` does, Unavailable, or CannotOpen: AlreadyWriting, KeyMissing, KeyWrong,
        KeyExposed or SchemaUnknown; then nothing is written. With `read_only` nothing ever is, and a database
        that is not there or is of another version is SchemaUnknown.
        """
        with ExitStack() as undo, _translated():
            backend = _backend(url, read_only=read_only)
            undo.callback(backend.close)
            database = cls(backend, opened(backend, key, read_only=read_only))
            undo.pop_all()
        return database

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A unit of work: committed at its end, undone by any exception. Raises Raced and Unavailable."""
        with _translated(), self._backend.writing() as connection:
            yield Transaction(connection, self._vault, read_only=False)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One state of the database, which cannot be changed by what is done here. Raises Unavailable."""
        with _translated(), self._backend.reading() as connection:
            yield Transaction(connection, self._vault, read_only=True)

    def reachable(self) -> bool:
        """Whether it answers."""
        try:
            with self.reading() as tx:
                tx.connection.exec_driver_sql("SELECT 1")
        except Unavailable:
            return False
        return True

    def close(self) -> None:
        """Let go of the database, so that another process may write to it."""
        self._backend.close()


def target(url: str) -> URL:
    """What `url` names. Raises ValueError, not repeating it, for any but SQLite in a file, or PostgreSQL."""
    try:
        named = make_url(url)
    except (ArgumentError, ValueError):  # the latter of a port that is no number
        named = URL.create("none")
    in_a_file = named.get_backend_name() == "sqlite" and named.database not in (None, "", ":memory:")
    if not in_a_file and named.get_backend_name() != "postgresql":
        raise ValueError("a database is sqlite:///a/file or postgresql://user@host/name")
    return named


def _backend(url: str, *, read_only: bool) -> Backend:
    """The database that `url` names. Raises ValueError as `target` does."""
    named = target(url)
    if named.get_backend_name() == "sqlite":
        return Sqlite(Path(named.database or ""), read_only=read_only)
    return Postgresql(named.set(drivername="postgresql+psycopg"))


@contextmanager
def _translated() -> Iterator[None]:
    """The database's errors by our names. Their own texts may quote values, so they are not carried along."""
    try:
        yield
    except IntegrityError as error:
        if "unique" not in str(error.orig).lower():
            raise
        raise Raced("a chat was opened twice at the same time") from None
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _DEADLOCK:
            raise Raced("two batches waited for each other") from None
        raise Unavailable(str(error.orig)) from None
    except DBAPIError as error:
        refused = getattr(error.orig, "sqlstate", None) in _REFUSED
        # A plain DatabaseError is not one of its more telling kinds: a file that is not a database.
        if error.connection_invalidated or refused or type(error) is DatabaseError:
            raise Unavailable(str(error.orig)) from None
        raise
