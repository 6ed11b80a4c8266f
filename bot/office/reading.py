"""JSON from elsewhere, read strictly: known members, exact types, bounded lengths.

Both sides of the contract read with it, the client and the practice office; its limits are those of
`openapi.yaml`. What it refuses is told by member and expectation, never by repeating what came.
"""

from __future__ import annotations

import re
from datetime import date, datetime

import orjson

MOST_BYTES = 256 * 1024
WORDS = 1000
REFERENCE = re.compile(r"BN-[0-9A-HJKMNP-TV-Z]{16}")
DUTY_ID = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST_REVISIONS = 999

_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class GarbageError(Exception):
    """What came is not what the contract says: 'member: what was expected'."""


def parsed(raw: bytes) -> object:
    """The JSON value in `raw`. Raises GarbageError."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise GarbageError("expected JSON in UTF-8") from None


def is_words(value: object, most: int, least: int = 0) -> bool:
    """Whether it is a text of that many characters, without control characters but the line feed."""
    return isinstance(value, str) and least <= len(value) <= most and not _CONTROL.search(value)


class Members:
    """The members of a JSON object, which must have all of `required` and may have those of `optional`.

    Every method reads one member and raises GarbageError if it is not what the method's name says.
    """

    def __init__(self, value: object, required: str, optional: str = "") -> None:
        needed, known = set(required.split()), {*required.split(), *optional.split()}
        if not isinstance(value, dict) or not needed <= value.keys() <= known:
            raise GarbageError(f"expected an object with {', '.join(required.split())}")
        self._members: dict[str, object] = value

    def has(self, key: str) -> bool:
        """Whether it is there and not null."""
        return self._members.get(key) is not None

    def value(self, key: str) -> object:
        """Whatever it is."""
        return self._members[key]

    def words(self, key: str, most: int = WORDS, least: int = 0) -> str:
        """A text for people, of `least` to `most` characters."""
        value = self._members[key]
        if not isinstance(value, str) or not is_words(value, most, least):
            raise GarbageError(f"{key}: expected a text of {least} to {most} characters")
        return value

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        """A text that matches the pattern from end to end."""
        value = self._members[key]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise GarbageError(f"{key}: expected {pattern.pattern}")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number within these bounds, both included; it may be written 2.0, as JSON Schema has it."""
        value = self._members[key]
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least <= value <= most
            or value % 1
        ):
            raise GarbageError(f"{key}: expected a whole number from {least} to {most}")
        return int(value)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._members[key]
        if not isinstance(value, bool):
            raise GarbageError(f"{key}: expected true or false")
        return value

    def items(self, key: str, most: int, least: int = 0) -> list[object]:
        """A list of `least` to `most` items."""
        value = self._members[key]
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise GarbageError(f"{key}: expected a list of {least} to {most} items")
        return value

    def day(self, key: str) -> date:
        """A day of the calendar: 2026-11-20."""
        try:
            return date.fromisoformat(self.matching(key, _DAY))
        except ValueError:
            raise GarbageError(f"{key}: expected a day of the calendar") from None

    def moment(self, key: str) -> datetime:
        """A point in time with its offset from UTC: 2026-11-20T14:32:00+08:00."""
        try:
            return datetime.fromisoformat(self.matching(key, _MOMENT))
        except ValueError:
            raise GarbageError(f"{key}: expected a point in time") from None
