from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from bot.papers.making import made
from dialogs.messages import CalendarPaper, T
from tests.bot.papers.samples import KEY

ON = date(2028, 2, 29)
AT = (
    datetime(2028, 1, 30, 1, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 9, 0, tzinfo=timezone(timedelta(hours=8))),
)
LONG = "您请我提醒的事情，详情请到聊天中查看；" * 6 + "a, b; c\\d\nsecond line"


def made_of(*at: datetime, summary: str = LONG, language: str = "zh_CN") -> bytes:
    """The file of such a day."""
    ((_, _, content),) = made(CalendarPaper("0A1B", ON, at, T(summary)), language, KEY.seal)
    return content


def test_a_calendar_reads_the_day_and_its_alarms() -> None:
    """The whole day, an alarm at each moment, in UTC; nobody else who sees the calendar is told."""
    calendar = Calendar.from_ical(made_of(*AT))
    (event,) = calendar.walk("VEVENT")
    assert (event.decoded("dtstart"), event["dtstart"].params["VALUE"]) == (ON, "DATE")
    assert (str(event["uid"]), str(event["summary"])) == ("0A1B@beian", LONG)
    assert (str(event["class"]), event.decoded("dtstamp")) == ("PRIVATE", AT[0])
    alarms = calendar.walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == list(AT)
    assert {str(alarm["description"]) for alarm in alarms} == {LONG}
    assert [alarm["trigger"].params["VALUE"] for alarm in alarms] == ["DATE-TIME"] * 2


@pytest.mark.parametrize("at", [(), AT])
def test_it_is_written_as_calendars_expect(at: tuple[datetime, ...]) -> None:
    """Lines end in CRLF and have 75 bytes at most, none of which parts a character; always the same."""
    content = made_of(*at)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert content == made_of(*at)
    assert len(Calendar.from_ical(content).walk("VALARM")) == len(at)


def test_moments_are_written_in_utc() -> None:
    """Whatever zone they come in."""
    assert b"TRIGGER;VALUE=DATE-TIME:20280228T010000Z\r\n" in made_of(*AT)


def test_its_words_are_the_owners_language() -> None:
    """A text of the catalogue."""
    assert str(Calendar.from_ical(made_of(summary="Yes")).walk("VEVENT")[0]["summary"]) == "在"
