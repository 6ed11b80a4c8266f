"""Counts as they may be written: whichever they are, the same count is read."""

from __future__ import annotations

import pytest
from cn2an import an2cn
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.parsing.counts import parse_count
from dialogs.parsing.numerals import LARGEST
from dialogs.parsing.result import Ambiguous
from dialogs.rules.values import Band

COUNTS = st.integers(0, LARGEST) | st.integers(0, 10**6)
"""Up to what is accepted, and of the usual size."""

SEPARATED = {
    "plain": str,
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "narrow spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "full-width": lambda n: f"{n:,}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,"}),
    "in a sentence": lambda n: f"I have {n:,} followers.",
    "in a Chinese sentence": lambda n: f"我有{n}个粉丝。",
}


@pytest.mark.parametrize("form", SEPARATED)
@settings(deadline=None)
@given(count=COUNTS)
def test_formatting_survives(form: str, count: int) -> None:
    """An accepted count, written with separators, is read as the same count."""
    assert parse_count(SEPARATED[form](count)) == count


@settings(deadline=None)
@given(count=st.integers(0, 10**8 - 1), formal=st.booleans())
def test_chinese_numerals_survive(count: int, formal: bool) -> None:
    """A count in Chinese numerals, everyday or formal, is read as the same count."""
    assert parse_count(an2cn(count, "up" if formal else "low")) == count


@settings(deadline=None)
@given(
    st.integers(1, 10**8 - 1),
    st.sampled_from([("万", 4), ("千", 3), ("k", 3), ("w", 4), ("m", 6), ("亿", 8)]),
)
def test_units_never_change_a_count(count: int, unit: tuple[str, int]) -> None:
    """A count in a unit is read as that count; where a point could part thousands, among the readings."""
    name, zeros = unit
    digits = f"{count:0{zeros + 1}d}"
    figure = f"{digits[:-zeros]}.{digits[-zeros:]}".rstrip("0").rstrip(".")
    read = parse_count(figure + name)
    assert count in (read.readings if isinstance(read, Ambiguous) else (read,))


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_comparisons_hold_at_the_boundary(count: int) -> None:
    """超过 and "more than" leave the number out, 以上, 不超过 and "at least" take it in."""
    for text in (f"超过{count}", f"more than {count}"):
        assert parse_count(text) == Band(count + 1, None)
    for text in (f"{count}以上", f"at least {count}"):
        assert parse_count(text) == Band(count, None)
    for text in (f"不超过{count}", f"{count} or fewer"):
        assert parse_count(text) == Band(0, count)
    assert parse_count(f"不到{count + 1}") == Band(0, count)


@given(st.builds(Band, st.integers(0, 10**9), st.none() | st.integers(10**9, LARGEST)))
def test_bands_read_their_own_notation(band: Band) -> None:
    """What a band is written as, is that band."""
    assert parse_count(str(band)) == band
