"""How wide a text will be, and its lines where it is to be no wider.

Which font it will be set in is not known; the widths are those of DejaVu Sans, one of the widest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bot.terminal import words

_NARROW = frozenset("iljtfrI.,:;!|'’()[] ")
_WIDE = frozenset("mwMW@%—→…")
_BOLD = 1.15


def width(text: str, size: int, *, bold: bool = False) -> float:
    """The width of a text at that size, both in pixels."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    """A character's width in parts of the font size."""
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    return 0.7 if character.isupper() or character.isdigit() else 0.62


def lines(text: str, size: int, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """A text in lines no wider than `room`, parted between words; a word that is wider is parted anywhere."""
    found, line = [], ""
    for word in _parts(text, size, room, bold=bold):
        if line and width((line + word).rstrip(), size, bold=bold) > room:
            found.append(line.rstrip())
            line = ""
        line += word
    return (*found, line.rstrip())


def _parts(text: str, size: int, room: float, *, bold: bool) -> Iterator[str]:
    for word in words(text):
        whole = width(word.rstrip(), size, bold=bold) <= room
        yield from (word,) if whole else word
