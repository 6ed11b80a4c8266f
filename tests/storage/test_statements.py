from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.rules.statement import Statement
from storage import statements
from storage.database import Database
from tests.storage.samples import NOW, SECOND

XIAN = Statement(
    duty="cn-xian-2017/weibo-individual",
    collects=True,
    since=date(2026, 1, 1),
    stated_at=NOW,
    basis="2017年通告",
    documents=("resident ID",),
    practice=True,
)
BODY = replace(XIAN, duty="cn-xian-2017/weibo-body", collects=False)


def test_what_an_office_said_is_trusted_for_a_day(database: Database) -> None:
    """Word for word, until 24 hours after it was heard."""
    with database.transaction() as tx:
        statements.keep(tx, "sandbox", [XIAN, BODY], NOW)
    with database.reading() as tx:
        day_later = NOW + statements.TRUSTED
        assert statements.load(tx, "sandbox", day_later - SECOND) == {XIAN.duty: XIAN, BODY.duty: BODY}
        assert statements.load(tx, "sandbox", day_later) == {}


def test_the_last_word_counts(database: Database) -> None:
    """What the office changed is changed, and what it no longer says is dropped."""
    with database.transaction() as tx:
        statements.keep(tx, "sandbox", [XIAN, BODY], NOW)
    changed = replace(XIAN, collects=False, until=date(2026, 11, 20))
    with database.transaction() as tx:
        statements.keep(tx, "sandbox", [changed], NOW + SECOND)
        assert statements.load(tx, "sandbox", NOW + SECOND) == {XIAN.duty: changed}
        statements.keep(tx, "sandbox", [], NOW + 2 * SECOND)
        assert statements.load(tx, "sandbox", NOW + 2 * SECOND) == {}
