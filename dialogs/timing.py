"""When a reminder is told: moments on days, at a decent hour, in the owner's time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, World
from dialogs.rules import locality

EARLIEST, LATEST = time(9), time(21)
"""Between these, local time, both included, somebody may be reminded."""
BEFORE = (30, 7, 1)
"""Days before a deadline."""
MOST = 3
"""Moments for one reminder."""
_SPREAD = 3 * 3600
"""Seconds from the earliest hour on over which the reminders of one day are spread, so that it is no burst."""
_ONE_DAY = timedelta(days=1)


def zone_of(c: Conversation, world: World) -> str:
    """The owner's time zone: the one told, else that of the place answered, else that of the rulebook."""
    if c.zone:
        return c.zone
    facts = c.draft.facts if c.draft is not None else c.check.answers if c.check is not None else {}
    places = locality.named(facts, world.rulebook)
    instruments = world.rulebook.instruments.values()
    near = [instrument.zone for instrument in instruments if instrument.place in places]
    return (near or [instrument.zone for instrument in instruments])[0]


def moments(
    on: date, days_before: tuple[int, ...], zone: str, id_: str, now: datetime
) -> tuple[datetime, ...]:
    """At most three moments after `now`, rising, in UTC: one that many days before `on` each.

    Each lies in decent hours of `zone`, at a time of day of its own that hangs on `id_` only. What lies outside
    the years 1 to 9999 is left out; on a day that the zone skipped, the day before it stands in.
    """
    after = timedelta(seconds=crc32(id_.encode()) % _SPREAD)
    wanted = (_on_or_before(on, days, after, ZoneInfo(zone)) for days in days_before)
    return tuple(sorted({moment for moment in wanted if moment is not None and moment > now})[-MOST:])


def decent(moment: datetime, zone: str) -> datetime:
    """The moment itself if somebody may be reminded then, else the next time that the day begins there."""
    there = ZoneInfo(zone)
    if EARLIEST <= moment.astimezone(there).time() <= LATEST:
        return moment
    return next(one for one in _mornings(moment, there) if one > moment)


def nearest(moment: datetime, zone: str) -> datetime:
    """The moment itself if somebody may be reminded then, else the nearest such time on its own day there."""
    local = moment.astimezone(ZoneInfo(zone))
    time_of_day = min(max(local.time(), EARLIEST), LATEST)
    if time_of_day == local.time():
        return moment
    return datetime.combine(local.date(), time_of_day, local.tzinfo).astimezone(UTC)


def _mornings(moment: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The first decent moment of that day, and of those after it."""
    day = moment.astimezone(zone).date()
    while True:
        morning = _at(day, timedelta(0), zone)
        if morning is not None:
            yield morning
        day += _ONE_DAY


def _on_or_before(on: date, days: int, after: timedelta, zone: ZoneInfo) -> datetime | None:
    """The moment that long after the earliest hour, `days` before `on`; None outside the calendar."""
    try:
        day = on - timedelta(days=days)
        return _at(day, after, zone) or _at(day - _ONE_DAY, after, zone)
    except OverflowError:
        return None


def _at(day: date, after: timedelta, zone: ZoneInfo) -> datetime | None:
    """The moment that long after the earliest hour of a day; None if the zone skipped that day.

    A clock that jumps over it shows a later time of the same day then.
    """
    moment = (datetime.combine(day, EARLIEST, zone) + after).astimezone(UTC)
    local = moment.astimezone(zone)
    return moment if local.date() == day and EARLIEST <= local.time() <= LATEST else None
