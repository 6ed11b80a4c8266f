from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.phones import parse_mobile
from dialogs.parsing.result import Refused

MOBILE = "13812345678"

READ = (
    *(MOBILE, "138 1234 5678", "138-1234-5678", "138.1234.5678", "(138) 12345678", "１３８１２３４５６７８"),
    *(
        "+86 138 1234 5678",
        "+8613812345678",
        "0086 13812345678",
        "8613812345678",
        "86-138-1234-5678",
        " 13812345678\n",
    ),
)

REFUSED = {
    "": ("length", ("n", 0)),
    "1381234567": ("length", ("n", 10)),
    "138123456789": ("length", ("n", 12)),
    "013812345678": ("length", ("n", 12)),
    "13812345678 13912345678": ("length", ("n", 22)),
    "88888888": ("length", ("n", 8)),
    "+8600200": ("length", ("n", 5)),
    "110": ("length", ("n", 3)),
    "1" * 5000: ("length", ("n", 5000)),
    "02988888888": ("fixed_line",),
    "029-8888 8888": ("fixed_line",),
    "+86 29 8888 8888": ("fixed_line",),
    "+852 9123 4567": ("foreign",),
    "0044 20 7946 0000": ("foreign",),
    "12012345678": ("not_mobile",),
    "11111111111": ("not_mobile",),
    "138l2345678": ("characters", ("character", "l")),
    "电话13812345678": ("characters", ("character", "电")),
    "13812345678/9": ("characters", ("character", "/")),
    "1381234567⑧": ("characters", ("character", "⑧")),
    "138++12345678": ("characters", ("character", "+")),
}


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    """A mobile number is its eleven digits, however it is parted."""
    assert parse_mobile(text) == MOBILE


@pytest.mark.parametrize(("text", "refusal"), REFUSED.items())
def test_refused(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """What is no mobile number is refused, with what is wrong."""
    assert parse_mobile(text) == Refused(refusal[0], refusal[1:])


@given(st.from_regex(r"(\+86|0086|86)?[0-9]{0,15}", fullmatch=True))
def test_only_the_digits_typed(text: str) -> None:
    """A number that is accepted is what was typed, without the country's code."""
    read = parse_mobile(text)
    assert isinstance(read, Refused) or (
        len(read) == 11 and text.endswith(read) and text[:-11] in ("", "+86", "0086", "86")
    )
