"""Messages as a channel shows them: words, and files of their papers."""

from __future__ import annotations

import asyncio

from bot.papers import File
from bot.papers.making import made
from bot.papers.seal import Seal
from bot.shown import Shown, shown
from dialogs.messages import Message


class Printer:
    """Makes them; receipts get the `seal`."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    async def shown(self, id_: int, language: str, turn: int, message: Message) -> Shown:
        """A message in words of `language`, with the files of its papers."""
        # A PDF takes long enough to keep others waiting.
        papers = await asyncio.to_thread(self._made, message, language) if message.papers else ()
        return shown(id_, language, turn, message, papers)

    def _made(self, message: Message, language: str) -> tuple[File, ...]:
        return tuple(file for paper in message.papers for file in made(paper, language or "en", self._seal))
