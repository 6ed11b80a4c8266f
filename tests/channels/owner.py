"""An owner who follows a golden chat, whatever becomes of the bot meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.channels.golden import blocks, unnumbered
from tests.channels.retold import Told
from tests.telegram.person import Person
from tests.telegram.server import Telegram as Server

FOLDER = Path(__file__).parent.parent / "transcripts"
PATIENCE = 120.0
"""Seconds to wait for an answer: a bot that is killed several times takes some."""


class Owner:
    """Plays the chat of that name. Repeats nothing: Telegram does, if the bot has not confirmed it."""

    def __init__(self, server: Server, number: int, chat: str) -> None:
        self.chat = chat
        self.person = Person(server, number, "zh-hans" if chat.endswith(".zh") else "en")
        self.told = Told()
        self.turns = 0

    async def play(self) -> None:
        """The whole chat. Raises Strayed, and TimeoutError if an answer does not come."""
        for block in blocks((FOLDER / f"{self.chat}.txt").read_text(encoding="utf-8")):
            self.told.expect(unnumbered(block.said))
            self._act(block.typed)
            self.turns += block.typed != "~"
            async with asyncio.timeout(PATIENCE):
                await self.person.server.clock.bell.until(self.hear)

    def hear(self) -> bool:
        """Whether all was said that is to be said now. Raises Strayed."""
        return self.told.hear(self.person.chat)

    def _act(self, typed: str) -> None:
        """A number presses the button that it stands for; `~` only waits; everything else is typed."""
        latest = self.person.chat.of_bot()[-1:]
        labels = [label for message in latest for row in message.buttons for label in row]
        match typed:
            case "":
                self.person.starts()
            case "~":
                pass
            case _ if typed.isdigit() and int(typed) <= len(labels):
                self.person.presses(labels[int(typed) - 1])
            case _:
                self.person.says(typed)
