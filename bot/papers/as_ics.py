"""A day as a file for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Alarm, Calendar, Event

from bot.i18n import Words
from dialogs.messages import CalendarPaper

_MADE_BY = "-//Beian//Beian//EN"
_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""When a day without alarms was written down: always the same, so that the file is."""


def day(paper: CalendarPaper, spoken: Words) -> bytes:
    """The file: one event of the whole day, and an alarm at each of its moments."""
    summary = spoken.text(paper.summary)
    event = Event()
    event.add("uid", f"{paper.id}@beian")
    event.add("dtstamp", min(paper.at, default=_ONCE).astimezone(UTC))
    event.add("dtstart", paper.on)
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it takes no time of that day
    for moment in paper.at:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", moment.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
        alarm.add("description", summary)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
