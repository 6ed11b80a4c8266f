"""The two databases: how each is connected to, and what keeps its writers apart."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, text

from storage import CannotOpen

_BUSY_SECONDS = 5.0
_UPGRADE_LOCK = 0x6265_6961_6E  # any number that other programs on the server do not use


class AlreadyWriting(CannotOpen):
    """Another process writes to this SQLite database; only one may."""


class Backend(Protocol):
    """A database, before anything is known of what is in it."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction that is committed at the end, or rolled back by an exception."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the database and cannot write."""

    def alone(self) -> AbstractContextManager[None]:
        """While no other process creates or upgrades the tables."""

    def rebuilding(self) -> AbstractContextManager[Connection]:
        """As `writing`, but a table may be dropped and made again without what refers to it being dropped."""

    @property
    def blank(self) -> bool:
        """Whether there is surely nothing in it, known without connecting."""

    def close(self) -> None:
        """Let go of all connections and locks."""


class Sqlite:
    """A file: one writing process, and in it one writing connection.

    Several writing connections can meet SQLite's WAL-reset bug (3.7.0 to 3.51.2). `synchronous=FULL` keeps a
    committed turn through a power cut; `BEGIN IMMEDIATE` keeps a read-then-write from failing.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._lock = None if read_only else _only_writer(path)
        self._turn = RLock()
        self._writer = _sqlite_engine(path, "rwc", "BEGIN IMMEDIATE")
        self._reader = _sqlite_engine(path, "ro", "BEGIN")
        self._connection: Connection | None = None

    @property
    def blank(self) -> bool:
        """Whether the file is missing or empty."""
        return not self._path.exists() or self._path.stat().st_size == 0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writing connection, for one thread at a time."""
        with self._turn:
            connection = self._connected()
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of its own, opened read-only: it neither waits for the writer nor creates the file."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing to wait for: this is the only writing process."""
        yield

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """SQLite changes a table by making it anew; foreign keys are switched outside of transactions."""
        with self._turn:
            driver: Any = self._connected().connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with self.writing() as connection:
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise RuntimeError("a migration would leave rows that belong to nobody")
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    def close(self) -> None:
        """Close the connections, the writer last so that all is in one file again; then let others write."""
        with self._turn:
            self._reader.dispose()
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._writer.dispose()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _connected(self) -> Connection:
        """The writing connection. A new file is its owner's only, and so is what SQLite puts beside it."""
        if self._lock is None:
            raise PermissionError(f"closed, or opened for reading only: {self._path}")
        if self._connection is None:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = self._writer.connect()
        return self._connection


def _only_writer(path: Path) -> int:
    """A lock file that is ours until this process ends, however it ends. Raises AlreadyWriting."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyWriting(f"another process writes to this database, and only one may: {path}") from None
    return lock


def _sqlite_engine(path: Path, mode: str, begin: str) -> Engine:
    """An engine whose transactions begin with `begin`; the driver begins none by itself."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        if mode != "ro":
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, paramstyle="named", hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.connection.driver_connection.execute(begin))
    return engine


class Postgresql:
    """A server, shared with any number of processes on any number of machines."""

    blank = False

    def __init__(self, url: URL) -> None:
        self._writer = create_engine(url, hide_parameters=True)
        self._reader = self._writer.execution_options(
            postgresql_readonly=True, isolation_level="REPEATABLE READ"
        )

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection of the pool."""
        return self._writer.begin()

    rebuilding = writing

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection of the pool, in a transaction that the server keeps from writing."""
        return self._reader.begin()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A lock that ends with its transaction, so that it also holds through a connection pooler."""
        with self._writer.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
            yield

    def close(self) -> None:
        """Close the pool's connections."""
        self._writer.dispose()
