"""One contract over all channels: the golden chats to the receipt, by either library, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.channels.golden import blocks, bot, play, unnumbered
from tests.chats import Clock
from tests.telegram.person import Person
from tests.telegram.server import telegram

FOLDER = Path(__file__).parent.parent / "transcripts"
CHATS = ("weibo-45000", "package", "counts", "change", "registered", "enterprise-20000")


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("library", ["aiogram", "ptb"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("chat", CHATS)
async def test_golden_chat(tmp_path: Path, chat: str, language: str, library: str, mode: str) -> None:
    """What an owner sees on Telegram is, word for word, what the transcript says."""
    script = (FOLDER / f"{chat}.{language}.txt").read_text(encoding="utf-8")
    office = "none" if "# office: none" in script else "sandbox"
    clock = Clock()
    async with telegram() as server:
        person = Person(server, language_code="zh-hans" if language == "zh" else "en")
        async with bot(tmp_path, server, library, mode, office=office, clock=clock) as app:
            shown = await play(person, app, clock, script)
    assert shown == [(block.typed, unnumbered(block.said)) for block in blocks(script)]
