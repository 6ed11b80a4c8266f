"""The golden chats in a terminal: the contract of test_golden, where all is printed and typed."""

from __future__ import annotations

import asyncio
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.channels import console
from bot.settings import Settings
from storage.records import Address
from tests.channels.golden import Block, blocks
from tests.channels.test_golden import CHATS, FOLDER
from tests.chats import Clock, normal

pytestmark = pytest.mark.anyio
LONGEST = 10.0


class Terminal(io.StringIO):
    """Where the chat is printed. A message is printed at once."""

    def __init__(self) -> None:
        super().__init__()
        self._printed = threading.Condition()

    def write(self, text: str) -> int:
        """Print."""
        with self._printed:
            count = super().write(text)
            self._printed.notify_all()
            return count

    def waits(self, lines: int) -> bool:
        """Return when so many lines have been printed; whether they were in time."""
        with self._printed:
            return self._printed.wait_for(lambda: len(written(self)) >= lines, LONGEST)


class Typed(io.StringIO):
    """What the owner types: the lines of a transcript, each `~` a while until there is news."""

    def __init__(self, script: list[Block], terminal: Terminal) -> None:
        super().__init__()
        self._script = script
        self._terminal = terminal

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        for place, block in enumerate(self._script):
            if block.typed == "~":
                so_far = self._script[: place + 1]
                assert self._terminal.waits(len(transcribed(so_far))), "no news from the office"
            elif block.typed:
                yield f"{block.typed}\n"


def written(terminal: io.StringIO) -> list[str]:
    """The lines that stand there."""
    return [line for line in terminal.getvalue().splitlines() if line]


def transcribed(script: list[Block]) -> list[str]:
    """The lines of a transcript, without what was typed."""
    return [line for block in script for line in ([">"] if block.typed not in ("", "~") else []) + block.said]


def printed(terminal: Terminal) -> list[str]:
    """What stands there, without what was typed, as some of it is covered, and without folders of files."""
    shown = [">" if line.startswith("> ") else normal(line) for line in written(terminal)]
    return [re.sub(r"^  → .*/", "  → ", line) for line in shown]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("chat", CHATS)
async def test_golden_chat(tmp_path: Path, chat: str, language: str) -> None:
    """What is printed is, word for word, what the transcript says."""
    text = (FOLDER / f"{chat}.{language}.txt").read_text(encoding="utf-8")
    office = "none" if "# office: none" in text else "sandbox"
    script, terminal = list(blocks(text)), Terminal()
    settings = Settings(data=tmp_path, office=office)
    async with App(settings, "zh_CN" if language == "zh" else "en", Clock()) as app:
        stream = app.stream(Address("console", "local"))
        async with asyncio.timeout(2 * LONGEST):
            typed, shelf = Typed(script, terminal), console.Shelf(tmp_path / "packages")
            await console.converse(stream, typed, terminal, app.connect, shelf)
    assert printed(terminal) == [re.sub(r"^  → .*/", "  → ", line) for line in transcribed(script)]
