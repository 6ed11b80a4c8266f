"""Numbers that name a range by themselves: 三万多 · 两三万 · 几十万 · tens of thousands · a few hundred."""

from __future__ import annotations

import re
from typing import Final

from dialogs.parsing.chinese_numerals import CHINESE_UNITS, plain_numerals
from dialogs.parsing.numerals import LATIN_UNITS, UNIT, UNITS, read_number
from dialogs.parsing.result import Vague

# Said of a number with room above it: a fair reader allows "thousands" for 30,000.
_PLURALS: Final = {
    "dozens": Vague(12, 999),
    "hundreds": Vague(100, 9_999),
    "thousands": Vague(1_000, 99_999),
    "tens of thousands": Vague(10_000, 99_999),
    "hundreds of thousands": Vague(100_000, 999_999),
    "millions": Vague(1_000_000, None),
}
_FEW: Final = re.compile(
    r"(?:several|a few|few|a couple(?: of)?) ((?:ten |hundred )?(?:thousand|hundred|million))s?"
)
_SEVERAL: Final = re.compile(f"好?[几数]({'|'.join(CHINESE_UNITS)})")
_AND_MORE: Final = re.compile(
    rf"(?P<base>.+?)(?P<more>[多余来几])(?P<unit>{UNIT})?(?:一?点)?|(?P<over>.+?)(?:有余|出头|挂零)"
)
_ONE_OR_NEXT: Final = re.compile(
    rf"(?P<tens>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])、?(?P<high>[二两三四五六七八九])(?P<unit>{UNIT})"
)
_DIGIT: Final = {digit: size for size, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


def read_estimate(text: str) -> Vague | None:
    """The range a folded text names, None if it names none."""
    text = plain_numerals(text)
    few = _FEW.fullmatch(text)
    if few is not None:
        return _one_place(_product(few[1]))
    several = _SEVERAL.fullmatch(text)
    if several is not None:
        return _one_place(CHINESE_UNITS[several[1]])
    one_or_next = _ONE_OR_NEXT.fullmatch(text)
    if one_or_next is not None:
        return _one_or_next(one_or_next)
    more = _AND_MORE.fullmatch(text)
    if more is not None:
        return _and_more(more["base"] or more["over"], more["more"], more["unit"])
    return _PLURALS.get(text)


def _product(words: str) -> int:
    size = 1
    for word in words.split():
        size *= 10 if word == "ten" else LATIN_UNITS[word]
    return size


def _one_place(unit: int) -> Vague:
    """几万: from one to nine of a unit, whatever follows."""
    return Vague(unit, 10 * unit - 1)


def _one_or_next(found: re.Match[str]) -> Vague | None:
    """两三万: 20000 to 39999. 三五 is said too; other distant digits are no estimate."""
    low, high = _DIGIT[found["low"]], _DIGIT[found["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    tens = 0 if found["tens"] is None else 10 * _DIGIT.get(found["tens"][0], 1)
    unit = UNITS[found["unit"]]
    return Vague((tens + low) * unit, (tens + high + 1) * unit - 1)


def _and_more(base: str, more: str | None, unit: str | None) -> Vague | None:
    """三万多: up to the next unit, and 10 % below, as people use it loosely. 三万几千: three and some."""
    number, size = read_number(base.strip()), UNITS[unit] if unit else 1
    if not isinstance(number, int) or number == 0:
        return None
    if number >= 10 * size > 10 and more == "几" and number % (10 * size) == 0:
        return Vague(number, number + 10 * size - 1)
    if number >= size > 1:
        return None
    number *= size
    place = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    return Vague(number * 9 // 10, number + place - 1)
