"""The golden chats in a terminal: the contract of test_golden, where all is printed and typed."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.channels import console
from bot.settings import Settings
from storage.records import Address
from tests.channels.golden import Block, blocks
from tests.channels.test_golden import CHATS, FOLDER
from tests.chats import Clock, normal
from tests.printed import LONGEST, Terminal

pytestmark = pytest.mark.anyio


def written(printed: str) -> list[str]:
    """The lines that stand there."""
    return [line for line in printed.splitlines() if line]


def transcribed(script: list[Block]) -> list[str]:
    """The lines of a transcript, without what was typed."""
    return [line for block in script for line in ([">"] if block.typed not in ("", "~") else []) + block.said]


def said(script: list[Block]) -> Callable[[str], bool]:
    """Whether as many lines have been printed as this part of a transcript has."""
    return lambda printed: len(written(printed)) >= len(transcribed(script))


class Typed(io.StringIO):
    """What the owner types: the lines of a transcript, each `~` a while until there is news."""

    def __init__(self, script: list[Block], terminal: Terminal) -> None:
        super().__init__()
        self._script = script
        self._terminal = terminal

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        for place, block in enumerate(self._script):
            if block.typed == "~":
                self._terminal.until(said(self._script[: place + 1]))
            elif block.typed:
                yield f"{block.typed}\n"


def printed(terminal: Terminal) -> list[str]:
    """What stands there, without what was typed, as some of it is covered, and without folders of files."""
    shown = [">" if line.startswith("> ") else normal(line) for line in written(terminal.getvalue())]
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
