from __future__ import annotations

import re

import pytest

from storage import conversations, filings, holds, outbox, progress, screens, statements
from storage.database import Database
from storage.prepared import Prepared

MODULES = (conversations, filings, holds, outbox, progress, screens, statements)
PREPARED = {
    f"{module.__name__}{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Prepared)
}
SMALL = {"statements"}  # as many rows as an office has duties


@pytest.mark.parametrize("name", PREPARED)
def test_no_statement_reads_a_whole_table(sqlite_database: Database, name: str) -> None:
    """What a turn costs must not grow with the number of owners: each finds its rows by an index."""
    with sqlite_database.transaction() as tx:
        sql, constants = PREPARED[name].on(tx.connection.dialect)
        parameters = dict.fromkeys(re.findall(r":(\w+)", sql))
        plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", {**parameters, **constants}).all()
    scanned = {row.detail.split()[1] for row in plan if row.detail.startswith("SCAN")}
    assert scanned <= {"due", "anon_1", "anon_2"} | SMALL
