"""Finds names of places in a text: those asked about, and others that show the answer may lie elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from dialogs.parsing.china import provinces
from dialogs.parsing.text import fold

Places: TypeAlias = Mapping[str, tuple[str, ...]]
"""The words of each place, by its id: its name and those of its districts."""

OTHER: Final = "another place"
AROUND: Final = "what the place lies in"

# 西安路 is a road in Dalian, a 西安人 may live anywhere.
_NAMESAKE: Final = (
    "[东西南北中]?[一二三四五]?(?:路|街|大街|大道|道|巷|胡同|里弄|镇|乡|村|大学|交大|交通大学|学院|银行|汽车|"
    "饭店|饭庄|酒店|宾馆|大厦|广场|商场|餐厅|菜|小吃|人|话|籍)"
)
_LATIN_NAMESAKE: Final = (
    r" (?:(?:north|south|east|west|middle|central) )?(?:road|rd|street|st|avenue|ave|boulevard|lane|lu|jie|"
    r"dajie|university|jiaotong|hotel|restaurant|square|plaza|tower|bank|cuisine|food|noodles|native|dialect)\b"
)
_FOLLOWED: Final = re.compile(f"{_NAMESAKE}|{_LATIN_NAMESAKE}")
_BETWEEN_CHINESE: Final = re.compile("(?<=[^ -~]) (?=[^ -~])")


class Mention(NamedTuple):
    """A name found: `place` is a place's id, OTHER or AROUND; not `clear` if it may only be a namesake's."""

    place: str
    start: int
    end: int
    clear: bool


def plain(text: str) -> str:
    """The folded text in which names are found: Xi'an is xian there, and 西 安 is 西安."""
    return _BETWEEN_CHINESE.sub("", fold(text).replace("'", ""))


def mentions(text: str, places: Places) -> tuple[Mention, ...]:
    """Every name in the plain text, in order, the longest at each spot: 陕西安康 is 陕西 and 安康."""
    pattern, meanings = _names(tuple(places.items()))
    return tuple(
        Mention(meanings[_key(found[0])], found.start(), found.end(), not _FOLLOWED.match(text, found.end()))
        for found in pattern.finditer(text)
    )


@lru_cache(maxsize=8)
def _names(places: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all names, and what each means. Words of the places asked about win."""
    asked = {_key(word): id_ for id_, words in places for word in words}
    patterns = {_key(word): _pattern(word) for _, words in places for word in words}
    meanings: dict[str, str] = {}
    for names, cities in provinces():
        whole = _first(names, asked)
        holds_one = any(_first(city, asked) for city in cities)
        meanings |= dict.fromkeys(map(_key, names), whole or (AROUND if holds_one else OTHER))
        for city in cities:
            meanings |= dict.fromkeys(map(_key, city), _first(city, asked) or whole or OTHER)
        patterns |= {_key(name): _pattern(name) for group in (names, *cities) for name in group}
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(patterns[key] for key in longest_first)), meanings | asked


def _first(names: tuple[str, ...], asked: Mapping[str, str]) -> str | None:
    return next((asked[key] for key in map(_key, names) if key in asked), None)


def _key(name: str) -> str:
    return plain(name).replace(" ", "")


def _pattern(name: str) -> str:
    """The name as a whole word if in letters; its parts may stand apart: Xi'an, Xian, Xi an."""
    word = " ?".join(map(re.escape, re.split("[' ]", fold(name))))
    return rf"(?<![a-z]){word}(?![a-z])" if name.isascii() else word
