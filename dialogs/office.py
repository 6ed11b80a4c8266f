"""What an office says became of a filing.

An office's answer to a filing is one of the classes under `Answer`. The backend's HTTP is translated into
them by `bot.office.client`; what each does to a filing is told by `dialogs.filing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """An office's receipt for one revision of a filing. Never made here, only read from the office."""

    number: str
    reference: str
    revision: int
    office: str
    issued_at: datetime
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """The office has registered it."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Received:
    """Accepted for processing, not yet registered. `retry_after` in seconds; `until` ends the waiting."""

    retry_after: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """To be corrected: (field id, the office's own words) for each field; by the day `until`, if it names one."""

    fields: tuple[tuple[str, str], ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused for good, with the office's own words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The office has taken the filing back at the owner's wish."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The office has no record under this reference: proven, not guessed."""


@dataclass(frozen=True, slots=True)
class Busy:
    """The office says it did not take it and asks to come back. `retry_after` in seconds, if it said."""

    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing is known: no answer, a cut line, an unreadable body. `why` is a stable code for the log.

    `retry_after` in seconds, if the office said.
    """

    why: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class NotOffered:
    """The office does not do what was asked of it, such as a look-up or a withdrawal, and has changed nothing."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The office refuses us, or answers outside its contract. Never retried; the operator must look."""

    status: int


Answer = Filed | Received | Returned | Rejected | Withdrawn | Absent | Busy | Unclear | NotOffered | Blocked
