"""Whether owners were told what they asked for: a reckoning of its own, by days, not by moments.

What was due while nobody worked is to be told on the first day after it on which somebody did, unless the day
it is about is over by then. Where work began or ended in the middle of a day, either day is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.records import Address
from tests.reminders.planned import Planned
from tests.reminders.story import Story

ONE_DAY = timedelta(days=1)


@dataclass
class Turns:
    """What befell some chats or reminders: since when they were `silent`, till when; and where they `moved`.

    `silent` ends what is due within, by reminder; `moved` gives a chat's new zone, and since when.
    """

    silent: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    moved: Mapping[Address, tuple[datetime, str]] = field(default_factory=dict)


@dataclass
class Expected:
    """Of one reminder: on one of the days of each of `must` it is told; `may` are days that are right too."""

    must: list[set[date]] = field(default_factory=list)
    may: set[date] = field(default_factory=set)


def faults(story: Story, turns: Turns | None = None) -> list[str]:
    """Everything that went wrong, in words."""
    turns, found = turns or Turns(), list(_uncounted(story))
    for one in story.planned:
        move = turns.moved.get(one.chat)
        told = [(moment, _zone(one, moment, move)) for moment in sorted(story.notices.get(one.id, ()))]
        wanted = _expected(one, [day for day in one.days if day > story.start.date()], story.worked, turns)
        found.extend(f"{one.kind} {one.id} in {one.zone}: {fault}" for fault in _faults(one, told, wanted))
    return found


def _uncounted(story: Story) -> Iterator[str]:
    """Each message is the notice of one reminder, and each notice was one message."""
    chat_of = {one.id: one.chat for one in story.planned}
    noted = Counter((moment, chat_of[id_]) for id_, moments in story.notices.items() for moment in moments)
    sent = Counter(story.told)
    for moment, chat in noted.keys() | sent.keys():
        if noted[moment, chat] != sent[moment, chat]:
            counts = f"{sent[moment, chat]} messages for {noted[moment, chat]} notices"
            yield f"chat {chat.chat}: {counts} at {moment}"


def _zone(one: Planned, moment: datetime, move: tuple[datetime, str] | None) -> ZoneInfo:
    return ZoneInfo(one.zone if move is None or moment < move[0] else move[1])


def _faults(one: Planned, told: Sequence[tuple[datetime, ZoneInfo]], wanted: Expected) -> Iterator[str]:
    local = [moment.astimezone(zone) for moment, zone in told]
    days = [moment.date() for moment in local]
    yield from (f"told at {m}" for m in local if not time(9) <= m.time() <= time(21))
    yield from (f"told on {day}, after {one.on}" for day in days if one.on is not None and day > one.on)
    yield from (f"told {count} times on {day}" for day, count in Counter(days).items() if count > 1)
    yield from (f"not told on {sorted(among)}" for among in wanted.must if not among & set(days))
    right = wanted.may.union(*wanted.must)
    yield from (f"told on {day} for no reason" for day in days if day not in right)


def _expected(
    one: Planned, days: Sequence[date], worked: Sequence[tuple[datetime, datetime]], turns: Turns
) -> Expected:
    wanted, silent, ended = Expected(), turns.silent.get(one.id), False
    move = turns.moved.get(one.chat)
    for day in days:
        zones = {ZoneInfo(one.zone)}
        if move is not None:
            moved = move[0].astimezone(ZoneInfo(one.zone)).date()
            zones = {ZoneInfo(move[1])} if day > moved + ONE_DAY else zones
            if abs(day - moved) <= ONE_DAY:
                wanted.may |= {day, day + ONE_DAY}
                continue
        (zone,) = zones
        open_days, surely = _open(day, one.on or day, zone, worked)
        if silent is not None and open_days:
            begin, end = (moment.astimezone(zone).date() for moment in silent)
            if begin < min(open_days) < end:
                return wanted
            ended = ended or bool({begin, end} & open_days)  # perhaps: by the hour
        if surely and not ended:
            wanted.must.append(open_days)
        wanted.may |= open_days
    return wanted


def _open(
    day: date, last: date, zone: ZoneInfo, worked: Sequence[tuple[datetime, datetime]]
) -> tuple[set[date], bool]:
    """The days from `day` on, to the first on which it surely can be told; and whether there is such one."""
    found: set[date] = set()
    while day <= last:
        morning, evening = (datetime.combine(day, hour, zone) for hour in (time(9), time(21)))
        shared = [
            (max(begin, morning), min(end, evening))
            for begin, end in worked
            if begin <= evening and end >= morning
        ]
        if shared:
            found.add(day)
        if any(e - b >= timedelta(hours=2) and e >= morning + timedelta(hours=5) for b, e in shared):
            return found, True
        day += ONE_DAY
    return found, False
