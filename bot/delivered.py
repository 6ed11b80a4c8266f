"""What may come of showing a message in a channel: it is delivered, or it is not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.shown import Shown


@dataclass(frozen=True, slots=True)
class Delivered:
    """One part was shown. `message` is its id in the channel if the text ends with it, choices and all."""

    message: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: below all others, or in the place of one, if the channel can still change that.

    Both are ids in the channel, '' for none: of the message that it `closes`, such as the question that still
    has its buttons, and of the one whose place it takes.
    """

    closes: str = ""
    replaces: str = ""


Deliver = Callable[[str, Shown, Place, int], Awaitable[Delivered]]
"""Shows a message's part of that number, from 0, in a chat. Raises Undelivered."""


class Undelivered(Exception):
    """A call that the channel did not carry out, or may not have. Never holds what was to be sent."""


class Flooded(Undelivered):
    """Too many messages: nothing may be sent for `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = float(retry_after)


class Gone(Undelivered):
    """The owner blocked the bot, is deactivated, or the chat does not exist."""


class Refused(Undelivered):
    """The channel does not take this call as it is, and would not the next time."""


class Unauthorised(Undelivered):
    """The channel does not accept this bot at all."""


class Passing(Undelivered):
    """A server's error, a cut line or a time-out: it may or may not have been carried out."""
