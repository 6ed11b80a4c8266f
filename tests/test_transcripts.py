"""Every transcript under tests/transcripts is what the bot says today."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.chats import Chat

FOLDER = Path(__file__).parent / "transcripts"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_chat(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The bot says what the transcript says, word for word."""
    script = path.read_text(encoding="utf-8")
    today = asyncio.run(Chat(tmp_path, script).play())
    if request.config.getoption("--update"):
        path.write_text(today, encoding="utf-8")
    assert today == path.read_text(encoding="utf-8")
