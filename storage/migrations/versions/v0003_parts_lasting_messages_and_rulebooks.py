"""Messages in parts, messages that last, and the rulebooks that conversations rest on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.add_column("messages", sa.Column("part", sa.Integer, server_default="0", nullable=False))
    op.add_column("messages", sa.Column("lasting", sa.Integer, server_default="0", nullable=False))
    op.create_table(
        "rulebooks",
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("texts", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_rulebooks"),
    )
