"""A day as people write it, in English and Chinese.

Refusal codes: not_a_date, no_such_day, year_out_of_range (slot year).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, TypeAlias

from dialogs.parsing.chinese_numerals import read_small
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import disguised_digit, fold

Day: TypeAlias = date | Ambiguous[date] | Refused

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

_LONGEST: Final = 60
_NOT_A_DATE: Final = Refused("not_a_date")
_NO_SUCH_DAY: Final = Refused("no_such_day")
_DAYS_AGO: Final = {
    "today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1,
    "the day before yesterday": 2, "day before yesterday": 2, "前天": 2,
}  # fmt: skip
_DAYS_AHEAD: Final = {
    "tomorrow": 1, "明天": 1, "明日": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "后天": 2,
}  # fmt: skip
_YEARS_AGO: Final = {
    "今年": 0,
    "去年": 1,
    "前年": 2,
    "明年": -1,
    "后年": -2,
    "this": 0,
    "last": 1,
    "next": -1,
}
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_CHINESE_DIGITS: Final = str.maketrans("零〇○一二三四五六七八九", "000123456789")

_AROUND: Final = re.compile(r"(?:on|since|from|于|在|自|从|自从) ?|(?:起|开始)$")
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<sep> ?[-–−/.] ?| )(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?P<mm>[0-9]{2})(?P<dd>[0-9]{2}))"
)
_YEAR_LAST: Final = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<sep> ?[-–−/.] ?)(?P<other>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"
)
_CHINESE: Final = re.compile(
    r"(?:(?P<year>[0-9]{4}|[零〇○o一二三四五六七八九]{4}) ?年 ?|(?P<ago>[今去前明后]年) ?的?)?"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月 ?"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号號]"
)
_NAME: Final = rf"(?P<name>{'|'.join(m if len(m) < 4 else f'{m[:3]}(?:{m[3:]})?' for m in _MONTHS)}|sept)\.?"
_AGO: Final = "(?:of )?(?P<ago>this|last|next) year"
_ENGLISH: Final = (
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?{_NAME}(?:,? ?|-)(?:(?P<year>[0-9]{{4}})|{_AGO})?"
    ),
    re.compile(
        rf"{_NAME} ?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:(?:,? |, ?)(?:(?P<year>[0-9]{{4}})|{_AGO}))?"
    ),
)


def parse_date(text: str, today: date, *, ahead: bool = False) -> Day:
    """The day a text names. Without a year it is the last such day up to today, or if `ahead` the next from today.

    03/04/2017 is ambiguous, 25/07/2017 is not.
    """
    words = fold(text)
    if len(words) > _LONGEST or disguised_digit(text):
        return _NOT_A_DATE
    words = _AROUND.sub("", words).strip()
    if words in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[words])
    if ahead and words in _DAYS_AHEAD:
        return today + timedelta(days=_DAYS_AHEAD[words])
    found = _YEAR_FIRST.fullmatch(words)
    if found is not None:
        month, day = found["month"] or found["mm"], found["day"] or found["dd"]
        return _day(int(found["year"]), int(month), int(day))
    found = _YEAR_LAST.fullmatch(words)
    if found is not None:
        return _day_or_month_first(int(found["year"]), int(found["one"]), int(found["other"]))
    found = _CHINESE.fullmatch(words)
    if found is not None:
        return _chinese(found, today, ahead=ahead)
    for pattern in _ENGLISH:
        found = pattern.fullmatch(words)
        if found is not None:
            return _english(found, today, ahead=ahead)
    return _NOT_A_DATE


def _day(year: int, month: int, day: int) -> date | Refused:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Refused("year_out_of_range", (("year", year),))
    try:
        return date(year, month, day)
    except ValueError:
        return _NO_SUCH_DAY


def _day_or_month_first(year: int, one: int, other: int) -> Day:
    """Day first as in Europe, month first as in America; both only if they differ and exist."""
    day_first, month_first = _day(year, other, one), _day(year, one, other)
    if isinstance(day_first, Refused):
        return month_first
    if isinstance(month_first, Refused) or day_first == month_first:
        return day_first
    return Ambiguous((day_first, month_first))


def _chinese(found: re.Match[str], today: date, *, ahead: bool) -> date | Refused:
    year: int | None = None
    if found["year"]:
        year = int(found["year"].replace("o", "0").translate(_CHINESE_DIGITS))
    return _in_year(year, found["ago"], (_small(found["month"]), _small(found["day"])), today, ahead=ahead)


def _english(found: re.Match[str], today: date, *, ahead: bool) -> date | Refused:
    year = int(found["year"]) if found["year"] else None
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(found["name"][:3]))
    return _in_year(year, found["ago"], (month, int(found["day"])), today, ahead=ahead)


def _small(figure: str) -> int:
    """Figures or Chinese numerals; 0, which no month and no day has, for numerals in disorder."""
    return int(figure) if figure.isdecimal() else read_small(figure) or 0


def _in_year(
    year: int | None, ago: str | None, month_day: tuple[int, int], today: date, *, ahead: bool
) -> date | Refused:
    """The day in that year, or so many years ago, which are years to come only where a day ahead is asked."""
    if ago is not None and _YEARS_AGO[ago] < 0 and not ahead:
        return _NOT_A_DATE
    if ago is not None:
        year = today.year - _YEARS_AGO[ago]
    if year is not None:
        return _day(year, *month_day)
    return next(_without_year(*month_day, today, 1 if ahead else -1), _NO_SUCH_DAY)


def _without_year(month: int, day: int, today: date, step: int) -> Iterator[date]:
    """Such days from today on, or back from it, the nearest first. 29 February may be eight years away."""
    for year in range(today.year, today.year + 9 * step, step):
        found = _day(year, month, day)
        if isinstance(found, date) and (found - today).days * step >= 0:
            yield found
