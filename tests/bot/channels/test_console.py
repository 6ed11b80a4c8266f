from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.channels.console import Shelf, converse
from bot.stream import Stream
from dialogs.conversation import OfficeAnswered
from dialogs.filing import Step
from dialogs.office import Filed, Receipt
from storage.database import Database
from tests.bot.running import HERE, PRINTER, House
from tests.dialogs.talks import FORM, NOW, PERSON, WEIBO
from tests.printed import LONGEST, Terminal

pytestmark = pytest.mark.anyio

RESIDENT_ID = "610102199003071238"
PHONE = "13912345678"
ID_QUESTION = "What is your resident ID number?"
Line = str | Callable[[], str]


class Typed(io.StringIO):
    """Lines as they are typed, some of them after something has happened."""

    def __init__(self, *lines: Line) -> None:
        super().__init__()
        self._lines = lines

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        for line in self._lines:
            yield f"{line if isinstance(line, str) else line()}\n"


@pytest.fixture
def house(sqlite_database: Database) -> House:
    """A runner on a database."""
    return House(sqlite_database)


async def at_once() -> None:
    """Nothing runs beside the chat."""


async def talk(house: House, folder: Path, *lines: str) -> str:
    """What a whole chat prints."""
    stream, terminal = Stream(HERE, house.runner, house.database, PRINTER, lambda: None), Terminal()
    async with asyncio.timeout(LONGEST):
        await converse(stream, Typed(*lines), terminal, at_once, Shelf(folder))
    return terminal.getvalue()


async def test_what_was_typed_is_printed_where_it_would_not_stand(house: House, tmp_path: Path) -> None:
    """So that a recorded chat can be read; empty lines are not answers."""
    printed = await talk(house, tmp_path, "", "weibo\r", "   ", "me")
    assert [line for line in printed.splitlines() if line.startswith(">")] == ["> weibo", "> me"]


async def test_choices_have_numbers_where_a_number_is_an_answer(house: House, tmp_path: Path) -> None:
    """Beside a count they would be taken for one."""
    printed = await talk(house, tmp_path, *WEIBO[:3], "back", "keep")
    assert "  1 Weibo · 2 WeChat public account · " in printed
    assert "\n  Keep it\n" in await talk(house, tmp_path, "45000", "back")


async def test_sensitive_answers_are_hidden(house: House, tmp_path: Path) -> None:
    """As they are typed, and wherever they are shown again."""
    fields = (*PERSON[:3], RESIDENT_ID, *PERSON[4:6], PHONE, *PERSON[7:])
    printed = await talk(house, tmp_path, *WEIBO, *FORM, *fields, "change", "8", "filings")
    assert printed.count("> **********\n") == 2
    assert RESIDENT_ID not in printed
    assert PHONE not in printed
    assert "> 王芳" in printed


async def test_news_in_between_does_not_uncover_a_sensitive_answer(house: House, tmp_path: Path) -> None:
    """The question stays open while the office is heard, and so does the cover."""
    house.say(*WEIBO, *FORM, *PERSON, "send", *WEIBO, *FORM, *PERSON[:3])
    filing = house.conversation().filings[-1]
    receipt = Receipt("PRACTICE-2026-000001", filing.reference, 1, "Practice office", NOW, practice=True)
    stream = Stream(HERE, house.runner, house.database, PRINTER, lambda: None)
    loop, terminal = asyncio.get_running_loop(), Terminal()

    def answered() -> str:
        house.take(OfficeAnswered(filing.reference, 1, Step.CREATE, Filed(receipt)))
        loop.call_soon_threadsafe(stream.news.set)
        return ""

    lines = Typed(terminal.after(ID_QUESTION, answered), terminal.after(receipt.number, lambda: RESIDENT_ID))
    async with asyncio.timeout(LONGEST):
        await converse(stream, lines, terminal, at_once, Shelf(tmp_path))
    printed = terminal.getvalue()
    assert printed.index(ID_QUESTION) < printed.index(receipt.number) < printed.index("> **********\n")
    assert RESIDENT_ID not in printed
    assert dict(house.conversation().drafting.answers)["resident_id"] == RESIDENT_ID


async def test_the_first_question_does_not_wait_for_what_runs_beside(house: House, tmp_path: Path) -> None:
    """It is on the screen before the office has been asked anything; no line is taken before it has."""
    stream, terminal = Stream(HERE, house.runner, house.database, PRINTER, lambda: None), Terminal()
    seen: list[str] = []

    async def ready() -> None:
        seen.append(terminal.getvalue())

    await converse(stream, Typed("weibo"), terminal, ready, Shelf(tmp_path))
    assert "Which kind of account is it?" in seen[0]
    assert "> weibo" not in seen[0]


def test_a_file_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """In a folder of its owner's; a name leads nowhere else."""
    kept = Shelf(tmp_path / "packages").keep("../../BN-1.json", b"{}")
    assert kept == tmp_path / "packages" / "BN-1.json"
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert Shelf(tmp_path / "packages").keep("BN-1.json", b"{1}").read_text() == "{1}"
