"""What an owner was told, held against a golden chat, with what was said twice set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from tests.channels.golden import seen
from tests.chats import normal
from tests.telegram.chats import Chat, Message

_NUMBER = re.compile(r"PRACTICE-\d{4}-\d{6}")
_PROOF = re.compile(r"[0-9a-f]{64}")


class Strayed(AssertionError):
    """The bot said what the golden chat does not say here, and had not just said it either."""


def unissued(line: str) -> str:
    """A line without the number of a receipt, which depends on who else files."""
    return _NUMBER.sub("PRACTICE-…", normal(line))


@dataclass(slots=True)
class Told:
    """What was heard of a golden chat. `expected` lines are still to come.

    `copies` are the places of the messages that said once more what the one before them had said.
    """

    expected: list[str] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    _heard: int = 0
    _last: tuple[list[str], str] = ([], "")

    def expect(self, said: Sequence[str]) -> None:
        """These lines are to come next."""
        self.expected = [unissued(line) for line in said]

    def hear(self, chat: Chat) -> bool:
        """Take what the bot has said there since the last time; whether all expected lines came.

        What has the same buttons as the message before, of the same turn, is a copy even if the same words
        are to come again. Raises Strayed.
        """
        for message in list(_as_sent(chat))[self._heard :]:
            lines, mark = [unissued(line) for line in seen([message])], _mark(message)
            next_one = self.expected[: len(lines)] == lines
            if (lines, mark) == self._last and (mark or not next_one):
                self.copies.append(self._heard)
            elif next_one:
                del self.expected[: len(lines)]
            else:
                raise Strayed(f"heard {lines}, expected {self.expected}")
            self._last = lines, mark
            self._heard += 1
        return not self.expected

    def once(self, messages: Sequence[Message]) -> list[Message]:
        """The messages without those that were repeated; of several copies the last is the one that stays."""
        return [one for place, one in enumerate(messages) if place + 1 not in self.copies]

    def copies_by_kill(self, heard_at: Sequence[int]) -> list[int]:
        """How many copies came after each kill and before the next.

        `heard_at` says for each kill how many messages there were by then.
        """
        ends = [*heard_at[1:], self._heard]
        return [
            sum(begin <= copy < end for copy in self.copies)
            for begin, end in zip(heard_at, ends, strict=True)
        ]

    def copies_without_kill(self, heard_at: Sequence[int]) -> int:
        """How many copies came before any kill."""
        return sum(copy < heard_at[0] for copy in self.copies) if heard_at else len(self.copies)


def _as_sent(chat: Chat) -> Iterator[Message]:
    """The bot's messages as they were before any edit."""
    for entry in chat.history:
        if entry.mark == "<":
            content = entry.message.content
            text = {"text": entry.text} if "text" in content else {}
            yield replace(entry.message, keyboard=entry.keyboard, content=content | text)


def _mark(message: Message) -> str:
    """What the buttons of a message stand for; '' without any."""
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return " ".join(str(button["callback_data"]) for row in rows for button in row)


def screen(messages: Sequence[Message]) -> list[tuple[str, list[list[str]]]]:
    """What stands in a chat of these messages: their texts and buttons as they are now."""
    return [
        ("\n".join(unissued(line) for line in one.text.split("\n")), one.buttons)
        for one in messages
        if not one.deleted
    ]


def timeless(value: Any) -> Any:
    """A value of ours without its times, fresh ids and proofs, to be compared with that of another run."""
    if isinstance(value, datetime):
        return "a time"
    if isinstance(value, str):
        return _PROOF.sub("a proof", unissued(value))
    if is_dataclass(value):
        return type(value).__name__, {one.name: timeless(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {timeless(key): timeless(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [timeless(one) for one in value]
    return value
