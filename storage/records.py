"""All that leaves this package, besides the types of `dialogs`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.conversation import Conversation, Turn
from dialogs.filing import State
from dialogs.messages import Message
from storage.vault import PersonKey


@dataclass(frozen=True, slots=True)
class Address:
    """A chat on a channel, by the channel's own id of it."""

    channel: str
    chat: str


class Unreadable(Exception):
    """A row that cannot be opened, or was written by a newer version. The text names table and row only.

    `address` is set if the row is a conversation, so that the others of a batch can go on without it.
    """

    def __init__(self, table: str, row: str, address: Address | None = None) -> None:
        super().__init__(f"{table} row {row} cannot be read")
        self.table = table
        self.row = row
        self.address = address


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation with its row's id and its person's key; both are new if the chat was not known.

    `held` says that its owner could not be reached.
    """

    address: Address
    id: str
    key: PersonKey
    conversation: Conversation
    held: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be shown in `language`. `turn` marks its buttons."""

    id: int
    language: str
    turn: int
    message: Message


@dataclass(frozen=True, slots=True)
class Screen:
    """What a chat shows as its live question: the channel's id of that message, and the turn it is of.

    `buttons` says whether the message still has them.
    """

    message: str
    turn: int
    buttons: bool


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A message that is ours to send until the lease ends. `attempts` counts earlier tries.

    `part` says how many of its parts were sent already, where a channel needs several.
    `screen` is what the chat shows until then; None if nothing is known to be shown.
    `report` is the channel's id of the last report on the same progress; '' if there is none.
    """

    outgoing: Outgoing
    address: Address
    part: int
    attempts: int
    fence: int
    screen: Screen | None
    report: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedFiling:
    """A filing that is ours to bring forward until the lease ends.

    `state` is the one it was claimed in: only `CONFIRMED` may be created or corrected at the office, any
    other is looked up. `attempts` counts earlier tries in that state. The lease ends at `until`.
    """

    reference: str
    revision: int
    state: State
    address: Address
    attempts: int
    fence: int
    until: datetime


@dataclass(frozen=True, slots=True)
class ClaimedReminder:
    """A reminder that is due since `due_at`, ours to tell until the lease ends."""

    id: str
    address: Address
    due_at: datetime
    fence: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A turn to be written. `claimed` is the filing or reminder that its event was about."""

    loaded: Loaded
    turn: Turn
    claimed: ClaimedFiling | ClaimedReminder | None = None
