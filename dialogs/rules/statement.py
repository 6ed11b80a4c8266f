"""What an office states it collects; the one thing besides the sources that a verdict rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """An office's word on whether it takes registrations under one duty.

    `since` and `until` are days in the office's zone, both included. `practice` marks the sandbox.
    """

    duty: str
    collects: bool
    since: date
    stated_at: datetime
    until: date | None = None
    basis: str = ""
    deadline: str = ""
    documents: tuple[str, ...] = ()
    contact: str = ""
    practice: bool = False

    def collects_on(self, day: date) -> bool:
        """Whether, by this statement, registrations are taken on `day`."""
        return self.collects and self.since <= day and (self.until is None or day <= self.until)
