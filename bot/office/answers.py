"""What an office's HTTP answer means for a filing: the reading side of `openapi.yaml`.

The rules are those of the design's section 6: only what is proven is said, all else is `Unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import UnionType

from bot.office.reading import GarbageError, parsed
from bot.office.schemas import Standing, read_standing
from dialogs.filing import Filing
from dialogs.office import (
    Absent,
    Answer,
    Blocked,
    Busy,
    Filed,
    NotOffered,
    Receipt,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)

LONGEST_WAIT = 24 * 60 * 60
PRACTICE = "PRACTICE-"

_ANY = Filed | Received | Returned | Rejected | Withdrawn
_EXPECTED: dict[tuple[str, int], type | UnionType] = {
    ("POST", 200): Filed | Withdrawn,
    ("POST", 201): Filed,
    ("POST", 202): Received,
    ("POST", 409): _ANY,
    ("POST", 422): Returned | Rejected,
    ("PUT", 200): Filed | Withdrawn,
    ("PUT", 202): Received,
    ("PUT", 409): _ANY,
    ("PUT", 422): Returned | Rejected,
    ("GET", 200): Filed | Returned | Rejected | Withdrawn,
    ("GET", 202): Received,
    ("GET", 404): Absent,
    ("DELETE", 200): Withdrawn,
    ("DELETE", 404): Absent,
    ("DELETE", 409): _ANY,
}
_SECONDS = re.compile(r"[0-9]{1,10}")

Headless = Busy | Unclear | NotOffered | Blocked
"""What can be known of an answer without its body."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body is to be read. `tracked` are the addresses it names for tracking the filing."""

    method: str
    status: int
    body: bytes
    tracked: tuple[str, ...] = ()


def from_head(method: str, status: int, headers: Mapping[str, str]) -> Headless | None:
    """What status and headers alone say; None where the body has to be read.

    429 comes before any work. 503 need not: a gateway may say it after the office has taken the filing.
    """
    if (method, status) in _EXPECTED:
        return None
    if status == 429:
        return Busy(_seconds(headers))
    if status in (405, 501):
        return NotOffered() if method in ("GET", "DELETE") else Blocked(status)
    if 400 <= status < 500:
        return Blocked(status)
    if 300 <= status < 400:
        return Unclear("redirect")
    return Unclear(f"http_{status}", _seconds(headers))


def from_body(reply: Reply, filing: Filing) -> Answer:
    """What a body says of this revision of this filing."""
    try:
        standing = read_standing(parsed(reply.body))
    except GarbageError:
        return Unclear("garbage")
    if not isinstance(standing.answer, _EXPECTED[reply.method, reply.status]):
        return Unclear("contradiction")
    if standing.reference != filing.reference:
        return _foreign(standing)
    if standing.revision is not None and standing.revision != filing.revision:
        return _other_revision(reply, standing, filing.revision)
    if isinstance(standing.answer, Filed) and not _fits(standing.answer.receipt, filing):
        return Unclear("practice")
    return standing.answer


def _foreign(standing: Standing) -> Unclear:
    return Unclear("foreign_receipt" if isinstance(standing.answer, Filed) else "foreign_answer")


def _other_revision(reply: Reply, standing: Standing, ours: int) -> Answer:
    """A look-up that finds an earlier revision proves that ours is not there; a 409, that it was refused."""
    if standing.revision is not None and standing.revision < ours:
        if reply.method == "GET":
            return Absent()
        if reply.status == 409:
            return Blocked(409)
    return _foreign(standing)


def _fits(receipt: Receipt, filing: Filing) -> bool:
    """Whether it is a practice receipt exactly if the filing is a practice run."""
    return receipt.practice == filing.practice == receipt.number.startswith(PRACTICE)


def _seconds(headers: Mapping[str, str]) -> int | None:
    """Seconds until Retry-After, a day at most. A date is counted from the office's own `Date`."""
    stated = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(stated):
        return min(int(stated), LONGEST_WAIT)
    try:
        gap = parsedate_to_datetime(stated) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return min(max(int(gap.total_seconds()), 0), LONGEST_WAIT)
