"""Typed text made comparable, before any parser looks at it. Nothing here refuses or fails."""

from __future__ import annotations

from typing import Final
from unicodedata import category, normalize

_REMOVED: Final = {"Cc", "Cf", "Cs"}
"""Control characters, format characters (bidi, zero-width), lone surrogates."""

_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that show nothing."""

_VOICED_MARKS: Final = "\uff9e\uff9f"
"""The half-width letters that NFKC makes combining marks of."""

_MARKS_IN_A_ROW: Final = 30
"""As the Stream-Safe Text Format of UAX #15 has it: sorting longer runs takes quadratic time."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("‘’‛ʹʻʼ`´′＇", "'"))
_FINAL_PUNCTUATION: Final = "。.!！?？ "


def clean(text: str) -> str:
    """The text in NFKC, without control, bidi and zero-width characters, each run of space as one space."""
    return " ".join(normalize("NFKC", _visible(" ".join(text.split()))).split())


def fold(text: str) -> str:
    """The clean text for comparing words: without case, one kind of apostrophe, no final punctuation."""
    return clean(text.translate(_APOSTROPHES)).casefold().rstrip(_FINAL_PUNCTUATION)


def disguised_digit(text: str) -> str | None:
    """The first character that only turns into a digit by NFKC, as ², ½ and ① do: 10² is not 102."""
    disguised = (
        character
        for character in text
        if not (character.isascii() or character.isdecimal())
        and any("0" <= c <= "9" for c in normalize("NFKC", character))
    )
    return next(disguised, None)


def _visible(text: str) -> str:
    """The text without what shows nothing, and without marks beyond the thirtieth on one letter."""
    kept: list[str] = []
    marks = 0
    for character in text:
        kind = category(character)
        if kind in _REMOVED or character in _BLANK:
            continue
        marks = marks + 1 if kind[0] == "M" or character in _VOICED_MARKS else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
