"""Whatever is typed, each parser answers with a value, soon, and refuses with a code it documents."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.parsing import accounts, counts, dates, identity, names, options, phones, places
from dialogs.parsing.count_words import AFTER, BEFORE
from dialogs.parsing.result import Refused

TODAY = date(2026, 11, 20)
OPTIONS = {
    "weibo": ("Weibo", "微博"),
    "unknown": ("I don't know", "不知道"),
    "none": ("None of these", "都不是"),
}
PLACES = {"xian": ("Xi'an", "西安", "雁塔区")}

PARSERS: dict[str, Callable[[str], object]] = {
    "count": counts.parse_count,
    "match": lambda text: options.match(text, OPTIONS),
    "number": lambda text: options.number(text, 7),
    "several": lambda text: options.several(text, OPTIONS),
    "date": lambda text: dates.parse_date(text, TODAY),
    "place": lambda text: places.parse_place(text, PLACES),
    "resident id": lambda text: identity.parse_resident_id(text, TODAY),
    "credit code": identity.parse_credit_code,
    "mobile": phones.parse_mobile,
    "weibo": accounts.parse_weibo,
    "wechat": accounts.parse_wechat,
    "icp": accounts.parse_icp,
    "link": accounts.parse_link,
    "name": names.parse_name,
    "body name": names.parse_body_name,
}
MODULES = (accounts, counts, dates, identity, names, options, phones, places)

WORDS = [word for table in (BEFORE, AFTER) for row in table.values() for word in row.split("|")]
PIECES = [
    *WORDS,
    *"0123456789零一二三五十百千万亿两几多,.'-~+? 年月日第个号不没",
    *(
        " ",
        " not ",
        "30",
        "30,000",
        "3万",
        "weibo",
        "微博",
        "西安",
        "北京",
        "路",
        "2017",
        "July",
        "gh_",
        "+86",
        "ICP备",
    ),
]
TYPED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
"""Sentences of the words and figures that the parsers know, in any disorder."""

LONG = ["a." * 500_000, "1," * 500_000, "西安" * 500_000]


@pytest.mark.parametrize("parser", PARSERS)
@settings(deadline=None)
@given(text=st.text(st.characters()) | TYPED)
def test_no_parser_raises(parser: str, text: str) -> None:
    """Any text, lone surrogates included, is answered with a value; a refusal's code is documented."""
    answer = PARSERS[parser](text)
    if isinstance(answer, Refused):
        assert any(answer.code in (inspect.getdoc(module) or "") for module in MODULES)


@pytest.mark.parametrize("parser", PARSERS)
def test_a_megabyte_is_answered(parser: str) -> None:
    """A text far too long is answered in seconds at most."""
    for text in LONG:
        start = time.perf_counter()
        PARSERS[parser](text)
        assert time.perf_counter() - start < 10


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    "piece", ["i ", "居住", "现在", "neither is ", "我们", "a.", "1,", "to ", "三", "十多", "not "]
)
def test_no_pattern_runs_away(parser: str, piece: str) -> None:
    """A piece over and over, which makes a careless pattern try every way to part it, is answered at once."""
    for end in ("", "x", "西安", "x微博"):
        start = time.perf_counter()
        PARSERS[parser]((piece * 200)[: 95 - len(end)] + end)
        PARSERS[parser]((piece * 200)[: 195 - len(end)] + end)
        assert time.perf_counter() - start < 2


@settings(deadline=None)
@given(TYPED)
def test_a_count_is_never_without_its_digits(text: str) -> None:
    """A number taken from figures alone holds no digit that was not typed."""
    count = counts.parse_count(text)
    if isinstance(count, int) and text.isascii() and count and not any(c.isalpha() for c in text):
        assert str(count) == "".join(c for c in text if c.isdecimal())
