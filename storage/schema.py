"""The tables. Each column says what it holds; a test fails on one that does not.

`id` names a row, a chat or a filing; `time`, `count` and `state` are what they say; `public` is what anyone
may read, such as an office's announcements; `sealed` can be opened with a key outside the database only. What
an owner said or is told is always `sealed`.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

HEAD = "0004"
"""The newest migration. A test compares them, so that a start needs Alembic only when they differ."""

Holds = Literal["id", "time", "state", "count", "public", "sealed"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only if the column is a plain INTEGER.
_ROW_NUMBER = Integer().with_variant(BigInteger(), "postgresql")


def _column(
    name: str, of: TypeEngine[Any] | type[TypeEngine[Any]], holds: Holds, *more: Any, **options: Any
) -> Column[Any]:
    """A column that says what it `holds`, and is never empty unless it says so."""
    return Column(name, of, *more, info={"holds": holds}, **{"nullable": False, **options})


def _whose(**options: Any) -> Column[Any]:
    """The conversation a row belongs to, and goes with."""
    of = ForeignKey("conversations.id", ondelete="CASCADE")
    return _column("conversation_id", Text, "id", of, **options)


def _counter(name: str) -> Column[Any]:
    """A count that begins at 0."""
    return _column(name, Integer, "count", server_default="0")


conversations = Table(
    "conversations",
    metadata,
    _column("id", Text, "id", primary_key=True),
    _column("channel", Text, "id"),
    _column("chat", Text, "id"),
    _column("key", LargeBinary, "sealed"),  # the person's, by the master key
    _column("state", LargeBinary, "sealed"),
    _column("turn", Integer, "count"),
    _column("erase_at", BigInteger, "time", nullable=True),
    _column("changed_at", BigInteger, "time"),
    _column("held", Integer, "state", server_default="0"),  # 1 while its owner cannot be reached
    UniqueConstraint("channel", "chat"),
    Index(
        None,
        "erase_at",
        sqlite_where=text("erase_at IS NOT NULL"),
        postgresql_where=text("erase_at IS NOT NULL"),
    ),
)

updates = Table(
    "updates",
    metadata,
    _column("channel", Text, "id"),
    _column("id", Text, "id"),
    _column("seen_at", BigInteger, "time", index=True),
    PrimaryKeyConstraint("channel", "id"),
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    _column("id", _ROW_NUMBER, "id", primary_key=True),
    _whose(),
    _column("channel", Text, "id"),
    _column("turn", Integer, "count"),
    _column("position", Integer, "count"),  # within its turn
    _column("body", LargeBinary, "sealed"),
    _column("due_at", BigInteger, "time"),  # while claimed: the end of the lease; while held: `NEVER`
    _counter("attempts"),
    _counter("fence"),
    _counter("part"),  # how many of its parts were sent, where a channel needs several
    _column("lasting", Integer, "state", server_default="0"),  # 1 if it is kept for an owner who is away
    Index(None, "conversation_id", "id"),
    Index(None, "channel", "due_at"),
    sqlite_autoincrement=True,  # a number is never used twice: a stream asks for what came after one
)

filings = Table(
    "filings",
    metadata,
    _column("reference", Text, "id", primary_key=True),
    _whose(),
    _column("revision", Integer, "count"),
    _column("state", Text, "state"),
    _column("tried", Text, "state", nullable=True),  # while claimed: the state it was claimed in
    _column("due_at", BigInteger, "time", nullable=True),  # while claimed: the end of the lease
    _counter("attempts"),
    _counter("fence"),
    Index(None, "conversation_id"),
    Index(
        None, "due_at", sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")
    ),
)

screens = Table(
    "screens",
    metadata,
    _whose(primary_key=True),
    _column("message", Text, "id"),  # the channel's own, of the message that shows the live question
    _column("turn", Integer, "count"),
    _column("buttons", Integer, "state"),  # 1 while the message has them
    sqlite_with_rowid=False,
)

progress = Table(
    "progress",
    metadata,
    _whose(),
    _column("reference", Text, "id"),
    _column("message", Text, "id"),  # the channel's own, of the message that tells how it goes
    PrimaryKeyConstraint("conversation_id", "reference"),
    sqlite_with_rowid=False,
)

# On SQLite the rows lie in the order in which they are due, so that what is due next is always side by side.
# A lease stands apart, so that a claim changes no index: it costs the same however many rows wait.
reminders = Table(
    "reminders",
    metadata,
    _column("id", Text, "id"),
    _whose(),
    _column("channel", Text, "id"),
    _column("due_at", BigInteger, "time"),  # without a day: `NEVER`
    _column("leased_until", BigInteger, "time", server_default="0"),
    _counter("fence"),
    PrimaryKeyConstraint("channel", "due_at", "id"),
    UniqueConstraint("conversation_id", "id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 70},  # room for a claim beside the row, so that no index learns of it
)

statements = Table(
    "statements",
    metadata,
    _column("duty", Text, "id", primary_key=True),
    _column("statement", Text, "public"),
    _column("heard_at", BigInteger, "time"),
)

rulebooks = Table(
    "rulebooks",
    metadata,
    _column("version", Text, "id", primary_key=True),
    _column("texts", LargeBinary, "public"),  # its files by name, as JSON, compressed by zlib
    _column("kept_at", BigInteger, "time"),
)

vault = Table(
    "vault",
    metadata,
    _column("key_id", Text, "id", primary_key=True),
    _column("sentinel", LargeBinary, "sealed"),
)

secrets = Table(
    "secrets",
    metadata,
    _column("name", Text, "id", primary_key=True),  # what it is for
    _column("secret", LargeBinary, "sealed"),  # by the master key
)

version = Table(
    "beian_version",
    metadata,
    _column("version_num", String(32), "public"),
    PrimaryKeyConstraint("version_num", name="beian_version_pkc"),
)
