"""Chats and what stands in them, as Telegram knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.telegram.errors import Json, Refused, bad_request, forbidden

Kind = Literal["private", "group", "supergroup", "channel"]
Membership = Literal["never", "member", "administrator", "left", "kicked"]
Access = Literal["read", "delete", "edit", "write"]


@dataclass(slots=True, eq=False)
class User:
    """A user, or a bot."""

    id: int
    first_name: str
    language_code: str = ""
    username: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        """As the API shows one."""
        known = {"language_code": self.language_code, "username": self.username}
        told = {name: value for name, value in known.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | told


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now. `by` is None for a channel's; `content` and `keyboard` are the API's."""

    id: int
    chat: Chat
    by: User | None
    date: int
    content: Json
    keyboard: Json | None = None
    edited: int = 0
    deleted: bool = False

    @property
    def of_bot(self) -> bool:
        """Whether our bot sent it."""
        return self.by is not None and self.by.is_bot

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of its buttons, row by row."""
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    def json(self) -> Json:
        """As the API shows one."""
        if self.deleted:
            return {"message_id": self.id, "date": 0, "chat": self.chat.json()}
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.json()}
        shown |= {"sender_chat": self.chat.json()} if self.by is None else {"from": self.by.json()}
        shown |= {"edit_date": self.edited} if self.edited else {}
        shown |= {"reply_markup": self.keyboard} if self.buttons else {}
        return shown | self.content


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was seen to happen. `mark` says what: see `transcript`."""

    mark: str
    message: Message
    text: str
    keyboard: Json | None
    at: float


@dataclass(slots=True, eq=False)
class Chat:
    """A chat. `user` is whom a private one is with; `membership` is our bot's."""

    id: int
    kind: Kind
    title: str
    user: User | None = None
    membership: Membership = "never"
    migrated_to: int = 0
    reply_keyboard: Json | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)

    def json(self) -> Json:
        """As the API shows one."""
        if self.user is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        name = {"username": self.user.username} if self.user.username else {}
        return {"id": self.id, "type": self.kind, "first_name": self.user.first_name} | name

    def visible(self) -> list[Message]:
        """What is to be seen now, in order."""
        return [message for message in self.messages.values() if not message.deleted]

    def of_bot(self) -> list[Message]:
        """Every message that our bot ever sent here, in order."""
        return [message for message in self.messages.values() if message.of_bot]

    def keyboards(self, message: Message) -> Iterator[Json]:
        """Every inline keyboard that a message was ever seen with, the newest first."""
        for entry in reversed(self.history):
            if entry.message is message and "inline_keyboard" in (entry.keyboard or {}):
                yield entry.keyboard or {}

    def add(self, by: User | None, date: float, content: Json, keyboard: Json | None = None) -> Message:
        """A new message. Ids grow per chat."""
        message = Message(len(self.messages) + 1, self, by, int(date), content, keyboard)
        self.messages[message.id] = message
        self.note("<" if message.of_bot else ">", message, date)
        return message

    def note(self, mark: str, message: Message, at: float, text: str | None = None) -> None:
        """Remember that this was seen."""
        shown = message.text if text is None else text
        self.history.append(Entry(mark, message, shown, message.keyboard, at))

    def find(self, number: int, purpose: str) -> Message:
        """A message that is still there. Raises Refused, naming what it was looked for."""
        if number <= 0:
            raise bad_request("message identifier is not specified")
        found = self.messages.get(number)
        if found is None or found.deleted:
            raise bad_request(f"message to {purpose} not found")
        return found

    def allow(self, access: Access) -> None:
        """Raises Refused if our bot may not do this here."""
        if access == "read":
            return
        if self.user is not None:
            self._allow_private(self.user, access)
        elif self.migrated_to and access == "write":
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated_to,
            )
        elif self.membership == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        elif self.membership in {"left", "never"}:
            raise forbidden(f"bot is not a member of the {self.kind} chat")
        elif self.kind == "channel" and self.membership != "administrator":
            raise bad_request("need administrator rights in the channel chat")

    def _allow_private(self, user: User, access: Access) -> None:
        if user.deactivated:
            raise forbidden("user is deactivated")
        if self.membership == "never":
            raise forbidden("bot can't initiate conversation with a user")
        if self.membership == "kicked" and access != "delete":
            raise forbidden("bot was blocked by the user")
