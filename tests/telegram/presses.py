"""Presses of inline buttons, and what the bot answers to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.telegram.chats import Message, User
from tests.telegram.clock import Clock
from tests.telegram.entities import units
from tests.telegram.errors import Json, bad_request

ANSWERABLE = 150
LONGEST_POPUP = 200


@dataclass(slots=True, eq=False)
class Press:
    """A press, and the texts it was answered with: most often one, and empty. `at` is in Unix time."""

    id: str
    by: User
    message: Message
    data: str
    at: float
    answers: list[str] = field(default_factory=list)

    def json(self) -> Json:
        """As the bot receives it."""
        return {
            "id": self.id,
            "from": self.by.json(),
            "message": self.message.json(),
            "chat_instance": str(self.message.chat.id * 7919),
            "data": self.data,
        }


class Presses:
    """Every press there was."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._presses: dict[str, Press] = {}

    def add(self, by: User, message: Message, data: str) -> Press:
        """Somebody presses a button, or forges a press."""
        press_id = str(4_000_000_000_000_000 + len(self._presses))
        press = self._presses[press_id] = Press(press_id, by, message, data, self._clock.unix())
        return press

    def answer(self, press_id: str, text: str) -> None:
        """The bot answers; again if it likes. Raises Refused after 150 seconds."""
        if units(text) > LONGEST_POPUP:
            raise bad_request("MESSAGE_TOO_LONG")
        now = self._clock.unix()
        press = self._presses.get(press_id)
        if press is None or now - press.at > ANSWERABLE:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answers.append(text)
        if text:
            press.message.chat.note("<!", press.message, now, text)

    def unanswered(self) -> list[Press]:
        """Those whose button still spins."""
        return [press for press in self._presses.values() if not press.answers]
