"""What the practice office keeps: its filings, in a SQLite file of its own that only its owner can read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

State = Literal["filed", "received", "returned", "rejected", "withdrawn"]

_TABLE = """
CREATE TABLE IF NOT EXISTS filings (
    reference TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filed', 'received', 'returned', 'rejected', 'withdrawn')),
    since TEXT NOT NULL,
    words TEXT NOT NULL,
    number TEXT NOT NULL,
    look_ups INTEGER NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A filing as it stands, column by column.

    `content` is its body as sorted JSON, `since` the time of its state, `words` names what the owner is told.
    `number` is given once and kept through later revisions.
    """

    reference: str
    revision: int
    content: str
    state: State
    since: str
    words: str = ""
    number: str = ""
    look_ups: int = 0


class Filings:
    """The filings within one transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def prepare(self) -> None:
        """Makes the table if it is missing."""
        self._database.execute(_TABLE)

    def find(self, reference: str) -> Record | None:
        """The filing of that reference."""
        row = self._database.execute("SELECT * FROM filings WHERE reference = ?", (reference,)).fetchone()
        return None if row is None else Record(*row)

    def keep(self, record: Record) -> None:
        """Puts the filing in place of the one of the same reference, if any."""
        self._database.execute("REPLACE INTO filings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(record))

    def numbered(self) -> int:
        """How many numbers have been given. No filing is ever removed, so none is given twice."""
        (count,) = self._database.execute("SELECT count(*) FROM filings WHERE number <> ''").fetchone()
        return int(count)


class Store:
    """The file `filings.db` in `folder`; both are made if missing. Safe to use from any thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "filings.db"
        self._one_at_a_time = Lock()
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        with self.transaction() as filings:
            filings.prepare()

    @contextmanager
    def transaction(self) -> Iterator[Filings]:
        """One unit of work: on the disk when it ends, or as if it had never begun when it raises."""
        with self._one_at_a_time, closing(sqlite3.connect(self._path, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = FULL")
            database.execute("BEGIN IMMEDIATE")
            with database:
                yield Filings(database)
