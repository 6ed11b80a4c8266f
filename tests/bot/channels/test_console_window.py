from __future__ import annotations

import asyncio
import errno
import io
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.console import Shelf, converse
from bot.stream import Stream
from bot.terminal import Unheard, cells
from dialogs.conversation import Arrived, OfficeAnswered, Said
from dialogs.filing import Step
from dialogs.office import Filed, Receipt
from storage.database import Database
from tests.bot.channels.window import LONGEST, Window
from tests.bot.commands.terminal import ROOT, RUN, beian, environment
from tests.bot.running import HERE, PRINTER, House
from tests.dialogs.talks import FORM, NOW, PERSON, WEIBO

pytestmark = pytest.mark.anyio

NUMBER = "610102199003071238"
END = "\x04"
ASKED = "\n\n> "


@pytest.fixture
def house(sqlite_database: Database) -> House:
    """A runner on a database."""
    return House(sqlite_database)


@pytest.fixture
def window() -> Iterator[Window]:
    """A terminal."""
    window = Window()
    yield window
    window.close()


class Full(io.StringIO):
    """An output that takes no more."""

    def write(self, _text: str) -> int:
        """Print."""
        raise OSError(errno.ENOSPC, "No space left on device")


async def at_once() -> None:
    """Nothing runs beside the chat."""


@asynccontextmanager
async def talking(house: House, window: Window, folder: Path) -> AsyncIterator[Stream]:
    """A chat in a window; its end of the input comes when the test is done with it."""
    stream = Stream(HERE, house.runner, house.database, PRINTER, lambda: None)
    chat = asyncio.create_task(converse(stream, window.source, window.target, at_once, Shelf(folder)))
    yield stream
    window.type(END)
    async with asyncio.timeout(LONGEST):
        await chat


async def test_one_sees_where_to_type(house: House, window: Window, tmp_path: Path) -> None:
    """A prompt after every message, also after an empty line; what is typed is not printed twice."""
    async with talking(house, window, tmp_path):
        await window.until(ASKED)
        window.type("\n")
        assert await window.until("> ") == "\n> "
        window.type("weibo\n")
        answer = await window.until(ASKED)
        assert answer.startswith("weibo\nA Weibo account.\n")
        assert answer.count("weibo") == 1
    assert (await window.until("\n")) == "\n"


async def test_news_does_not_stand_in_the_line_of_the_prompt(
    house: House, window: Window, tmp_path: Path
) -> None:
    """It begins a line of its own, and the prompt follows it again."""
    house.say(*WEIBO, *FORM, *PERSON, "send")
    filing = house.conversation().filings[-1]
    receipt = Receipt("PRACTICE-2026-000001", filing.reference, 1, "Practice office", NOW, practice=True)
    async with talking(house, window, tmp_path) as stream:
        await window.until(ASKED)
        house.take(OfficeAnswered(filing.reference, 1, Step.CREATE, Filed(receipt)))
        stream.news.set()
        news = await window.until(ASKED)
        assert news.startswith("\nPractice receipt PRACTICE-2026-000001")


async def test_sensitive_answers_do_not_show(house: House, window: Window, tmp_path: Path) -> None:
    """Not as they are typed, and not before the next question; then what is typed shows again."""
    house.take(Arrived(), *map(Said, (*WEIBO, *FORM, *PERSON[:3])))
    async with talking(house, window, tmp_path):
        await window.until(ASKED)
        assert not window.echoes
        window.type(f"{NUMBER}\n")
        assert (await window.until(ASKED)).startswith("\nNoted: **********38.")
        assert window.echoes
        window.type("back\n")
        await window.until(ASKED)
        assert not window.echoes
    assert window.echoes
    assert NUMBER not in window.seen


@pytest.mark.parametrize(("columns", "language"), [(30, "hello"), (40, "你好"), (33, "你好")])
async def test_lines_fit_the_window(house: House, tmp_path: Path, columns: int, language: str) -> None:
    """Whatever it is wide; Chinese characters take two columns."""
    window = Window(columns)
    async with talking(house, window, tmp_path):
        await window.until(ASKED)
        window.type(f"{language}\n")
        lines = (await window.until(ASKED)).splitlines()
    window.close()
    assert len(lines) > 5
    assert max(map(cells, lines)) <= columns


async def test_a_window_that_is_gone_ends_the_chat(house: House, tmp_path: Path) -> None:
    """And what it did not show is shown in the next."""
    stream = Stream(HERE, house.runner, house.database, PRINTER, lambda: None)
    with pytest.raises(Unheard):
        await converse(stream, io.StringIO(), Full(), at_once, Shelf(tmp_path))
    assert len(await stream.waiting()) == 1


async def test_an_interrupted_chat_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    """Even in the middle of a sensitive question; it ends without a word."""
    window = Window()
    lines = (*WEIBO, *FORM, *PERSON[:3])
    assert beian("chat", data=tmp_path, lines=lines).status == 0
    popen = subprocess.Popen(  # noqa: S603, ASYNC220 - our own interpreter on our own command
        [*RUN, "chat"],
        cwd=ROOT,
        env=environment(tmp_path),
        stdin=window.source,
        stdout=window.target,
        stderr=window.target,
    )
    try:
        await window.until(ASKED)
        assert not window.echoes
        popen.send_signal(signal.SIGINT)
        assert popen.wait(LONGEST) == 0
        assert window.echoes
        assert await window.until("\n") == "\n"
    finally:
        popen.kill()
        window.close()
