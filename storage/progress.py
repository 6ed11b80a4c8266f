"""Which message of a chat tells how a filing goes, so that the next report on it can take its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.prepared import Prepared, listed, nth, rows
from storage.schema import progress

Report = tuple[str, str]
"""A conversation's id, and the reference of what is reported on."""

_p = progress.c
_reports = select(nth(0), nth(1)).select_from(listed("reports"))
_FOUND = Prepared(
    select(_p.conversation_id, _p.reference, _p.message).where(
        tuple_(_p.conversation_id, _p.reference).in_(_reports)
    )
)
_insert = insert(progress)
_KEEP = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["conversation_id", "reference"], set_={"message": _insert.excluded.message}
    ),
    columns=["conversation_id", "reference", "message"],
)
_FORGET = Prepared(delete(progress).where(tuple_(_p.conversation_id, _p.reference).in_(_reports)))


def found(tx: Transaction, reports: Collection[Report]) -> dict[Report, str]:
    """The channel's id of the message that tells each of `reports`, as far as there is one."""
    if not reports:
        return {}
    kept = tx.run(_FOUND, reports=rows(sorted(reports)))
    return {(row.conversation_id, row.reference): row.message for row in kept}


def keep(tx: Transaction, told: Mapping[Report, str]) -> None:
    """These messages tell it from now on; '' forgets a report that has come to its end."""
    standing = {report: message for report, message in told.items() if message}
    tx.run_each(
        _KEEP,
        [
            {"conversation_id": conversation, "reference": reference, "message": message}
            for (conversation, reference), message in sorted(standing.items())
        ],
    )
    if ended := sorted(told.keys() - standing.keys()):
        tx.run(_FORGET, reports=rows(ended))
