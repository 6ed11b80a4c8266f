"""Chinese numerals: 三万五千 is 35000, 三万五 too, 三零零零零 is 30000."""

from __future__ import annotations

import re
from typing import Final

from dialogs.parsing.result import Ambiguous

CHINESE_UNITS: Final = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100, "十": 10,
}  # fmt: skip

_FORMAL: Final = str.maketrans(
    "〇○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩", "零零一二二三三四五六六七八九十百千万亿两"
)
_DIGITS: Final = str.maketrans("零一二两三四五六七八九", "01223456789")
_SMALL: Final = {
    f"{tens}{ones}": 10 * ten + one
    for ten, tens in enumerate(["", "十", *(f"{digit}十" for digit in "二三四五六七八九")])
    for one, ones in enumerate(["", *"一二三四五六七八九"])
    if ten or one
}
_NUMERALS: Final = re.compile("[零一二两三四五六七八九十廿百千万亿]{1,30}")
_ELIDED: Final = re.compile("([百千万亿])[一二两三四五六七八九]$")
_NEXT_UNIT: Final = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
_BARE_TEN: Final = re.compile("(?<![一二三四五六七八九])十")


def plain_numerals(text: str) -> str:
    """The text with Chinese numerals in their plain form: 叁萬 is 三万."""
    return text.translate(_FORMAL)


def to_figures(text: str) -> str:
    """The text with each plain Chinese digit as a figure."""
    return text.translate(_DIGITS)


def read_small(text: str) -> int | None:
    """The number from 1 to 99 that Chinese numerals name, None for anything else."""
    return _SMALL.get(text)


def read_chinese(text: str) -> int | Ambiguous[int] | None:
    """The number that plain Chinese numerals name, None if the text is none.

    百万 alone is to be confirmed: it is said of any number near a million.
    """
    if not _NUMERALS.fullmatch(text):
        return None
    if text[0] in "百千万亿":
        number = _read(f"一{text}")
        return None if number is None else Ambiguous((number,))
    return _read(text)


def _read(text: str) -> int | None:
    """By cn2an, which makes numbers of rows that nobody says, 100 of 零千一: it has to read back the same."""
    if not any(unit in text for unit in CHINESE_UNITS):
        return _digit_by_digit(text)
    from cn2an import an2cn, cn2an  # noqa: PLC0415  120 ms, and few people need it

    row = _ELIDED.sub(lambda last: last[0] + _NEXT_UNIT[last[1]], text.replace("廿", "二十"))
    try:
        number = int(cn2an(row, "normal"))
        back = an2cn(number)
    except (ValueError, KeyError):  # KeyError: 万亿零一
        return None
    return number if _said(back) == _said(row) and not row.endswith("零") else None


def _said(row: str) -> str:
    """The row without what people leave out or put in: 零, and 一 before 十."""
    return _BARE_TEN.sub("一十", row.replace("零", "").replace("两", "二"))


def _digit_by_digit(text: str) -> int | None:
    """三零零零零 is 30000. Without a zero a short row may be a guess, as 三五 is "three or five"."""
    plain = len(text) == 1 or (text[0] != "零" and ("零" in text or len(text) > 3))
    return int(to_figures(text)) if plain and "廿" not in text else None
