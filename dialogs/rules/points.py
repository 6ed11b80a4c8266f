"""The points at which a rulebook is proven: the days on which something may change, with and without an office.

Between the boundaries of a rulebook nothing changes, so the day before, of and after each stand for all days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dialogs.rules.logic import changes_of
from dialogs.rules.model import Rulebook
from dialogs.rules.statement import Statement

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A day; with `collects`, one from which on the connected office states that it collects."""

    day: date
    collects: bool = False

    def __str__(self) -> str:
        return f"on {self.day.isoformat()}, office {'collecting' if self.collects else 'silent'}"

    def statements(self, rulebook: Rulebook) -> Mapping[str, Statement]:
        """What the office states here of the duties that an office collects."""
        if not self.collects:
            return {}
        stated = datetime.combine(self.day, time(), UTC)
        return {
            duty.id: Statement(duty.id, collects=True, since=self.day, stated_at=stated)
            for duty in rulebook.duties.values()
            if duty.addressee == "office"
        }


def boundaries(rulebook: Rulebook) -> tuple[date, ...]:
    """Every day that the rulebook names as a first or a last one, in order."""
    return tuple(sorted({day for day in _named(rulebook) if day is not None}))


def _named(rulebook: Rulebook) -> Iterator[date | None]:
    for instrument in rulebook.instruments.values():
        yield from (instrument.valid_from, instrument.valid_to, instrument.current_until)
    for duty in rulebook.duties.values():
        yield from changes_of(duty.when)
        for deadline in duty.deadlines:
            yield from (deadline.on, deadline.count_to)
    for note in rulebook.notes:
        yield note.from_


def points(rulebook: Rulebook) -> tuple[Point, ...]:
    """The day before, of and after every boundary, without and with an office that collects; in order."""
    days = {day + step * DAY for day in boundaries(rulebook) for step in (-1, 0, 1)}
    return tuple(Point(day, collects) for day in sorted(days) for collects in (False, True))
