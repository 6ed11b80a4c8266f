"""Which message of a chat shows its live question."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.prepared import Prepared
from storage.records import Screen
from storage.schema import screens

_insert = insert(screens)
_KEEP = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["conversation_id"],
        set_={name: _insert.excluded[name] for name in ("message", "turn", "buttons")},
    ),
    columns=["conversation_id", "message", "turn", "buttons"],
)


def keep(tx: Transaction, shown: Mapping[str, Screen]) -> None:
    """These are shown from now on, by the ids of their conversations."""
    tx.run_each(
        _KEEP,
        [
            {
                "conversation_id": conversation,
                "message": screen.message,
                "turn": screen.turn,
                "buttons": int(screen.buttons),
            }
            for conversation, screen in shown.items()
        ],
    )
