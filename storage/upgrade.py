"""Upgrades of the tables, by Alembic. Importing this module costs as much as starting the bot without it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from storage.opening import SchemaUnknown


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to version `to`, in the transaction of `connection`. Raises SchemaUnknown."""
    try:
        command.upgrade(_config(connection), to)
    except CommandError:
        raise SchemaUnknown("the database was written by a newer version of this program") from None


def revise(connection: Connection, version: str, message: str) -> None:
    """Write a migration to `version`: from the tables of `connection`, the newest so far, to `schema`."""
    command.revision(_config(connection), message, autogenerate=True, rev_id=version)


def _config(connection: Connection) -> Config:
    """Alembic's configuration: this package's migrations on `connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    return config
