"""Screens, and held chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "screens",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("buttons", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_screens"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_screens_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.add_column("conversations", sa.Column("held", sa.Integer, server_default="0", nullable=False))
