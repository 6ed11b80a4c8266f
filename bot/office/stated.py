"""What an office states it collects, as it was last heard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs.rules.statement import Statement
from storage import statements
from storage.database import Database


def last_word(database: Database, office: str, now: datetime) -> Mapping[str, Statement]:
    """What this office last stated, if it was heard within 24 hours."""
    with database.reading() as tx:
        return statements.load(tx, office, now)


def keep(database: Database, office: str, stated: tuple[Statement, ...], now: datetime) -> None:
    """This is its word from now on."""
    with database.transaction() as tx:
        statements.keep(tx, office, stated, now)
