from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.dates import FIRST_YEAR, LAST_YEAR, parse_date
from dialogs.parsing.result import Ambiguous, Refused

TODAY = date(2026, 11, 20)
DAY = date(2017, 7, 25)

READ = {
    **dict.fromkeys(
        ["2017-07-25", "2017/7/25", "2017.7.25", "20170725", "2017 7 25", "２０１７－０７－２５"], DAY
    ),
    **dict.fromkeys(["2017年7月25日", "2017 年 7 月 25 日", "2017年7月25号", "2017年7月25日起"], DAY),
    **dict.fromkeys(
        ["二〇一七年七月二十五日", "二零一七年七月二十五号", "二○一七年7月25日", "二O一七年七月二十五日"], DAY
    ),
    **dict.fromkeys(
        ["25 July 2017", "July 25, 2017", "25 Jul 2017", "Jul. 25 2017", "25th of July, 2017"], DAY
    ),
    **dict.fromkeys(
        ["on July 25th 2017", "25-Jul-2017", "25.7.2017", "25/07/2017", "07/25/2017", "25-7-2017"], DAY
    ),
    "04/04/2017": date(2017, 4, 4),
    "May 5 2017": date(2017, 5, 5),
    "3 Sept 2017": date(2017, 9, 3),
    "7月25日": date(2026, 7, 25),
    "11月20日": TODAY,
    "11月21日": date(2025, 11, 21),
    "十二月三十一号": date(2025, 12, 31),
    "25 July": date(2026, 7, 25),
    "December 25th": date(2025, 12, 25),
    "2月29日": date(2024, 2, 29),
    "去年7月25日": date(2025, 7, 25),
    "今年12月31日": date(2026, 12, 31),
    **dict.fromkeys(["today", "Today.", "今天"], TODAY),
    **dict.fromkeys(["yesterday", "昨天"], date(2026, 11, 19)),
    "前天": date(2026, 11, 18),
}

REFUSED = {
    "not_a_date": (
        *(
            "",
            "soon",
            "2017",
            "2017-07",
            "July 2017",
            "2017年7月",
            "25/7/17",
            "2017-07/25",
            "7/25",
            "二十五日",
        ),
        *(
            "2017²-07-25",
            "2017-07-25 2018-07-25",
            "about 2017-07-25",
            "1" * 5000,
            "2017-07-250",
            "٢٠١٧-07-25",
        ),
    ),
    "no_such_day": (
        "2017-02-30",
        "2017-13-01",
        "2017年2月29日",
        "31/04/2017",
        "13/13/2017",
        "20170230",
        "2月30日",
        "0 July",
    ),
}


@pytest.mark.parametrize(("text", "day"), READ.items())
def test_read(text: str, day: date) -> None:
    """A day is read; without a year it is the last such day."""
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize("text", ["03/04/2017", "3/4/2017", "3.4.2017", "03-04-2017"])
def test_day_or_month_first(text: str) -> None:
    """A day that may be a month is asked about."""
    assert parse_date(text, TODAY) == Ambiguous((date(2017, 4, 3), date(2017, 3, 4)))


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, row in REFUSED.items() for text in row])
def test_refused(code: str, text: str) -> None:
    """What is no day is refused, with the reason."""
    assert parse_date(text, TODAY) == Refused(code)


@pytest.mark.parametrize(
    ("text", "year"), {"1989-12-31": 1989, "2101年1月1日": 2101, "1 May 0017": 17}.items()
)
def test_year_out_of_range(text: str, year: int) -> None:
    """A year no account can be of is refused by name."""
    assert parse_date(text, TODAY) == Refused("year_out_of_range", (("year", year),))


FORMS = [
    "{:%Y-%m-%d}",
    "{:%Y%m%d}",
    "{:%Y/%m/%d}",
    "{:%d %B %Y}",
    "{:%b %d, %Y}",
    "{0.year}年{0.month}月{0.day}日",
]


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    """A day written in any clear form is that day."""
    assert parse_date(form.format(day), TODAY) == day


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.dates(date(2000, 1, 1), date(2026, 12, 31)))
def test_a_day_without_a_year_has_been(day: date, today: date) -> None:
    """A day without a year is never in the future."""
    read = parse_date(f"{day.month}月{day.day}日", today)
    assert isinstance(read, date)
    assert read <= today
    assert (read.month, read.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 June", date(2027, 6, 1)),
        ("22 November", date(2026, 11, 22)),
        ("12月1日", date(2026, 12, 1)),
        ("6月1日", date(2027, 6, 1)),
        ("29 February", date(2028, 2, 29)),
        ("tomorrow", date(2026, 11, 22)),
        ("后天", date(2026, 11, 23)),
        ("明年3月1日", date(2027, 3, 1)),
        ("1 March next year", date(2027, 3, 1)),
        ("March 1 of next year", date(2027, 3, 1)),
        ("2026-11-01", date(2026, 11, 1)),
        ("1 March last year", date(2025, 3, 1)),
    ],
)
def test_a_day_ahead(text: str, day: date) -> None:
    """Without a year it is the next such day, where a day to come is asked."""
    assert parse_date(text, date(2026, 11, 21), ahead=True) == day


@pytest.mark.parametrize("text", ["tomorrow", "明天", "明年3月1日", "1 March next year"])
def test_where_a_past_day_is_asked_none_ahead_is_read(text: str) -> None:
    """A first message is not of tomorrow."""
    assert parse_date(text, TODAY) == Refused("not_a_date")
