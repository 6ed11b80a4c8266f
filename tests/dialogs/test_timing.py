from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Check, Conversation
from dialogs.timing import BEFORE, EARLIEST, LATEST, decent, moments, nearest, zone_of
from tests.dialogs.talks import NOW, a_world

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
zones = st.sampled_from(sorted(name for name in available_timezones() if "/" in name))
times = st.integers(0, 9_000_000_000).map(lambda seconds: datetime(1860, 1, 1, tzinfo=UTC) + seconds * SECOND)


def local(moment: datetime, zone: str) -> datetime:
    """The moment as the clock shows it there."""
    return moment.astimezone(ZoneInfo(zone))


@pytest.mark.parametrize(
    ("on", "zone", "days"),
    [
        (date(2026, 12, 31), "Asia/Shanghai", [date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 30)]),
        (date(2024, 3, 1), "Asia/Shanghai", [date(2024, 1, 31), date(2024, 2, 23), date(2024, 2, 29)]),
        (date(2023, 3, 1), "Asia/Shanghai", [date(2023, 1, 30), date(2023, 2, 22), date(2023, 2, 28)]),
        # both changes of the clock, the day before the deadline
        (date(2026, 3, 9), "America/New_York", [date(2026, 2, 7), date(2026, 3, 2), date(2026, 3, 8)]),
        (date(2026, 11, 2), "America/New_York", [date(2026, 10, 3), date(2026, 10, 26), date(2026, 11, 1)]),
        (date(2026, 3, 30), "Europe/Berlin", [date(2026, 2, 28), date(2026, 3, 23), date(2026, 3, 29)]),
        (date(2026, 10, 26), "Europe/Berlin", [date(2026, 9, 26), date(2026, 10, 19), date(2026, 10, 25)]),
        # midnight itself was skipped
        (date(2018, 11, 5), "America/Sao_Paulo", [date(2018, 10, 6), date(2018, 10, 29), date(2018, 11, 4)]),
        # Samoa had no 30 December 2011: the day before stands in
        (date(2011, 12, 31), "Pacific/Apia", [date(2011, 12, 1), date(2011, 12, 24), date(2011, 12, 29)]),
        (date(2012, 1, 6), "Pacific/Apia", [date(2011, 12, 7), date(2011, 12, 29), date(2012, 1, 5)]),
    ],
)
def test_notices_fall_on_the_days_before(on: date, zone: str, days: list[date]) -> None:
    """30, 7 and 1 days before, by the calendar of the zone, whatever its clock does."""
    found = [local(moment, zone) for moment in moments(on, BEFORE, zone, "id", LONG_AGO)]
    assert [moment.date() for moment in found] == days
    assert all(EARLIEST <= moment.time() <= time(13) for moment in found)


@pytest.mark.parametrize(
    ("on", "zone", "left"),
    [
        (date(1, 1, 1), "Asia/Shanghai", 1),
        (date(1, 1, 1), "Pacific/Kiritimati", 1),
        (date(1, 1, 2), "America/New_York", 2),
        (date(9999, 12, 31), "Pacific/Kiritimati", 4),
        (date(9999, 12, 31), "Pacific/Pago_Pago", 4),
    ],
)
def test_what_lies_outside_the_calendar_is_left_out(on: date, zone: str, left: int) -> None:
    """There is no day before the first."""
    first = datetime.min.replace(tzinfo=UTC)
    assert len(moments(on, (*BEFORE, 0), zone, "id", first)) == min(left, 3)


@given(st.dates(), zones, st.text(), times)
@settings(deadline=None)
def test_moments_are_to_come_rising_and_decent(on: date, zone: str, id_: str, now: datetime) -> None:
    """At most three, whenever and wherever it is."""
    found = moments(on, BEFORE, zone, id_.encode("utf-8", "ignore").decode(), now)
    assert len(found) <= 3
    assert list(found) == sorted(set(found))
    assert all(now < moment and moment.tzinfo is UTC for moment in found)
    shown = [local(moment, zone) for moment in found]
    assert all(EARLIEST <= moment.time() <= LATEST and moment.date() < on for moment in shown)


def test_a_day_is_no_burst() -> None:
    """Each reminder has its own minute, the same each time."""
    found = [moments(date(2027, 1, 1), (0,), "Asia/Shanghai", f"{n:016d}", NOW) for n in range(2000)]
    hours = [local(moment, "Asia/Shanghai").hour for (moment,) in found]
    assert set(hours) == {9, 10, 11}
    assert all(550 < hours.count(hour) < 800 for hour in set(hours))
    assert moments(date(2027, 1, 1), (0,), "Asia/Shanghai", f"{7:016d}", NOW) == found[7]


@pytest.mark.parametrize(
    ("zone", "moment", "told"),
    [
        ("Asia/Shanghai", "2026-11-21T09:00", "2026-11-21T09:00"),
        ("Asia/Shanghai", "2026-11-21T21:00", "2026-11-21T21:00"),
        ("Asia/Shanghai", "2026-11-21T21:00:01", "2026-11-22T09:00"),
        ("Asia/Shanghai", "2026-11-21T08:59:59", "2026-11-21T09:00"),
        ("America/New_York", "2026-03-07T23:00", "2026-03-08T09:00"),
        ("America/New_York", "2026-10-31T23:00", "2026-11-01T09:00"),
        ("Pacific/Apia", "2011-12-29T22:00", "2011-12-31T09:00"),
        ("Europe/Berlin", "2024-02-28T22:00", "2024-02-29T09:00"),
    ],
)
def test_a_late_notice_waits_for_the_morning(zone: str, moment: str, told: str) -> None:
    """Not a second outside the hours in which somebody may be disturbed."""
    there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    assert decent(there, zone) == datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(zone))


@given(times, zones)
@settings(deadline=None)
def test_a_decent_moment_is_soon(moment: datetime, zone: str) -> None:
    """Itself, or the next morning that there is."""
    told = decent(moment, zone)
    assert EARLIEST <= local(told, zone).time() <= LATEST
    assert timedelta(0) <= told - moment < timedelta(hours=48)
    assert told == moment or local(told, zone).hour in (9, 10)


@given(times, zones)
@settings(deadline=None)
def test_the_nearest_moment_is_on_the_same_day(moment: datetime, zone: str) -> None:
    """So that what is said of tomorrow stays true."""
    found = local(nearest(moment, zone), zone)
    assert found.date() == local(moment, zone).date()
    assert EARLIEST <= found.time() <= LATEST


def test_the_zone_is_the_one_told_else_that_of_the_place() -> None:
    """And never one that this program made up."""
    world = a_world()
    (zone,) = {instrument.zone for instrument in world.rulebook.instruments.values()}
    assert zone_of(Conversation(), world) == zone
    assert zone_of(Conversation(check=Check({"place": "xian"})), world) == zone
    assert zone_of(Conversation(zone="Europe/London"), world) == "Europe/London"
