"""Numbers by which a person or a body is known. A right number proves neither identity nor residence.

Refusal codes of a resident ID (GB 11643): length (slot n), fifteen_digits, characters (slot character),
no_such_birth_date, future_birth, checksum, region_unknown.
Refusal codes of a unified social credit code (GB 32100): length (slot n), letters (slot letter: I, O, Z, S
and V are not used), characters (slot character), authority (slot character), checksum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dialogs.parsing.result import Refused
from dialogs.parsing.text import clean, disguised_digit

REGION_AT_BIRTH: Final = "region_at_birth"
"""Warning: the region code is not listed for the year of birth. The number may have been issued later."""

ORGANISATION_CODE: Final = "organisation_code"
"""Warning: the check digit of the organisation code inside (GB 11714) does not fit."""

_LENGTH: Final = 18
_FIRST_BIRTH_YEAR: Final = 1900
_RESIDENCE_PERMITS: Final = (
    "81",
    "82",
    "83",
)  # of Hong Kong, Macau and Taiwan residents; in no list of counties
_SEPARATORS: Final = re.compile("[ \\-‐‒–—−]")
_NOT_A_DIGIT: Final = re.compile("[^0-9]")
_NOT_A_CAPITAL: Final = re.compile("[^0-9A-Z]")
_UNUSED_LETTERS: Final = re.compile("[IOZSV]")
_YEARS: Final = re.compile(r"\[([0-9]*)-([0-9]*)\]")
_AUTHORITIES: Final = "123456789ANY"
_REGION: Final = slice(2, 8)
_ORGANISATION: Final = slice(8, 17)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A resident ID number of 18 characters, the last a digit or X. Its repr leaves the number out."""

    number: str = field(repr=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code of 18 characters, in capitals."""

    code: str
    warnings: tuple[str, ...] = ()


def parse_resident_id(text: str, today: date) -> ResidentId | Refused:
    """The resident ID number a text consists of. Spaces and hyphens in it do not count."""
    number = _compact(text)
    malformed = _malformed(number, disguised_digit(text))
    if malformed is not None:
        return malformed
    birth = _birth(number[6:14])
    if birth is None:
        return Refused("no_such_birth_date")
    if birth > today:
        return Refused("future_birth")
    from stdnum.cn.ric import calc_check_digit  # noqa: PLC0415  35 ms

    if calc_check_digit(number) != number[-1]:
        return Refused("checksum")
    if number.startswith(_RESIDENCE_PERMITS):
        return ResidentId(number)
    years = _years_of_region(number[:6])
    if not years:
        return Refused("region_unknown")
    known = any(first <= birth.year <= last for first, last in years)
    return ResidentId(number, () if known else (REGION_AT_BIRTH,))


def _malformed(number: str, disguised: str | None) -> Refused | None:
    wrong = disguised or _first(_NOT_A_DIGIT, number.removesuffix("X"))
    if wrong:
        return Refused("characters", (("character", wrong),))
    if len(number) == 15 and number.isdecimal():
        return Refused("fifteen_digits")
    return None if len(number) == _LENGTH else Refused("length", (("n", len(number)),))


def parse_credit_code(text: str) -> CreditCode | Refused:
    """The unified social credit code a text consists of. Spaces and hyphens in it do not count."""
    code = _compact(text)
    wrong = disguised_digit(text) or _first(_NOT_A_CAPITAL, code)
    if not wrong and len(code) != _LENGTH:
        return Refused("length", (("n", len(code)),))
    unused = _first(_UNUSED_LETTERS, code)
    if not wrong and unused:
        return Refused("letters", (("letter", unused),))
    wrong = wrong or _first(_NOT_A_DIGIT, code[_REGION])
    if wrong:
        return Refused("characters", (("character", wrong),))
    if code[0] not in _AUTHORITIES:
        return Refused("authority", (("character", code[0]),))
    from stdnum.cn.uscc import calc_check_digit  # noqa: PLC0415  35 ms

    if calc_check_digit(code) != code[-1]:
        return Refused("checksum")
    return CreditCode(code, () if _fits_gb_11714(code[_ORGANISATION]) else (ORGANISATION_CODE,))


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", clean(text)).upper()


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0] if found else None


def _birth(digits: str) -> date | None:
    """The day of eight digits. Nobody born before 1900 holds a number."""
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth.year >= _FIRST_BIRTH_YEAR else None


def _years_of_region(code: str) -> tuple[tuple[int, int], ...]:
    """From which year to which the county of a code was listed, once for each name it had. Empty if never.

    By the list in python-stdnum: a county is "[2002-]长安区,[-2001]…", or bare if it never changed.
    """
    from stdnum import numdb  # noqa: PLC0415  35 ms

    counties = dict(numdb.get("cn/loc").info(code)).get(code[2:], {}).get("county", "")
    spans = (_YEARS.match(county) for county in counties.split(",") if county)
    return tuple(
        (int(span[1] or 0), int(span[2] or date.max.year)) if span else (0, date.max.year) for span in spans
    )


def _fits_gb_11714(code: str) -> bool:
    """Whether the ninth character of an organisation code is the check of the first eight."""
    total = sum(int(c, 36) * weight for c, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False))
    return code[-1] == "0123456789X0"[11 - total % 11]
