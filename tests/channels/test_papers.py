from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.papers.reading import Genuine, judged
from bot.papers.seal import ReceiptKey
from bot.settings import Settings
from dialogs.messages import CalendarPaper, Message, T
from storage import keys, secrets
from storage.database import Database
from storage.records import Address
from tests.bot.papers.samples import REFERENCE, paper
from tests.channels.bots import bot, commit, people, texts
from tests.storage.samples import one_turn
from tests.telegram.faults import Flood
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

DAY = CalendarPaper("7", date(2026, 12, 1), (datetime(2026, 11, 24, 1, tzinfo=UTC),), T("Yes"))
KEPT = Message(("kept",), files=(("form.txt", "text/plain", "表"),), papers=(paper(), DAY))
NAMES = ["form.txt", *(f"receipt-{REFERENCE}.{kind}" for kind in ("pdf", "html", "json")), "day.ics"]


def key_of(folder: Path) -> ReceiptKey:
    """The key of the bot that keeps all in that folder."""
    database = Database.open(f"sqlite:///{folder}/beian.db", keys.in_file(folder / "key"), read_only=True)
    with database.reading() as tx:
        secret = secrets.load(tx, secrets.RECEIPTS)
    database.close()
    assert secret is not None
    return ReceiptKey(secret)


def documents(server: Telegram, person: Person) -> dict[str, bytes]:
    """The files that somebody was sent."""
    sent = [entry.message.content.get("document") for entry in person.chat.history if entry.mark == "<"]
    return {one["file_name"]: server.state.files.find(one["file_id"]).content for one in sent if one}


async def test_papers_come_as_documents_after_the_text(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """Each once and whole, though one has to be tried again; what follows comes after the last."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [KEPT, "then"]})
    server.fail("sendDocument", how=Flood(5), at=3)
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: "then" in texts(owner))
    assert texts(owner) == ["kept", *NAMES, "then"]
    given = documents(server, owner)
    assert given["form.txt"].decode() == "表"
    assert given["day.ics"].startswith(b"BEGIN:VCALENDAR\r\n")
    seal = key_of(tmp_path).seal
    assert [type(judged(given[name], seal)) for name in NAMES[1:4]] == [Genuine] * 3


async def test_a_stream_shows_papers_as_files_and_the_key_stays(tmp_path: Path) -> None:
    """What one start of the bot has sealed and proven, the next knows."""
    address = Address("console", "local")
    proven = []
    for _ in range(2):
        async with App(Settings(data=tmp_path, office="none"), "en") as app:
            proven.append(app.world().prove(b"sent"))
    database = Database.open(f"sqlite:///{tmp_path}/beian.db", keys.in_file(tmp_path / "key"))
    one_turn(database, address, KEPT)
    database.close()
    async with App(Settings(data=tmp_path, office="none"), "en") as app:
        (message,) = await app.stream(address).waiting()
    seal = key_of(tmp_path)
    assert [name for name, _, _ in message.files] == NAMES
    assert [type(judged(content, seal.seal)) for _, _, content in message.files[1:4]] == [Genuine] * 3
    assert proven == [seal.prove(b"sent")] * 2
