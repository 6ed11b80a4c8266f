"""What a pushed channel hands on: events with the channel's own id of them, and chats that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dialogs.conversation import Event


@dataclass(frozen=True, slots=True)
class Received:
    """An event in a chat. `update` is the channel's id of it, taken once. `language` is a hint."""

    chat: str
    event: Event
    update: str
    language: str = ""


class NotTaken(Exception):
    """What was received could not be committed now; it may be brought again later."""


class Inbox(Protocol):
    """Where events go. When a call returns it is committed, and the channel may be told so; else NotTaken."""

    async def take(self, received: Sequence[Received]) -> None:
        """Commit these, in order. Who speaks can be reached again."""

    async def hold(self, chat: str, update: str) -> None:
        """The owner cannot be reached: nothing is sent there until they speak again."""
