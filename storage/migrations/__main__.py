"""`python -m storage.migrations 0002 "What changes"` writes the migration to what `storage.schema` says."""

from __future__ import annotations

import sys

from sqlalchemy import create_engine

from storage import upgrade

if __name__ == "__main__":
    with create_engine("sqlite://").begin() as connection:
        upgrade.upgrade(connection)
        upgrade.revise(connection, *sys.argv[1:])
