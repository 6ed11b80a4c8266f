from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal import cells, words, wrapped

TEXTS = st.text(st.sampled_from("ab 字，。（）“”万12 e\u0301"), max_size=60)


def lines(text: str, columns: int | None, indent: str = "") -> list[str]:
    """A text as it is printed."""
    return list(wrapped(words(text), columns, indent))


@pytest.mark.parametrize(
    ("text", "columns", "printed"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", None, ["one two three"]),
        ("备案登记表", 6, ["备案登", "记表"]),
        ("备案登记，表", 8, ["备案登", "记，表"]),
        ("见（备案）。", 6, ["见（备", "案）。"]),
        ("see weibo.com/u/1234567890 now", 10, ["see", "weibo.com/u/1234567890", "now"]),
        ("", 10, [""]),
    ],
)
def test_lines_end_between_words(text: str, columns: int | None, printed: list[str]) -> None:
    """Between characters in Chinese, but not before punctuation; what cannot be parted stays whole."""
    assert lines(text, columns) == printed


def test_pieces_are_kept_whole_and_set_in() -> None:
    """A choice does not part from its number, unless it is too long for a line of its own."""
    choices = ("1 Yes · ", "2 Neither · ", "3 Rather not say")
    assert list(wrapped(choices, 17, "  ")) == ["  1 Yes ·", "  2 Neither ·", "  3 Rather not", "  say"]
    assert list(wrapped(choices, 18, "  ")) == ["  1 Yes ·", "  2 Neither ·", "  3 Rather not say"]


@given(TEXTS, st.integers(2, 20))
def test_nothing_is_lost_by_wrapping(text: str, columns: int) -> None:
    """But for spaces at the ends of lines; and only what cannot be parted is too long."""
    printed = lines(text, columns)
    assert "".join(printed).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= columns or len(list(words(line))) == 1 for line in printed)


@pytest.mark.parametrize(("text", "taken"), [("abc", 3), ("备案", 4), ("４.5万", 6), ("e\u0301", 1), ("", 0)])
def test_wide_characters_take_two_columns(text: str, taken: int) -> None:
    """And those that are set upon others none."""
    assert cells(text) == taken
