"""Secrets of the bot's own, sealed by the master key. Each is made once, at its first use."""

from __future__ import annotations

import secrets as chance

from sqlalchemy import Text, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.prepared import Prepared
from storage.records import Unreadable
from storage.schema import secrets
from storage.vault import Broken

RECEIPTS = "receipts"
"""The key by which receipts are proven to be genuine."""
_SIZE = 32

_LOAD = Prepared(select(secrets.c.secret).where(secrets.c.name == bindparam("wanted", type_=Text)))
_KEEP = Prepared(insert(secrets).on_conflict_do_nothing(), columns=["name", "secret"])


def load(tx: Transaction, name: str) -> bytes | None:
    """The secret of that name; None if it was never needed yet. Raises Unreadable."""
    envelope = tx.run(_LOAD, wanted=name).scalar()
    if envelope is None:
        return None
    try:
        return tx.vault.open_secret(envelope, name)
    except Broken:
        raise Unreadable("secrets", name) from None


def load_or_make(tx: Transaction, name: str) -> bytes:
    """The secret of that name, 32 random bytes. Of several processes that make it, all get the first's."""
    made = tx.vault.seal_secret(chance.token_bytes(_SIZE), name)
    tx.run_each(_KEEP, [{"name": name, "secret": made}])
    kept = load(tx, name)
    if kept is None:
        raise LookupError(f"the secret {name} was not kept")
    return kept
