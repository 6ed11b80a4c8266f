"""A terminal that only prints: what a chat in it has said so far can be waited for."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

LONGEST = 10.0
"""Seconds to wait for anything."""


class Terminal(io.StringIO):
    """Where a chat is printed to. Each message ends with an empty line."""

    def __init__(self) -> None:
        super().__init__()
        self._printed = threading.Condition()

    def write(self, text: str) -> int:
        """Print."""
        with self._printed:
            written = super().write(text)
            self._printed.notify_all()
            return written

    def until(self, ready: Callable[[str], bool]) -> None:
        """Return when all that has been printed is `ready`. Raises AssertionError if it is not in time."""
        with self._printed:
            assert self._printed.wait_for(lambda: ready(self.getvalue()), LONGEST), self.getvalue()

    def after(self, text: str, then: Callable[[], str]) -> Callable[[], str]:
        """A line that is typed only when that text has been printed."""

        def typed() -> str:
            self.until(lambda printed: text in printed)
            return then()

        return typed
