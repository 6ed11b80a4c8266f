from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from dialogs.conversation import Remind, Track
from dialogs.filing import State
from storage import conversations, filings, holds, outbox, schema, secrets
from storage.database import Database
from storage.keys import MasterKey
from storage.records import Screen
from tests.storage.samples import CHAT, LEASE, NOW, lasting, one_turn, settled

PLANTED = ["李华测试", "11010519491231002X", "+8613800138000", "weibo.com/u/1234567890"]
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda value: value.encode("utf-16-le"),
    "utf-16-be": lambda value: value.encode("utf-16-be"),
    "gb18030": lambda value: value.encode("gb18030"),
    "json": lambda value: json.dumps(value)[1:-1].encode(),
    "hex": lambda value: value.encode().hex().encode(),
    "base64": lambda value: b64encode(value.encode()).rstrip(b"=")[:-1],
}


def live(database: Database) -> None:
    """What the owner said and is told goes through every table; some of it is changed, some deleted again."""
    with database.transaction() as tx:
        secrets.load_or_make(tx, secrets.RECEIPTS)
    answers = [(f"field{number}", value) for number, value in enumerate(PLANTED)]
    for _ in range(3):
        with database.transaction() as tx:
            holds.resume(tx, CHAT, NOW)
            loaded = conversations.load(tx, [CHAT])[CHAT]
            track = Track("ref", 1, State.CONFIRMED, NOW)
            report = replace(lasting(PLANTED[0]), progress="ref")
            said = [report, *map(lasting, PLANTED[1:]), *PLANTED]
            turn = settled(loaded, *said, answers=answers, effects=(track, Remind("one", NOW)))
            conversations.save(tx, [turn], NOW)
            conversations.fresh_updates(tx, [("telegram", "7")], NOW)
        with database.transaction() as tx:
            for mark in (partial(outbox.went_on, now=NOW), outbox.delivered):
                (mine,) = outbox.claim_messages(tx, ["telegram"], NOW, 1, LEASE)[0]
                screen = Screen("7", mine.outgoing.turn, buttons=True)
                id_ = mine.outgoing.id
                assert mark(tx, [mine], shown={id_: screen}, told={id_: "8"})
            filings.claim_filings(tx, NOW, 1, LEASE)
            (mine,) = outbox.claim_messages(tx, ["telegram"], NOW, 1, LEASE)[0]
            outbox.went_on(tx, [mine], NOW)
        with database.transaction() as tx:
            holds.hold(tx, CHAT)
    one_turn(database)


def found(content: bytes, values: list[str]) -> set[tuple[str, str]]:
    """Which of `values` can be read in `content`, and how they are written there."""
    content = content.lower()
    return {
        (value, name)
        for value in values
        for name, encoded in ENCODINGS.items()
        if encoded(value).lower() in content
    }


def files(folder: Path) -> bytes:
    """All that is on the disk."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_nothing_personal_can_be_read_in_the_files(
    sqlite_database: Database, tmp_path: Path, master_key: MasterKey
) -> None:
    """Neither in the database nor in what SQLite puts beside it; the chat's id is there to be found."""
    live(sqlite_database)
    assert {path.name for path in tmp_path.iterdir()} >= {"beian.db", "beian.db-wal"}
    for closed in (False, True):
        if closed:
            sqlite_database.close()
        content = files(tmp_path)
        assert found(content, PLANTED) == set()
        assert found(content, [CHAT.chat]) == {
            (CHAT.chat, "utf-8"),
            (CHAT.chat, "gb18030"),
            (CHAT.chat, "json"),
        }
        assert master_key.secret not in content


@pytest.mark.parametrize("table", sorted(schema.metadata.tables))
def test_nothing_personal_can_be_read_in_the_rows(postgres_database: Database, table: str) -> None:
    """What a server hands out of each table."""
    live(postgres_database)
    with postgres_database.reading() as tx:
        rows = tx.connection.execute(select(schema.metadata.tables[table])).all()
    content = b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )
    assert rows or table in ("rulebooks", "statements")  # what anybody may read
    assert found(content, PLANTED) == set()
    assert bool(found(content, [CHAT.chat])) == (table == "conversations")


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_search_finds_each_encoding(name: str) -> None:
    """So that finding nothing means something."""
    assert all((value, name) in found(b"..." + ENCODINGS[name](value) + b"...", PLANTED) for value in PLANTED)
