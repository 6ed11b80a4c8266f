from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import fold
from dialogs.parsing.zone_names import ZONES
from dialogs.parsing.zones import fixed_offset, parse_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("香港", "Asia/Hong_Kong"),
        ("台北", "Asia/Taipei"),
        ("新加坡", "Asia/Singapore"),
        ("东京", "Asia/Tokyo"),
        ("伦敦", "Europe/London"),
        ("纽约", "America/New_York"),
        ("洛杉矶", "America/Los_Angeles"),
        ("纽约时间", "America/New_York"),
        ("在巴黎", "Europe/Paris"),
        ("Beijing", "Asia/Shanghai"),
        ("New York", "America/New_York"),
        ("london time", "Europe/London"),
        ("in Berlin", "Europe/Berlin"),
        ("Sydney.", "Australia/Sydney"),
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("Anchorage", "America/Anchorage"),
        ("UTC", "Etc/UTC"),
        ("GMT", "Etc/UTC"),
        ("零时区", "Etc/UTC"),
        ("UTC+8", "Etc/GMT-8"),
        ("utc +08:00", "Etc/GMT-8"),
        ("+8", "Etc/GMT-8"),
        ("+0800", "Etc/GMT-8"),
        ("GMT-5", "Etc/GMT+5"),
        ("UTC−5", "Etc/GMT+5"),
        ("东八区", "Etc/GMT-8"),
        ("东8区", "Etc/GMT-8"),
        ("西五区", "Etc/GMT+5"),
        ("东十二区", "Etc/GMT-12"),
        ("UTC+0", "Etc/UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("＋８", "Etc/GMT-8"),
    ],
)
def test_zones_as_people_write_them(text: str, zone: str) -> None:
    """In both languages, by city, country, offset or name."""
    assert parse_zone(text) == zone


@pytest.mark.parametrize(
    "text", ["CST", "America", "Australia", "美国", "澳大利亚", "Russia", "IST", "欧洲", "新疆"]
)
def test_a_name_of_several_zones_offers_them(text: str) -> None:
    """None is guessed."""
    found = parse_zone(text)
    assert isinstance(found, Ambiguous)
    assert len({ZoneInfo(zone).key for zone in found.readings}) >= 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_zone"),
        ("nowhere", "not_a_zone"),
        ("8", "not_a_zone"),
        ("东区", "not_a_zone"),
        ("../etc/passwd", "not_a_zone"),
        ("/etc/localtime", "not_a_zone"),
        ("Asia/", "not_a_zone"),
        ("x" * 100, "not_a_zone"),
        ("UTC+15", "no_such_offset"),
        ("UTC-13", "no_such_offset"),
        ("+99", "no_such_offset"),
        ("UTC+8:20", "no_such_offset"),
        ("东十五区", "no_such_offset"),
    ],
)
def test_what_is_no_zone_is_refused(text: str, code: str) -> None:
    """Also a path."""
    assert parse_zone(text) == Refused(code)


def test_every_name_is_reached_and_every_zone_exists() -> None:
    """A name is written as it is compared, and means what the table says."""
    for name, zones in ZONES.items():
        assert fold(name) == name
        assert all(ZoneInfo(zone) for zone in zones)
        found = parse_zone(name)
        assert (found.readings if isinstance(found, Ambiguous) else (found,)) == zones


@given(st.integers(-12, 14))
def test_an_offset_is_what_it_says(hours: int) -> None:
    """Although the tz database writes the sign the other way round."""
    zone = parse_zone(f"UTC{hours:+d}")
    assert isinstance(zone, str)
    assert datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)
    assert fixed_offset(zone) == (f"UTC{hours:+d}" if hours else "UTC")


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """With a zone that exists, or not at all."""
    found = parse_zone(text)
    if isinstance(found, str):
        assert ZoneInfo(found)
