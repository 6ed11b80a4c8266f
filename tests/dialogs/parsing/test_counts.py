from __future__ import annotations

import pytest
from cn2an import an2cn
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.parsing.counts import parse_count
from dialogs.parsing.numerals import LARGEST
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.rules.values import Band

EXACT = {
    "30000": 30000,
    "30,000": 30000,
    "３００００": 30000,
    "３０，０００": 30000,
    "30 000": 30000,
    "30\u00a0000": 30000,
    "30'000": 30000,
    "1 234 567": 1234567,
    "3万": 30000,
    "３万": 30000,
    "3 万": 30000,
    "三万": 30000,
    "叁万": 30000,
    "三萬": 30000,
    "3.5万": 35000,
    "三点五万": 35000,
    "3.000万": 30000,
    "1.234万": 12340,
    "三万五": 35000,
    "三万五千": 35000,
    "三万五百": 30500,
    "三万零五百": 30500,
    "三万〇五百": 30500,
    "三零零零零": 30000,
    "两万五": 25000,
    "十万五": 105000,
    "三亿二": 320000000,
    "3万5": 35000,
    "3万5千": 35000,
    "3万五千": 35000,
    "三万5": 35000,
    "3万5000": 35000,
    "3万零500": 30500,
    "30万5": 305000,
    "30k": 30000,
    "30 K": 30000,
    "30.5k": 30500,
    "3w": 30000,
    "3w5": 35000,
    "1.2m": 1200000,
    "1.2 million": 1200000,
    "1.2亿": 120000000,
    "1,200万": 12000000,
    "30 千": 30000,
    "30 thousand": 30000,
    "thirty thousand": 30000,
    "thirty-five thousand": 35000,
    "one hundred and twenty thousand five hundred": 120500,
    "45000 followers": 45000,
    "45k粉丝": 45000,
    "我有3万粉丝": 30000,
    "我的微博已经有3万个粉丝了": 30000,
    "粉丝：30000": 30000,
    "I have 45,000 followers on Weibo.": 45000,
    "only 30k": 30000,
    "正好3万": 30000,
    "0": 0,
    "零": 0,
    "zero": 0,
    "1000000000000": LARGEST,
    "1万亿": LARGEST,
}

BANDS = {
    "0-30000": "0-30000",
    "30001+": "30001+",
    "more than 30000": "30001+",
    "more than 30,000": "30001+",
    "over 30k": "30001+",
    "just over 30k": "30001+",
    ">30000": "30001+",
    "＞３万": "30001+",
    "超过3万": "30001+",
    "不止3万": "30001+",
    "粉丝数超过3万": "30001+",
    "at least 30k": "30000+",
    "no fewer than 30k": "30000+",
    "30,000 or more": "30000+",
    "≥3万": "30000+",
    "3万以上": "30000+",
    "3万粉丝以上": "30000+",
    "大于等于3万": "30000+",
    "不少于3万": "30000+",
    "less than 30k": "0-29999",
    "fewer than 30k": "0-29999",
    "<30k": "0-29999",
    "不到3万": "0-29999",
    "不足3万": "0-29999",
    "3万都不到": "0-29999",
    "我没有3万粉丝": "0-29999",
    "at most 30k": "0-30000",
    "no more than 30k": "0-30000",
    "it's not over 30k": "0-30000",
    "up to 30k": "0-30000",
    "30,000 or fewer": "0-30000",
    "3万以下": "0-30000",
    "3万或以下": "0-30000",
    "不超过3万": "0-30000",
    "没超过3万": "0-30000",
    "20k-30k": "20000-30000",
    "20k – 30k": "20000-30000",
    "20-30k": "20000-30000",
    "20 to 30k": "20000-30000",
    "between 20k and 30k": "20000-30000",
    "2万到3万": "20000-30000",
    "2-3万": "20000-30000",
    "2～3万": "20000-30000",
    "两万至三万": "20000-30000",
    "四十到五十万": "400000-500000",
    "介于2万和3万之间": "20000-30000",
    "500-1k": "500-1000",
    "超过2万不到3万": "20001-29999",
    "over 20k but under 30k": "20001-29999",
    "> 30,000 and < 50,000": "30001-49999",
    "2万以上3万以下": "20000-30000",
    "至少2万，最多3万": "20000-30000",
}

