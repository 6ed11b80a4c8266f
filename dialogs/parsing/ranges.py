"""Two numbers with a word between them: 20k-30k · 2到3万 · between 20k and 30k · 3万或4万."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogs.parsing.chinese_numerals import CHINESE_UNITS
from dialogs.parsing.numerals import UNIT, read_number
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.rules.values import Band

_BETWEEN: Final = re.compile("(between |from |在|介于|从)? ?(.+?) ?(之间|间)?")
_JOINER: Final = re.compile("(?: ?([-–—−‐~〜到至和与]|或者?|还是) ?| (to|and|or) )")
_AND: Final = {"and", "和", "与"}
_OR: Final = {"or", "或", "或者", "还是"}
_ENDS_IN_UNIT: Final = re.compile(f".+?({UNIT})")
_FAR_APART: Final = 100
_NOTATION: Final = re.compile("[0-9]+-[0-9]+")


def read_range(text: str) -> Band | Vague | Ambiguous[int] | None:
    """The band from one number to the other, both included; "or" makes two readings. None if neither."""
    frame = _BETWEEN.fullmatch(text)
    if frame is None:
        return None
    opened, body, closed = frame.groups()
    for joiner in _JOINER.finditer(body):
        word = joiner[1] or joiner[2]
        if word in _AND and not opened and not closed:
            continue
        left, right = body[: joiner.start()], body[joiner.end() :]
        found = _either(left, right) if word in _OR else _from_to(left, right)
        if found is not None:
            return found
    return None


def _from_to(left: str, right: str) -> Band | Vague | None:
    """A band. Vague if a number can be read in two ways, or if a unit may have been left out."""
    lows, highs = _readings(left), _readings(right)
    if not highs:
        return None
    high = highs[0]
    for low in _in_unit_of(left, right):
        if low < high <= 10 * low and len(highs) == 1:
            return Band(low, high)
    if not lows or min(lows) > max(highs):
        return None
    far = 0 < lows[0] * _FAR_APART < high and not _NOTATION.fullmatch(f"{left}-{right}")
    if far or len(lows) > 1 or len(highs) > 1:
        return Vague(min(lows), max(highs))
    return Band(lows[0], high)


def _either(left: str, right: str) -> Ambiguous[int] | None:
    lows, highs = _readings(left), _readings(right)
    if not lows or not highs:
        return None
    shared = [low for low in _in_unit_of(left, right) if low < highs[0] <= 10 * low]
    return Ambiguous(tuple(dict.fromkeys((*(shared or lows), *highs))))


def _readings(text: str) -> tuple[int, ...]:
    number = read_number(text)
    if isinstance(number, Ambiguous):
        return number.readings
    return () if isinstance(number, Refused) else (number,)


def _in_unit_of(left: str, right: str) -> Iterator[int]:
    """The left number in the right one's unit, if it has none itself: 2-3万, 四十到五十万, 20 to 30k."""
    unit = _ENDS_IN_UNIT.fullmatch(right)
    if unit is None or left.endswith(("万", "亿")):
        return
    for name in dict.fromkeys((unit[1], unit[1][-1] if unit[1] in CHINESE_UNITS else unit[1])):
        number = read_number(left + ("" if name in CHINESE_UNITS else " ") + name)
        if isinstance(number, int):
            yield number
