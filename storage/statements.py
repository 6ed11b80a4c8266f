"""What the office states it collects, as it last said, for as long as that is trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import orjson
from sqlalchemy import BigInteger, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from dialogs import codec
from dialogs.rules.statement import Statement
from storage.database import Transaction
from storage.moments import micros
from storage.prepared import Prepared
from storage.schema import statements

TRUSTED = timedelta(hours=24)

_s = statements.c
_NOW = bindparam("now", type_=BigInteger)
_insert = insert(statements)
_KEEP = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["duty"],
        set_={"statement": _insert.excluded.statement, "heard_at": _insert.excluded.heard_at},
    ),
    columns=["duty", "statement", "heard_at"],
)
_DROP = Prepared(delete(statements).where(_s.heard_at < _NOW))
_LOAD = Prepared(select(_s.duty, _s.statement).where(_s.heard_at > _NOW))


def keep(tx: Transaction, office: str, heard: Iterable[Statement], now: datetime) -> None:
    """Keep what an office said at `now`, all of it: what was said before and is not said now is dropped."""
    tx.run_each(
        _KEEP,
        [
            {
                "duty": statement.duty,
                "statement": orjson.dumps({"office": office, "said": codec.encode(statement)}).decode(),
                "heard_at": micros(now),
            }
            for statement in sorted(heard, key=lambda statement: statement.duty)
        ],
    )
    tx.run(_DROP, now=micros(now))


def load(tx: Transaction, office: str, now: datetime) -> dict[str, Statement]:
    """This office's statements by duty, if they were heard less than 24 hours before `now`."""
    kept = ((row.duty, orjson.loads(row.statement)) for row in tx.run(_LOAD, now=micros(now - TRUSTED)))
    return {duty: codec.decode(one["said"]) for duty, one in kept if one["office"] == office}
