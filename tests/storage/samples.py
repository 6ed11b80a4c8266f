"""What the tests of storage keep: chats, turns and messages, with the instants they happen at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, event, select

from dialogs.conversation import Check, Conversation, Effect, Turn
from dialogs.messages import Button, Message, T
from storage import conversations, outbox, schema
from storage.database import Database
from storage.keys import MasterKey
from storage.records import Address, ClaimedFiling, ClaimedMessage, Loaded, Settled

KEY = MasterKey(bytes(range(32)))
NOW = datetime(2026, 11, 20, 14, 32, 5, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=30)
CHAT = Address("telegram", "1001")
TELEGRAM = ["telegram"]
ALL = 1000


def chats(count: int, channel: str = "telegram") -> list[Address]:
    """That many chats."""
    return [Address(channel, str(1001 + number)) for number in range(count)]


def message(text: str) -> Message:
    """A message that says `text`, with a button."""
    return Message((text,), (Button("yes", T("Yes"), ("y",)),))


def lasting(text: str) -> Message:
    """The same, kept for an owner who is away."""
    return replace(message(text), lasting=True)


def settled(
    loaded: Loaded,
    *said: str | Message,
    answers: Sequence[tuple[str, str]] = (),
    effects: tuple[Effect, ...] = (),
    erase_at: datetime | None = None,
    claimed: ClaimedFiling | None = None,
) -> Settled:
    """The next turn of a conversation, in which the bot says `said` and keeps `answers`."""
    after = Conversation(language="en", check=Check(dict(answers)), turn=loaded.conversation.turn + 1)
    messages = tuple(message(one) if isinstance(one, str) else one for one in said)
    return Settled(loaded, Turn(after, messages, effects, erase_at), claimed)


def one_turn(
    database: Database,
    address: Address = CHAT,
    *said: str | Message,
    effects: tuple[Effect, ...] = (),
    erase_at: datetime | None = None,
    claimed: ClaimedFiling | None = None,
    now: datetime = NOW,
) -> None:
    """Load, turn and save, in one transaction."""
    with database.transaction() as tx:
        loaded = conversations.load(tx, [address])[address]
        turn = settled(loaded, *said, effects=effects, erase_at=erase_at, claimed=claimed)
        conversations.save(tx, [turn], now)


def claimed(
    database: Database, *, after: int = 0, limit: int = ALL, channels: list[str] = TELEGRAM
) -> list[ClaimedMessage]:
    """What a worker gets that many seconds after `NOW`; all of it can be read."""
    with database.transaction() as tx:
        mine, lost = outbox.claim_messages(tx, channels, NOW + after * SECOND, limit, LEASE)
    assert lost == []
    return mine


def texts(messages: list[ClaimedMessage]) -> list[object]:
    """What the messages say."""
    return [one.outgoing.message.lines[0] for one in messages]


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that is run meanwhile on any connection, and each `COMMIT`."""
    statements: list[str] = []

    def ran(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    def committed(_connection: object) -> None:
        statements.append("COMMIT")

    event.listen(Connection, "before_cursor_execute", ran)
    event.listen(Connection, "commit", committed)
    try:
        yield statements
    finally:
        event.remove(Connection, "before_cursor_execute", ran)
        event.remove(Connection, "commit", committed)


def loaded_from(database: Database, address: Address = CHAT) -> Loaded:
    """What is kept of a chat."""
    with database.transaction() as tx:
        return conversations.load(tx, [address])[address]


def messages_kept(database: Database, channel: str = "telegram") -> list[Row[Any]]:
    """The rows of a channel's messages as they are, in order."""
    table = schema.messages
    ours = select(table).where(table.c.channel == channel).order_by(table.c.id)
    with database.reading() as tx:
        return list(tx.connection.execute(ours))
