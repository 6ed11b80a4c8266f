"""What is given to several commands, read in one way."""

from __future__ import annotations

from datetime import date

import click


def day_given(text: str | None) -> date | None:
    """The day of `--on`; None if it was left out. Raises click.UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--on takes a date such as 2017-07-25; not {text[:40]!r}") from None
