"""A count of followers as people state it: exactly, as a band, or vaguely.

Refusal codes: not_a_number, negative, too_large, not_whole ("3.5"), broken_grouping ("1,23,4").
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from dialogs.parsing.count_words import Sense, peel
from dialogs.parsing.estimates import read_estimate
from dialogs.parsing.numerals import read_number
from dialogs.parsing.ranges import read_range
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.parsing.text import clean, disguised_digit, fold
from dialogs.rules.values import Band

Count: TypeAlias = int | Band | Vague | Ambiguous[int] | Refused

_LONGEST: Final = 100
_NOT_A_NUMBER: Final = Refused("not_a_number")
_FIGURES: Final = re.compile("[0-9][0-9,.' ]*")
_WHETHER: Final = re.compile(r"(.)[不没]\1")  # 有没有3万
_OPEN_BAND: Final = re.compile(r"(0|[1-9][0-9]*)\+")
_CLAUSES: Final = re.compile(
    "[ ,;、]*(?:but |and |但是?|且|而|,|、) *|(?=不到|不足|不满|未满|不超过|少于|低于|小于|最多|<)|(?<=以上)"
)


def parse_count(text: str) -> Count:
    """The count a text states.

    A clear one-sided or two-sided statement is a Band, one that is not exact a Vague range. A figure that
    can be read in two ways, or is put as a question, is Ambiguous: it is to be confirmed, never taken.
    """
    words = fold(text)
    if len(words) > _LONGEST:
        return Refused("too_large") if _FIGURES.fullmatch(words) else _NOT_A_NUMBER
    if disguised_digit(text):
        return Refused("not_whole") if "⁄" in words else _NOT_A_NUMBER
    if _WHETHER.search(words):
        return _NOT_A_NUMBER
    count = _read(words)
    if count == _NOT_A_NUMBER:
        count = _two_clauses(words) or count
    return _questioned(count) if clean(text).endswith("?") else count


def _questioned(count: Count) -> Count:
    """A number put as a question is to be confirmed; a band leaves room."""
    if isinstance(count, int):
        return Ambiguous((count,))
    return _apply(Sense.ABOUT, count) if isinstance(count, Band) else count


def _read(words: str) -> Count:
    open_band = _OPEN_BAND.fullmatch(words)
    number = read_number(open_band[1] if open_band else words)
    if open_band and isinstance(number, int):
        return Band(number, None)
    if number != _NOT_A_NUMBER:
        return number
    found = read_estimate(words) or read_range(words)
    if found is not None:
        return found
    peeled = peel(words)
    return _NOT_A_NUMBER if peeled is None else _apply(peeled[0], _read(peeled[1]))


def _apply(sense: Sense, count: Count) -> Count:
    """The count after a word has said how it is meant."""
    if sense is Sense.NOTHING or isinstance(count, Refused):
        return count
    if sense is Sense.ABOUT:
        return count if isinstance(count, Vague) else _widened(count)
    if sense is Sense.NEARLY:
        low, high = _bounds(count)
        return Vague(low * 9 // 10, high)
    if isinstance(count, Band):  # over under 30k
        return _NOT_A_NUMBER
    if isinstance(count, int) and sense is not Sense.UPWARDS:
        return _compared(sense, count)
    low, high = _bounds(count)
    if sense in {Sense.MORE, Sense.AT_LEAST, Sense.UPWARDS}:
        return Vague(low, None)
    return _NOT_A_NUMBER if high is None else Vague(0, high)


def _compared(sense: Sense, number: int) -> Band | Refused:
    """超过 and "more than" are strict, 以上, 以下, "at least" and "at most" are not."""
    if sense is Sense.MORE:
        return Band(number + 1, None)
    if sense is Sense.AT_LEAST:
        return Band(number, None)
    if sense is Sense.AT_MOST:
        return Band(0, number)
    return Band(0, number - 1) if number else Refused("negative")


def _bounds(count: int | Band | Vague | Ambiguous[int]) -> tuple[int, int | None]:
    if isinstance(count, int):
        return count, count
    if isinstance(count, Ambiguous):
        return min(count.readings), max(count.readings)
    return count.low, count.high


def _widened(count: int | Band | Ambiguous[int]) -> Vague:
    """Ten per cent more room on either side."""
    low, high = _bounds(count)
    return Vague(low * 9 // 10, None if high is None else -(-high * 11 // 10))


def _two_clauses(words: str) -> Band | None:
    """What two bands have in common: 超过2万不到3万 · over 20k but under 30k."""
    for cut in _CLAUSES.finditer(words):
        one = _read(words[: cut.start()])
        other = _read(words[cut.end() :]) if isinstance(one, Band) else None
        if isinstance(one, Band) and isinstance(other, Band):
            lower, upper = (one, other) if one.high is None else (other, one)
            if lower.high is None and upper.high is not None and lower.low <= upper.high:
                return Band(lower.low, upper.high)
    return None
