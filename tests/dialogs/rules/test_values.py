from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.values import Band


@pytest.mark.parametrize(
    ("text", "band"), {"0-30000": (0, 30000), "30001+": (30001, None), "5-5": (5, 5)}.items()
)
def test_parse(text: str, band: tuple[int, int | None]) -> None:
    """A band is read from its notation, and written the same."""
    assert Band.parse(text) == Band(*band)
    assert str(Band.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "5", "-5", "5-", "5-4", "05-9", "5 - 9", "5-9+", "１-２", "1_0-20", "1" * 5000 + "+"]
)
def test_no_band(text: str) -> None:
    """Any other text is refused."""
    with pytest.raises(ValueError, match="band"):
        Band.parse(text)


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (5, 4)])
def test_impossible(low: int, high: int) -> None:
    """A band below 0, or one that ends before it starts, cannot be made."""
    with pytest.raises(ValueError, match="band"):
        Band(low, high)


@given(st.integers(0, 10**12), st.integers(0, 10**12) | st.none(), st.integers(0, 10**12))
def test_ends_are_within(low: int, width: int | None, number: int) -> None:
    """Both ends are in the band, the number before and the one after are not."""
    band = Band(low, None if width is None else low + width)
    assert low in band
    assert low - 1 not in band
    assert (number in band) == (number >= low and (width is None or number <= low + width))
    assert Band.parse(str(band)) == band
