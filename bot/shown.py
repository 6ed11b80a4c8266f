"""A message made words of: what a channel shows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import words
from bot.papers import File
from dialogs.messages import Message


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as it is shown: its id, and its words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in words. `turn` belongs to its choices; `numbered` says they can be picked by number.

    `closes` is what the question before it is to show from now on; empty if it stays as it is.
    """

    id: int
    turn: int
    lines: tuple[str, ...]
    choices: tuple[Choice, ...]
    numbered: bool
    sensitive: bool
    closes: tuple[str, ...]
    files: tuple[File, ...]


def shown(id_: int, language: str, turn: int, message: Message, papers: tuple[File, ...]) -> Shown:
    """A message in words of `language`, or in English where that is not known yet; its papers made files."""
    spoken = words(language or "en")
    return Shown(
        id=id_,
        turn=turn,
        lines=spoken.question(message),
        choices=tuple(Choice(button.id, spoken.text(button.label)) for button in message.buttons),
        numbered=message.numbered,
        sensitive=message.sensitive,
        closes=tuple(spoken.text(line) for line in message.closes),
        files=(*((name, kind, content.encode()) for name, kind, content in message.files), *papers),
    )
