"""The figures and dates in a text, whichever language it is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import cn2an

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_WORDS: Final = {
    word: number
    for words in ("one two three four five six seven eight nine ten", "first second third fourth fifth")
    for number, word in enumerate(words.split(), 1)
}
_SIGNS: Final = dict(zip("零一二三四五六七八九十两", (*range(11), 2), strict=True))
_UNITS: Final = {"": 1, "万": 10_000, "亿": 100_000_000, "k": 1_000}

_FOUND: Final = re.compile(
    rf"""
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<d>\d{{1,2}})\ (?P<m>{"|".join(_MONTHS)})(?:\ (?P<y>\d{{4}}))?
    | (?P<month>{"|".join(_MONTHS)})\ (?P<of>\d{{4}})
    | (?:(?P<year>\d{{4}})年)?(?P<moon>\d{{1,2}})月(?:(?P<sun>\d{{1,2}})日)?
    | 第(?P<nth>[一二三四五六七八九十百]+)[条项]
    | (?P<glued>[A-Za-z_])?(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<unit>[万亿]|k\b)?
    | \b(?P<word>{"|".join(_WORDS)})\b
    | (?P<sign>[{"".join(_SIGNS)}])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Those written as figures; and `all`, with those in letters or in a name ("one", "一", "indy100")."""

    certain: Counter[str]
    all: Counter[str]

    def alike(self, other: Figures) -> bool:
        """Whether each has, in figures or in letters, what the other has in figures."""
        return self.certain <= other.all and other.certain <= self.all

    def __str__(self) -> str:
        return ", ".join(self.certain.elements()) or "none"


def figures(text: str) -> Figures:
    """The figures and dates of a text: 30,000 is 3万, and 14 July 2017 is 2017年7月14日."""
    found = list(_figures(text))
    return Figures(Counter(value for value, certain in found if certain), Counter(v for v, _ in found))


def _figures(text: str) -> Iterator[tuple[str, bool]]:
    """Each figure in one spelling, and whether it is surely one."""
    for at in _FOUND.finditer(text):
        if at["iso"]:
            year, month, day = map(int, at["iso"].split("-"))
            yield _day(year, month, day), True
        elif at["m"]:
            yield _day(at["y"], _MONTHS.index(at["m"]) + 1, at["d"]), True
        elif at["month"]:
            yield _day(at["of"], _MONTHS.index(at["month"]) + 1, None), True
        elif at["moon"]:
            yield _day(at["year"], at["moon"], at["sun"]), True
        elif at["nth"]:
            yield str(cn2an.cn2an(at["nth"], "smart")), at["nth"] != "一"  # 第一条 is also "the first"
        elif at["number"]:
            unit = at["unit"] or ""
            value = Decimal(at["number"].replace(",", "")) * _UNITS[unit]
            yield f"{value.normalize():f}", not at["glued"] and unit != "k"
        elif at["word"]:
            yield str(_WORDS[at["word"].lower()]), False
        else:
            yield str(_SIGNS[at["sign"]]), False


def _day(year: str | int | None, month: str | int, day: str | int | None) -> str:
    """A date as far as it is given."""
    return "-".join("*" if part is None else f"{int(part):02}" for part in (year, month, day))
