"""One whole number as people write it: 30000 · 30,000 · 30 000 · 3.5万 · 三万五 · 30k · thirty thousand.

Refusal codes: not_a_number, negative, too_large (above LARGEST), not_whole ("3.5"),
broken_grouping ("1,23,4").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from dialogs.parsing.chinese_numerals import CHINESE_UNITS, plain_numerals, read_chinese, to_figures
from dialogs.parsing.number_words import read_words
from dialogs.parsing.result import Ambiguous, Refused

Number: TypeAlias = int | Ambiguous[int] | Refused

LARGEST: Final = 10**12

LATIN_UNITS: Final = {
    "k": 1000, "w": 10**4, "m": 10**6, "mn": 10**6, "bn": 10**9,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
UNITS: Final = CHINESE_UNITS | LATIN_UNITS
UNIT: Final = "|".join(sorted(UNITS, key=len, reverse=True))

_SPOKEN_POINT: Final = re.compile(f"([零一二两三四五六七八九十百]+)点([零一二三四五六七八九]+)({UNIT})")
_LONE_DIGIT: Final = re.compile(
    "(?<![0-9.,零一二两三四五六七八九])[一二两三四五六七八九](?![0-9零一二两三四五六七八九]|[ ,.'][0-9])"
)

_WRITTEN: Final = re.compile(
    rf"(?P<figure>[0-9](?:[0-9,.' ]*[0-9])?)(?: ?(?P<unit>{UNIT})(?P<tail>零?[0-9].*)?)?"
)
_WHOLE: Final = re.compile(r"0|[1-9][0-9]*")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}([,' ])[0-9]{3}(?:\1[0-9]{3})*")
_GROUPED_BY_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DECIMAL: Final = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")
_FIGURES: Final = re.compile("[0-9]+")
_SEPARATOR: Final = re.compile("[,.' ]")
_LONGEST_FIGURE: Final = 30
_TAILED: Final = frozenset("十百千万亿kw")
_NOT_A_NUMBER: Final = Refused("not_a_number")
_MINUS: Final = re.compile(r"(?:[-−–—‐]|负|minus |negative ) ?(?=.)")


class _Reading(NamedTuple):
    """A figure taken one way: `digits`, the last `decimals` of them after the point."""

    digits: int
    decimals: int = 0

    def times(self, unit: int) -> int | None:
        """The whole number it makes in that unit, None where it makes none."""
        number, part = divmod(self.digits * unit, 10**self.decimals)
        return None if part else number


def read_number(text: str) -> Number:
    """The number a folded text consists of, without any other word."""
    text = plain_numerals(text)
    minus = _MINUS.match(text)
    if minus is not None:
        size = _read(text[minus.end() :])
        return size if size == _NOT_A_NUMBER else Refused("negative")
    number = _read(text)
    if isinstance(number, Refused):
        return number
    readings = number.readings if isinstance(number, Ambiguous) else (number,)
    small = tuple(reading for reading in readings if reading <= LARGEST)
    if not small:
        return Refused("too_large")
    return Ambiguous(small) if isinstance(number, Ambiguous) else number


def _read(text: str) -> Number:
    chinese = read_chinese(text)
    if chinese is not None:
        return chinese
    point = _SPOKEN_POINT.fullmatch(text)
    if point is not None:
        text = f"{read_chinese(point[1])}.{to_figures(point[2])}{point[3]}"
    mixed = any(character.isascii() for character in text)
    figures = _LONE_DIGIT.sub(lambda digit: to_figures(digit[0]), text) if mixed else ""
    if "0" <= figures[:1] <= "9":
        return _written(figures)
    words = read_words(text)
    return _NOT_A_NUMBER if words is None else words


def _written(text: str) -> Number:
    """A number that starts with figures: 30,000 · 3.5万 · 3万5千 · 30k."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return _NOT_A_NUMBER
    figure, unit, tail = found["figure"], found["unit"], found["tail"]
    if len(figure) > _LONGEST_FIGURE:
        return Refused("too_large")
    number = _sized(figure, unit)
    if tail is None:
        return number
    if isinstance(number, int) and _WHOLE.fullmatch(figure) and unit in _TAILED:
        return _with_tail(number, unit, tail)
    return _NOT_A_NUMBER


def _sized(figure: str, unit: str | None) -> Number:
    """The figure in its unit. A point or comma that could mean two things makes it ambiguous."""
    size = UNITS[unit] if unit else 1
    readings = tuple(_readings(figure, unit))
    if not readings:
        return Refused("broken_grouping") if _SEPARATOR.search(figure) else _NOT_A_NUMBER
    values = [value for reading in readings if (value := reading.times(size)) is not None]
    if not values:
        return Refused("not_whole")
    if unit in LATIN_UNITS and _GROUPED.fullmatch(figure):
        values.append(values[0] // size)  # 30,000k may be meant as 30k
    return values[0] if _is_certain(figure, unit) else Ambiguous(tuple(dict.fromkeys(values)))


def _is_certain(figure: str, unit: str | None) -> bool:
    """Whether no fair reader takes the figure another way."""
    if unit is None:
        return "." not in figure
    if unit in CHINESE_UNITS:
        return figure.count(".") < 2
    return not _GROUPED.fullmatch(figure) and not _GROUPED_BY_POINTS.fullmatch(figure)


def _readings(figure: str, unit: str | None) -> Iterator[_Reading]:
    """Each way to take a figure, likeliest first. In Chinese a point before a unit is a decimal point."""
    digits = int(_SEPARATOR.sub("", figure))
    decimal = _DECIMAL.fullmatch(figure)
    by_points = _GROUPED_BY_POINTS.fullmatch(figure)
    if _WHOLE.fullmatch(figure) or _GROUPED.fullmatch(figure):
        yield _Reading(digits)
    if by_points and unit is None:
        yield _Reading(digits)
    if decimal:
        yield _Reading(digits, len(decimal[2]))
    if by_points and unit and not (decimal and unit in CHINESE_UNITS):
        yield _Reading(digits)


def _with_tail(number: int, unit: str, tail: str) -> Number:
    """A number with more behind its unit: 3万5 is 35000, 3万5000 and 3万5千 too, 3万零500 is 30500."""
    size = UNITS[unit]
    zeros = len(str(size)) - 1
    rest = tail.removeprefix("零")
    if not _FIGURES.fullmatch(rest):
        part = _written(rest)
        return number + part if isinstance(part, int) and part < size else _NOT_A_NUMBER
    marked = rest != tail
    if len(rest) == 1 and rest != "0" and not marked:
        return number + int(rest) * size // 10
    if len(rest) > zeros - marked:
        return _NOT_A_NUMBER
    total = number + int(rest)
    return total if marked or len(rest) == zeros else Ambiguous((total,))
