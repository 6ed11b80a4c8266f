"""The name of a person or of a body: letters of any script, and what joins them.

Refusal codes: empty, too_long (slot n), characters (slot character).
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from dialogs.parsing.result import Refused
from dialogs.parsing.text import clean

LONGEST: Final = 100

_FIRST_RARE: Final = "\U00020000"
_FIRST_NOT_RARE: Final = "\U0003fffe"
"""Planes 2 and 3 hold nothing but ideographs, some younger than this Python's character tables."""

_MIDDLE_DOT: Final = re.compile(" ?[•‧∙⋅・᛫·] ?")
_FULL_WIDTH: Final = str.maketrans("()", "（）")
_TWICE: Final = re.compile(r"([·'’ʼ.‐-])\1")

_IN_PERSONS: Final = " ·-‐'’ʼ."
_IN_BODIES: Final = _IN_PERSONS + '()（）[]【】「」『』《》〈〉“”‘"&,、+/–—!'
_BEFORE_PERSONS: Final = "'’ʼ"
_BEFORE_BODIES: Final = "(（[【「『《〈“‘\"'’"


def parse_name(text: str) -> str | Refused:
    """A person's name. Digits are refused; 阿卜杜拉.买买提 is given the middle dot it is written with."""
    name = _MIDDLE_DOT.sub("·", clean(text))
    wrong = _wrong(name, "L", _IN_PERSONS, _BEFORE_PERSONS)
    return wrong or "".join(
        "·" if _is_between_chinese(name, n) and c == "." else c for n, c in enumerate(name)
    )


def parse_body_name(text: str) -> str | Refused:
    """The name of a body: digits, brackets, & and quotes may be part of it. Brackets in Chinese are wide."""
    name = clean(text)
    if any(map(_is_chinese, name)):
        name = name.translate(_FULL_WIDTH)
    return _wrong(name, "LN", _IN_BODIES, _BEFORE_BODIES) or name


def _wrong(name: str, kinds: str, inside: str, before: str) -> Refused | None:
    """Why the name is refused: kinds of characters and single ones inside it, single ones at its start."""
    if not name:
        return Refused("empty")
    if len(name) > LONGEST:
        return Refused("too_long", (("n", len(name)),))
    for character in name:
        if not _is_of(character, kinds + "M") and character not in inside:
            return _character(character)
    if not _is_of(name[0], kinds) and name[0] not in before:
        return _character(name[0])
    twice = _TWICE.search(name)
    if twice is not None:
        return _character(twice[1])
    return None if any(_is_of(character, "L") for character in name) else _character(name[0])


def _is_of(character: str, kinds: str) -> bool:
    """Whether a character is of one of the kinds: letters L, marks M, numbers N. 〇 is a letter in names."""
    return category(character)[0] in kinds or ("L" in kinds and _is_chinese(character))


def _is_chinese(character: str) -> bool:
    return "㐀" <= character <= "鿿" or character == "〇" or _FIRST_RARE <= character < _FIRST_NOT_RARE


def _is_between_chinese(name: str, place: int) -> bool:
    return 0 < place < len(name) - 1 and _is_chinese(name[place - 1]) and _is_chinese(name[place + 1])


def _character(character: str) -> Refused:
    return Refused("characters", (("character", character),))
