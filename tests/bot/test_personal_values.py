from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from storage import keys, schema
from storage.database import Database
from tests.bot.commands.terminal import running
from tests.bot.running import HERE, House
from tests.dialogs.talks import FORM, WEIBO
from tests.storage.test_plain_bytes import found

NAME, RESIDENT_ID, PHONE = "欧阳若兰", "610102199003071238", "13912345678"
ACCOUNT, UID, OTHER = "长安夜话手记", "2345678901", "司徒望舒"
FIELDS = (ACCOUNT, f"weibo.com/u/{UID}", NAME, RESIDENT_ID, "yes", OTHER, PHONE, "video", "done")
WRONG = ("61010219900307123", "我的微博是欧阳若兰的", "no such answer 4471")
PLANTED = [ACCOUNT, UID, NAME, RESIDENT_ID, PHONE, OTHER, *WRONG, "45000"]
"""What the owner types, right or wrong."""


def test_nothing_personal_is_readable_on_the_disk_or_in_the_errors(tmp_path: Path) -> None:
    """Of chats that were killed before anything could be tidied up; with the key, it is all there.

    The practice office keeps its filings in a folder of its own, as an office does.
    """
    with running("chat", data=tmp_path) as chat:
        for line in (WRONG[1], *WEIBO[:2], WRONG[2], *WEIBO[2:], *FORM, *FIELDS[:3], WRONG[0], *FIELDS[3:]):
            chat.type(line)
        chat.until("Please check. Nothing has been sent yet.")
        chat.kill()
        assert found(kept(tmp_path) + chat.complained(), PLANTED) == set()
    database = Database.open(f"sqlite:///{tmp_path}/beian.db", keys.in_file(tmp_path / "key"))
    drafted = repr(House(database).conversation().drafting)
    database.close()
    assert [value for value in (ACCOUNT, UID, NAME, RESIDENT_ID, PHONE, OTHER) if value not in drafted] == []
    with running("chat", data=tmp_path) as chat:
        chat.type("send")
        chat.until("Practice receipt")
        chat.type(NAME)
        chat.until("没有明白您的意思")
        chat.kill()
        assert found(kept(tmp_path) + chat.complained(), PLANTED) == set()


def kept(data: Path) -> bytes:
    """All that the bot has written: the database, and what SQLite puts beside it."""
    files = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    assert {"beian.db", "beian.db-wal"} <= set(files)
    return b"\n".join(files.values())


@pytest.mark.parametrize("table", sorted(schema.metadata.tables))
def test_nothing_personal_is_readable_on_a_server(postgres_database: Database, table: str) -> None:
    """In no column of any table; the messages that wait hold it, sealed."""
    house = House(postgres_database)
    house.say(*WEIBO, *FORM, *FIELDS, "send")
    assert any(UID in text for text in house.words())
    with postgres_database.reading() as tx:
        rows = tx.connection.execute(select(schema.metadata.tables[table])).all()
    content = b"\n".join(
        cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row
    )
    assert found(content, PLANTED) == set()
    assert bool(found(content, [HERE.chat])) == (table == "conversations")
