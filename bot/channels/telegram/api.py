"""What Beian needs of a Telegram library, and the errors it gets, whichever library it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from bot.delivered import Passing, Refused, Undelivered

ALLOWED_UPDATES = (
    "message", "edited_message", "channel_post", "callback_query", "my_chat_member",
)  # fmt: skip
"""The kinds of updates asked for, explicitly; Telegram keeps the last list it was given."""

Rows = Sequence[Sequence[tuple[str, str]]]
"""An inline keyboard: rows of (label, data)."""


class Undecodable(Exception):
    """An update that the library cannot read."""


class Conflicting(Undelivered):
    """Another long poll, or a webhook, receives this bot's updates."""


class Moved(Refused):
    """The group became a supergroup with another id."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has another id now")
        self.chat = chat


class NotAccepted(Refused):
    """Telegram refused this call as it is. `unchanged`, `too_old` and `markup` are refusals we expect."""

    def __init__(self, description: str) -> None:
        super().__init__("not accepted")
        text = description.lower()
        self.unchanged = "message is not modified" in text
        self.too_old = "query is too old" in text or "query id is invalid" in text
        self.markup = "can't parse entities" in text


@contextmanager
def understood() -> Iterator[None]:
    """What a library trips over in an answer says nothing of whether the call was carried out.

    Both expect JSON of Telegram's shape; a proxy on the way may answer anything.
    """
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise Passing(type(error).__name__) from None


class Library(Protocol):
    """A Telegram library as the channel uses it. All calls raise Undelivered's subclasses only."""

    async def name(self) -> str:
        """The bot's user name."""

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """Raw updates from `offset` on, waiting up to `timeout` seconds; all before it are confirmed."""

    def decode(self, raw: dict[str, Any]) -> Any:
        """An update as the library's object. Raises Undecodable."""

    async def send(self, chat: str, text: str, rows: Rows, *, html: bool) -> int:
        """Send a text; returns the message's id."""

    async def edit(self, chat: str, message: int, text: str, *, html: bool) -> None:
        """Replace the text of a message, and take away its keyboard."""

    async def bare(self, chat: str, message: int) -> None:
        """Take away a message's keyboard, leaving its text."""

    async def acknowledge(self, press: str, text: str) -> None:
        """Answer a button press, with a short text or none."""

    async def document(self, chat: str, name: str, content: bytes) -> None:
        """Send a file."""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to `url`."""

    async def remove_webhook(self) -> None:
        """Have updates wait for `updates` again; none is dropped."""

    async def commands(self, language: str) -> list[tuple[str, str]]:
        """The commands shown in `language` ('' for the default)."""

    async def set_commands(self, language: str, commands: Sequence[tuple[str, str]]) -> None:
        """Set them."""

    async def descriptions(self, language: str) -> tuple[str, str]:
        """The long and the short description in `language`."""

    async def set_descriptions(self, language: str, long: str, short: str) -> None:
        """Set them."""

    async def close(self) -> None:
        """End all connections."""
