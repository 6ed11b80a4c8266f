"""Reminders, the messages that tell how a filing goes, and secrets other than persons' keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "progress",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "reference", name="pk_progress"),
        _whose("progress"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("leased_until", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("fence", sa.Integer, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("channel", "due_at", "id", name="pk_reminders"),
        sa.UniqueConstraint("conversation_id", "id", name="uq_reminders_conversation_id_id"),
        _whose("reminders"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )


def _whose(table: str) -> sa.ForeignKeyConstraint:
    """The conversation a row of `table` belongs to, and goes with."""
    name = f"fk_{table}_conversation_id_conversations"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")
