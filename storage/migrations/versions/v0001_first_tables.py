"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    _conversations()
    _updates()
    _messages()
    _filings()
    op.create_table(
        "statements",
        sa.Column("duty", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("duty", name="pk_statements"),
    )
    op.create_table(
        "vault",
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("sentinel", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_vault"),
    )


def _conversations() -> None:
    """One row for each chat."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("erase_at", sa.BigInteger, nullable=True),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "chat", name="uq_conversations_channel_chat"),
    )
    op.create_index(
        "ix_conversations_erase_at",
        "conversations",
        ["erase_at"],
        sqlite_where=sa.text("erase_at IS NOT NULL"),
        postgresql_where=sa.text("erase_at IS NOT NULL"),
    )


def _updates() -> None:
    """What was already taken."""
    op.create_table(
        "updates",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("channel", "id", name="pk_updates"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_updates_seen_at", "updates", ["seen_at"])


def _messages() -> None:
    """What is to be shown."""
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, server_default="0", nullable=False),
        sa.Column("fence", sa.Integer, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_messages_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation_id_id", "messages", ["conversation_id", "id"])
    op.create_index("ix_messages_channel_due_at", "messages", ["channel", "due_at"])


def _filings() -> None:
    """What an office is to be asked."""
    op.create_table(
        "filings",
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tried", sa.Text, nullable=True),
        sa.Column("due_at", sa.BigInteger, nullable=True),
        sa.Column("attempts", sa.Integer, server_default="0", nullable=False),
        sa.Column("fence", sa.Integer, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_filings"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_filings_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_filings_conversation_id", "filings", ["conversation_id"])
    op.create_index(
        "ix_filings_due_at",
        "filings",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
