"""A reminder whose time has come: whether it still holds, and whether this is the moment to tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.conversation import Check, Conversation, Remind, ReminderDue, World
from dialogs.filing import State
from dialogs.interview import on_day
from dialogs.reminder import Reminder, Standing
from dialogs.reminding.offers import terms_of
from dialogs.reminding.setting import due_next, ended, found, put, today
from dialogs.reminding.watching import differs
from dialogs.timing import decent, zone_of

PAUSE = timedelta(minutes=10)
"""How long the owner must have been silent before an open question is interrupted."""
_DONE = frozenset({State.RECEIVED, State.FILED, State.RECORDED})


@dataclass(frozen=True, slots=True)
class Due:
    """What became of a reminder that was due: the conversation, what the outbox does next, whether it is told."""

    conversation: Conversation
    effect: Remind
    tell: bool = False


def due(c: Conversation, event: ReminderDue, world: World, *, busy: bool) -> Due:
    """The reminder of an event. One that nobody would see is kept for the owner's next visit.

    `busy` says that a question is open, which is not interrupted while the owner is answering.
    """
    reminder = found(c, event.id)
    if reminder is None or reminder.standing is not Standing.COMING:
        return Due(c, Remind(event.id, None, over=True))
    if not world.pushes:
        return Due(c, Remind(event.id, None))
    if reminder.at and reminder.at[0] > world.now:
        return Due(c, due_next(reminder))
    if not event.reachable:
        return _changed(c, ended(reminder, Standing.WITHDRAWN, world, "blocked"))
    judged, tell = checked(reminder, c, world)
    later = _later(c, world, busy=busy)
    if tell and later is not None:
        return _changed(c, replace(reminder, at=(later, *(one for one in reminder.at if one > later))))
    return _changed(c, judged, tell=tell)


def _changed(c: Conversation, reminder: Reminder, *, tell: bool = False) -> Due:
    return Due(put(c, reminder), due_next(reminder), tell)


def _later(c: Conversation, world: World, *, busy: bool) -> datetime | None:
    """When to come back, if this is no moment to tell anything."""
    zone = zone_of(c, world)
    spoke = c.last_said is not None and timedelta(0) <= world.now - c.last_said < PAUSE
    at = decent(world.now + PAUSE if busy and spoke else world.now, zone)
    return None if at == world.now else at


def overdue(c: Conversation, world: World) -> tuple[Conversation, tuple[str, ...], tuple[Remind, ...]]:
    """Everything that has come due, for an owner who is there: the ids of what is told, and effects."""
    told: list[str] = []
    effects: list[Remind] = []
    for one in c.reminders:
        if one.standing is Standing.COMING and _is_due(one, world):
            judged, tell = checked(one, c, world)
            c = put(c, judged)
            effects.append(due_next(judged))
            told.extend([one.id] if tell else [])
    return c, tuple(told), tuple(effects)


def _is_due(reminder: Reminder, world: World) -> bool:
    watching = reminder.kind == "rules" and reminder.rulebook != world.rulebook.version
    return watching or (bool(reminder.at) and reminder.at[0] <= world.now)


def checked(reminder: Reminder, c: Conversation, world: World) -> tuple[Reminder, bool]:
    """The reminder as it is once told, or withdrawn because it no longer holds; and whether to say so.

    That a rule has changed is said, as the owner relied on it.
    """
    if reminder.kind == "rules":
        return _watched(reminder, world)
    why = _void(reminder, c, world)
    if why:
        return ended(reminder, Standing.WITHDRAWN, world, why), why == "rules"
    day, zone = today(c, world), ZoneInfo(zone_of(c, world))
    later = tuple(one for one in reminder.at if one.astimezone(zone).date() > day)  # once a day is enough
    told = replace(reminder, at=later, told=_now(reminder, world))
    return (told, True) if told.at else (replace(told, standing=Standing.TOLD, since=world.now), True)


def _now(reminder: Reminder, world: World) -> tuple[datetime, ...]:
    return tuple(sorted({*reminder.told, world.now}))


def _watched(reminder: Reminder, world: World) -> tuple[Reminder, bool]:
    """The watch goes on from today's rules; a change is told once."""
    if not differs(reminder.facts, reminder.rulebook, world):
        return replace(reminder, at=(), rulebook=world.rulebook.version), False
    told = replace(reminder, at=(), told=_now(reminder, world))
    return replace(told, before=reminder.rulebook, rulebook=world.rulebook.version), True


def _void(reminder: Reminder, c: Conversation, world: World) -> str:
    """Why it no longer holds, as a code; empty if it does."""
    if _filed(reminder, c):
        return "filed"
    if reminder.rule and not _stands(reminder, world):
        return "rules"
    return "late" if reminder.on is not None and today(c, world) > reminder.on else ""


def _filed(reminder: Reminder, c: Conversation) -> bool:
    """Whether what it reminds of has been done since it was set."""
    if reminder.kind == "correction":
        waiting = (f.reference for f in c.filings if f.state is State.RETURNED)
        return reminder.reference not in waiting
    return any(
        f.state in _DONE and f.since >= reminder.since and set(f.duties) & set(reminder.duties)
        for f in c.filings
    )


def _stands(reminder: Reminder, world: World) -> bool:
    """Whether its duty is in force today, with a deadline of that kind as it was."""
    duty = world.rulebook.duties.get(reminder.duties[0])
    if duty is None or not world.rulebook.instruments[duty.instrument].in_force_on(on_day(Check(), world)):
        return False
    return any(d.for_ == reminder.kind and terms_of(d) == reminder.terms for d in duty.deadlines)
