"""What is kept: conversations, outgoing messages and filings, in SQLite or PostgreSQL.

Units of work are synchronous. Rows never leave this package; `storage.records` is all that does.
"""

from __future__ import annotations


class CannotOpen(Exception):
    """A database is not opened, and nothing was written; the text says in one line why, for the operator."""