VAGUE = {
    "about 30k": (27000, 33000),
    "around 30000": (27000, 33000),
    "~30000": (27000, 33000),
    "roughly 30,000": (27000, 33000),
    "30k or so": (27000, 33000),
    "30k-ish": (27000, 33000),
    "I think about 30k": (27000, 33000),
    "大约三万": (27000, 33000),
    "大概三万左右": (27000, 33000),
    "三万左右": (27000, 33000),
    "差不多3万": (27000, 33000),
    "3万吧": (27000, 33000),
    "nearly 30k": (27000, 30000),
    "快3万了": (27000, 30000),
    "近3万": (27000, 30000),
    "三万多": (27000, 39999),
    "3万多": (27000, 39999),
    "30000多": (27000, 39999),
    "3万多个粉丝": (27000, 39999),
    "3万出头": (27000, 39999),
    "35000多": (31500, 35999),
    "三十多万": (270000, 399999),
    "10 多万": (90000, 199999),
    "十几万": (90000, 199999),
    "三万几千": (30000, 39999),
    "几万": (10000, 99999),
    "好几十万": (100000, 999999),
    "tens of thousands": (10000, 99999),
    "tens of thousands of followers": (10000, 99999),
    "thousands": (1000, 99999),
    "a few thousand": (1000, 9999),
    "millions": (1000000, None),
    "两三万": (20000, 39999),
    "三五千": (3000, 5999),
    "十五六万": (150000, 169999),
    "10万+": (100000, None),
    "30k+": (30000, None),
    "30,000+": (30000, None),
    "上万": (10000, None),
    "破10万了": (100000, None),
    "over about 30k": (27000, None),
    "最多3万左右": (0, 33000),
    "more than 30.000": (30, None),
    "over 30k?": (27000, None),
    "20k-30k左右": (18000, 33000),
    "20-30,000": (20, 30000),
    "20.000-30.000": (20, 30000),
}

AMBIGUOUS = {
    "30.000": (30000, 30),
    "1.234": (1234,),
    "30.0": (30,),
    "1.234.567": (1234567,),
    "1.234k": (1234, 1234000),
    "30,000k": (30000000, 30000),
    "3万500": (30500,),
    "3万05": (30005,),
    "百万粉丝": (1000000,),
    "万": (10000,),
    "30000 or 40000": (30000, 40000),
    "3万或4万": (30000, 40000),
    "30000?": (30000,),
    "3万？": (30000,),
}

REFUSED = {
    "not_a_number": (
        *("", " ", "hello", "followers", "nan", "inf", "∞", "1e5", "0x10", "3_0_0_0_0", "10⁵", "①②", "٣٠٠٠٠"),
        *("030", "02988888888", "l0000", "1O000", "+30000", "$30000", "30000元", "30000%", "50/50"),
        *(
            "2017-07-25",
            "138-0013-8000",
            "30000 followers, 20000 on Douyin",
            "3万粉丝5万阅读",
            "30k, maybe 35k",
        ),
        *(
            "not 30000",
            "不是3万",
            "是不是3万",
            "有没有3万",
            "over under 30k",
            "30000-20000",
            "30-000",
            "between 30k",
            "30,",
        ),
        *("三五", "两三", "三万五万", "零千一", "十百五", "三万零", "2十5万", "3五千", "五 000", "十万五万"),
        *("hundred thousand", "thousand thirty", "関注300", "9" * 200 + "x"),
    ),
    "negative": ("-5", "−5", "－５", "minus 5", "负五", "负3万", "less than 0", "不到0"),
    "too_large": ("1000000000001", "2万亿", "9" * 5000, "9," * 3000 + "9", "over 1000000000001", "1" * 31),
    "not_whole": ("3.5", "3.55555万", "1,234.5", "½", "3½万", "1.2345k"),
    "broken_grouping": ("1,23,4", "30 00", "3,00,000", "10,0000", "1.23.4", "1.234,5", "3 0 0 0 0", "3,5万"),
}


@pytest.mark.parametrize(("text", "count"), EXACT.items())
def test_exact(text: str, count: int) -> None:
    """A clear number is taken."""
    assert parse_count(text) == count


@pytest.mark.parametrize(("text", "band"), BANDS.items())
def test_bands(text: str, band: str) -> None:
    """A clear one-sided or two-sided statement is a band."""
    assert parse_count(text) == Band.parse(band)


@pytest.mark.parametrize(("text", "bounds"), VAGUE.items())
def test_vague(text: str, bounds: tuple[int, int | None]) -> None:
    """What is not exact is as wide as a fair reader would allow."""
    assert parse_count(text) == Vague(*bounds)


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS.items())
def test_ambiguous(text: str, readings: tuple[int, ...]) -> None:
    """What can be read in two ways, or is doubtful, is never taken."""
    assert parse_count(text) == Ambiguous(readings)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, row in REFUSED.items() for text in row])
def test_refused(code: str, text: str) -> None:
    """What is no count is refused, with the reason."""
    assert parse_count(text) == Refused(code)


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
