from __future__ import annotations

import time
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.text import clean, disguised_digit, fold

CLEANED = {
    "  Xi'an \t\n city ": "Xi'an city",
    "３００００，": "30000,",
    "30\u200b000": "30000",
    "30\x00000": "30000",
    "\u202eabc\u202c": "abc",
    "a\u2028b\u00a0c\u3000d": "a b c d",
    "\ud800a\udfff": "a",
    "\ufeff微博\u2060": "微博",
    "e\u0301": "é",
    "\u3164\u2800\u115f": "",
    "": "",
}

FOLDED = {
    "Weibo.": "weibo",
    "是的。": "是的",
    "YES !": "yes",
    "是吗？！": "是吗",
    "Xi’an": "xi'an",
    "Xi´an": "xi'an",
    "Xi＇an": "xi'an",
    "don`t": "don't",
    "Straße": "strasse",
    "???": "",
}


@pytest.mark.parametrize(("text", "cleaned"), CLEANED.items())
def test_clean(text: str, cleaned: str) -> None:
    """What shows nothing is gone, compatible characters are one, each run of space is one space."""
    assert clean(text) == cleaned


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_fold(text: str, folded: str) -> None:
    """Words compare without case, kind of apostrophe and final punctuation."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "digit"), {"10²": "²", "½": "½", "a①": "①", "３0": None, "三": None}.items()
)
def test_disguised_digit(text: str, digit: str | None) -> None:
    """A character that NFKC makes a digit of is found; a digit of another width is one already."""
    assert disguised_digit(text) == digit


@given(st.text(st.characters()))
def test_nothing_unseen_is_left(text: str) -> None:
    """No control, format or lone surrogate character, no border of space and no double space is left."""
    for made in (clean(text), fold(text)):
        assert not {category(character) for character in made} & {"Cc", "Cf", "Cs"}
        assert " ".join(made.split()) == made
        made.encode()


@pytest.mark.parametrize(
    "text", ["a" * 10**6, "\u0315\u0300" * 500_000, "\uff9e\u05b0" * 500_000, "\ud800" * 10**6]
)
def test_a_megabyte_is_quick(text: str) -> None:
    """A long text, and marks that take quadratic time to sort, are cleaned in seconds at most."""
    start = time.perf_counter()
    clean(text)
    assert time.perf_counter() - start < 10
