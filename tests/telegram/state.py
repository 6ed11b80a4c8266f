"""Everything that Telegram keeps for one bot."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.telegram.chats import Access, Chat, Message, User
from tests.telegram.clock import Clock
from tests.telegram.errors import Json, bad_request
from tests.telegram.files import Files
from tests.telegram.parameters import Asked
from tests.telegram.presses import Presses
from tests.telegram.profile import Profile
from tests.telegram.rates import Rates
from tests.telegram.updates import Updates


@dataclass(frozen=True, slots=True)
class Retry:
    """When an update is due again, in Unix time, and the seconds to wait if that fails too."""

    due: float
    gap: float


@dataclass(slots=True)
class Hook:
    """Where updates are delivered to; an empty `url` is nowhere. `retries` are by update id."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_at: float = 0
    retries: dict[int, Retry] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class State:
    """One bot's Telegram. `poll` numbers the getUpdates that counts; without `rates` nothing is limited."""

    clock: Clock
    bot: User
    updates: Updates = field(init=False)
    files: Files = field(init=False)
    presses: Presses = field(init=False)
    profile: Profile = field(default_factory=Profile)
    hook: Hook = field(default_factory=Hook)
    chats: dict[int, Chat] = field(default_factory=dict)
    rates: Rates | None = None
    poll: int = 0

    def __post_init__(self) -> None:
        self.updates = Updates(self.clock)
        self.files = Files(self.clock)
        self.presses = Presses(self.clock)

    def chat(self, asked: Asked, access: Access) -> Chat:
        """The chat that a call is about. Raises Refused if it is unknown or the bot may not do this there."""
        if not asked.text("chat_id"):
            raise bad_request("chat_id is empty")
        found = self.chats.get(asked.integer("chat_id"))
        if found is None:
            raise bad_request("chat not found")
        found.allow(access)
        return found

    def say(self, chat: Chat, by: User | None, content: Json) -> Message:
        """Somebody says something where the bot listens."""
        message = chat.add(by, self.clock.unix(), content)
        kind = "channel_post" if chat.kind == "channel" else "message"
        self.updates.push(kind, message.json(), f"chat {chat.id}")
        return message
