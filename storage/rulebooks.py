"""The texts of the rulebooks in use: an owner who began under an earlier one can be told what changed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime

import orjson
from sqlalchemy import Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.moments import micros
from storage.prepared import Prepared
from storage.schema import rulebooks

KEPT = 100
"""How many are kept, the newest. A check or a form rests on one for days, who waits for changed rules perhaps
for years: if it is gone then, they are told that what held before is no longer kept."""

_r = rulebooks.c
_VERSION = bindparam("wanted", type_=Text)
_insert = insert(rulebooks)
_KEEP = Prepared(
    _insert.on_conflict_do_update(index_elements=["version"], set_={"kept_at": _insert.excluded.kept_at}),
    columns=["version", "texts", "kept_at"],
)
_newest_first = select(_r.version).order_by(_r.kept_at.desc(), _r.version)
_DROP = Prepared(delete(rulebooks).where(_r.version.not_in(_newest_first.limit(KEPT))))
_NEWEST = Prepared(_newest_first.limit(1))
_LOAD = Prepared(select(_r.texts).where(_r.version == _VERSION))


def newest(tx: Transaction) -> str | None:
    """The version that was kept last; None if none is kept yet."""
    version: str | None = tx.run(_NEWEST).scalar()
    return version


def keep(tx: Transaction, version: str, texts: Mapping[str, str], now: datetime) -> None:
    """Keep the files (name -> text) of a version as the newest; only the `KEPT` newest stay."""
    packed = zlib.compress(orjson.dumps(dict(texts)))
    tx.run_each(_KEEP, [{"version": version, "texts": packed, "kept_at": micros(now)}])
    tx.run(_DROP)


def load(tx: Transaction, version: str) -> Mapping[str, str] | None:
    """The files of a version; None if it is not kept."""
    packed = tx.run(_LOAD, wanted=version).scalar()
    if packed is None:
        return None
    texts: dict[str, str] = orjson.loads(zlib.decompress(packed))
    return texts
