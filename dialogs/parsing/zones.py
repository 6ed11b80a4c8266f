"""A time zone as people write it: a city, a country, "UTC+8", 东八区, or its name in the tz database.

Refusal codes: not_a_zone, no_such_offset.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, TypeAlias
from zoneinfo import available_timezones

from dialogs.parsing.chinese_numerals import read_small
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import fold
from dialogs.parsing.zone_names import ZONES

Zone: TypeAlias = str | Ambiguous[str] | Refused
"""A name of the tz database."""

_NOT_A_ZONE: Final = Refused("not_a_zone")
_NO_SUCH_OFFSET: Final = Refused("no_such_offset")
_LONGEST: Final = 60
_MOST_READINGS: Final = 6
_OFFSET: Final = re.compile(
    r"(?:utc|gmt)? ?(?P<sign>[-–−+]) ?(?P<hours>[0-9]{1,2})(?:[:.]?(?P<minutes>[0-9]{2}))?"
)
_CHINESE: Final = re.compile(r"(?P<side>[东西])(?P<hours>[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:时区|区)")
_AROUND: Final = re.compile(r"^(?:in|at|the|在) ?|(?: time(?: ?zone)?|时间|时区|市)$")
_EAST, _WEST = 14, 12
_PARTS_OF_HOURS: Final = {
    (1, 3, 30): "Asia/Tehran", (1, 4, 30): "Asia/Kabul", (1, 5, 30): "Asia/Kolkata", (1, 5, 45): "Asia/Kathmandu",
    (1, 6, 30): "Asia/Yangon", (1, 8, 45): "Australia/Eucla", (1, 9, 30): "Australia/Darwin",
    (-1, 9, 30): "Pacific/Marquesas",
}  # fmt: skip
"""Offsets that are no whole hours, with a zone that keeps them all year."""


def parse_zone(text: str) -> Zone:
    """The zone that a text names. A country with several is ambiguous, and so is CST."""
    plain = fold(text)
    if not plain or len(plain) > _LONGEST:
        return _NOT_A_ZONE
    for words in (plain, _AROUND.sub("", plain)):
        found = ZONES.get(words) or _named(words)
        if found:
            return found[0] if len(found) == 1 else Ambiguous(found)
    offset, chinese = _OFFSET.fullmatch(plain), _CHINESE.fullmatch(plain)
    if offset is not None:
        sign = 1 if offset["sign"] == "+" else -1
        return _fixed(sign, int(offset["hours"]), int(offset["minutes"] or 0))
    if chinese is not None:
        hours = chinese["hours"]
        return _fixed(
            1 if chinese["side"] == "东" else -1,
            int(hours) if hours.isdecimal() else read_small(hours) or 99,
            0,
        )
    return "Etc/UTC" if plain in ("零时区", "中时区") else _NOT_A_ZONE


def _fixed(sign: int, hours: int, minutes: int) -> str | Refused:
    """The zone of an offset. The tz database writes its sign the other way round."""
    if minutes:
        return _PARTS_OF_HOURS.get((sign, hours, minutes), _NO_SUCH_OFFSET)
    if hours > (_EAST if sign > 0 else _WEST):
        return _NO_SUCH_OFFSET
    return f"Etc/GMT{'-' if sign > 0 else '+'}{hours}" if hours else "Etc/UTC"


def _named(words: str) -> tuple[str, ...]:
    """The zones of the tz database with that name, or that end in it; none if they are too many."""
    name = words.replace(" ", "_")
    whole, endings = _database()
    found = whole.get(name) or endings.get(name, ())
    return found if len(found) <= _MOST_READINGS else ()


@cache
def _database() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The names of the tz database, whole and by the last part of each, compared without case."""
    names = sorted(name for name in available_timezones() if "/" in name)
    endings: dict[str, tuple[str, ...]] = {}
    for name in names:
        if not name.startswith("Etc/"):
            last = name.rpartition("/")[2].casefold()
            endings[last] = (*endings.get(last, ()), name)
    return {name.casefold(): (name,) for name in names}, endings


def fixed_offset(zone: str) -> str | None:
    """A zone that is a fixed offset, as people write it; None for any other."""
    if zone == "Etc/UTC":
        return "UTC"
    offset = zone.removeprefix("Etc/GMT")
    if offset == zone or not offset:
        return None
    return f"UTC{'+' if offset[0] == '-' else '-'}{offset[1:]}"
