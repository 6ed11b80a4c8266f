from __future__ import annotations

from sqlalchemy import func, select

from bot.rulebook import texts
from storage import rulebooks, schema
from storage.database import Database
from tests.storage.samples import NOW, SECOND


def test_the_texts_come_back_as_they_were_kept(database: Database) -> None:
    """The whole shipped rulebook, word for word, in a tenth of its size or little more."""
    shipped = texts()
    with database.transaction() as tx:
        rulebooks.keep(tx, "today", shipped, NOW)
    with database.reading() as tx:
        assert rulebooks.load(tx, "today") == shipped
        size = tx.connection.execute(select(func.length(schema.rulebooks.c.texts))).scalar_one()
        assert size < sum(map(len, shipped.values())) / 2


def test_what_is_not_kept_is_not_known(database: Database) -> None:
    """An empty database has none, and no newest."""
    with database.reading() as tx:
        assert rulebooks.load(tx, "today") is None
        assert rulebooks.newest(tx) is None


def test_the_newest_are_kept(database: Database) -> None:
    """The oldest goes when the eleventh comes."""
    for n in range(rulebooks.KEPT + 2):
        with database.transaction() as tx:
            rulebooks.keep(tx, f"version {n}", {"facts.toml": str(n)}, NOW + n * SECOND)
            assert rulebooks.newest(tx) == f"version {n}"
    with database.reading() as tx:
        assert [rulebooks.load(tx, f"version {n}") is None for n in range(4)] == [True, True, False, False]
        assert rulebooks.load(tx, "version 11") == {"facts.toml": "11"}


def test_a_version_that_is_in_use_again_is_the_newest_again(database: Database) -> None:
    """After a way back to an earlier program: it must not be the next one to go."""
    for n, version in enumerate(["old", "new", "old", *(f"later {n}" for n in range(rulebooks.KEPT - 1))]):
        with database.transaction() as tx:
            rulebooks.keep(tx, version, {"facts.toml": version}, NOW + n * SECOND)
    with database.reading() as tx:
        assert rulebooks.load(tx, "new") is None
        assert rulebooks.load(tx, "old") == {"facts.toml": "old"}
