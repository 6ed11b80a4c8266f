"""Reminders set, stopped, put off, and moved to another time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Remind, World
from dialogs.reminder import Kind, Reminder, Standing
from dialogs.reminding.offers import Offer
from dialogs.timing import BEFORE, decent, moments, zone_of

MOST = 20
"""Coming reminders of one chat."""
_BY_DAY: frozenset[Kind] = frozenset({"change", "expiry", "own"})
"""Kinds of which there may be several at once, on different days."""


def today(c: Conversation, world: World) -> date:
    """The day it is for the owner."""
    return world.now.astimezone(ZoneInfo(zone_of(c, world))).date()


def coming(c: Conversation) -> tuple[Reminder, ...]:
    """Those still to come, the nearest first; what has no day comes last."""
    found = (one for one in c.reminders if one.standing is Standing.COMING)
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.since)))


def found(c: Conversation, id_: str) -> Reminder | None:
    """The reminder of that id, if it is still kept."""
    return next((one for one in c.reminders if one.id == id_), None)


def planned(offer: Offer, c: Conversation, world: World) -> Reminder:
    """The reminder of what is offered, with the moments that are still to come: none, if the day is too near."""
    before = (0,) if offer.kind == "own" else BEFORE
    rules = offer.kind == "rules"
    return Reminder(
        id=world.fresh,
        kind=offer.kind,
        since=world.now,
        on=offer.on,
        at=moments(offer.on, before, zone_of(c, world), world.fresh, world.now) if offer.on else (),
        duties=offer.duties,
        rule=offer.rule,
        terms=offer.terms,
        rulebook=world.rulebook.version if rules or offer.rule else "",
        facts=dict(c.check.answers) if rules and c.check is not None else {},
        reference=offer.reference,
    )


def alike(one: Reminder, other: Reminder) -> bool:
    """Whether both are of the same thing, so that one replaces the other."""
    by_day = one.kind not in _BY_DAY or one.on == other.on
    return by_day and _of_what(one) == _of_what(other)


def _of_what(one: Reminder) -> tuple[object, ...]:
    return one.kind, one.duties, one.terms, one.reference, dict(one.facts)


def full(c: Conversation, new: Reminder) -> bool:
    """Whether there are too many already for one more."""
    return sum(not alike(one, new) for one in coming(c)) >= MOST


def added(c: Conversation, new: Reminder) -> tuple[Conversation, tuple[Remind, ...]]:
    """The conversation with a new reminder, in place of an earlier one of the same thing."""
    replaced = [one for one in coming(c) if alike(one, new)]
    kept = tuple(one for one in c.reminders if one not in replaced)
    over = tuple(Remind(one.id, None, over=True) for one in replaced)
    return replace(c, reminders=(*kept, new)), (*over, due_next(new))


def due_next(reminder: Reminder) -> Remind:
    """What the outbox is to do with it from now on."""
    over = reminder.standing is not Standing.COMING
    return Remind(reminder.id, None if over or not reminder.at else reminder.at[0], over=over)


def put(c: Conversation, reminder: Reminder) -> Conversation:
    """The conversation with this reminder in place of the one with its id."""
    return replace(c, reminders=tuple(reminder if r.id == reminder.id else r for r in c.reminders))


def ended(reminder: Reminder, standing: Standing, world: World, why: str = "") -> Reminder:
    """The reminder, never due again; answers it was kept for are dropped."""
    return replace(reminder, standing=standing, why=why, since=world.now, at=(), facts={})


def tomorrow(reminder: Reminder, c: Conversation, world: World) -> Reminder | None:
    """The reminder with the notice just told put off to the next day; None if its day is over by then."""
    day = today(c, world) + timedelta(days=1)
    if reminder.on is None or day > reminder.on or reminder.standing not in (Standing.COMING, Standing.TOLD):
        return None
    again = moments(day, (0,), zone_of(c, world), reminder.id, world.now)
    at = tuple(sorted({*again, *reminder.at}))
    return replace(reminder, at=at, standing=Standing.COMING, since=world.now) if again else None


def moved(c: Conversation, zone: str, world: World) -> tuple[Conversation, tuple[Remind, ...]]:
    """The conversation in that time zone, each coming notice on the same day there."""
    before, after = ZoneInfo(zone_of(c, world)), replace(c, zone=zone)
    effects: list[Remind] = []
    for one in coming(c):
        if one.on is None or not one.at:
            continue
        days = tuple((one.on - moment.astimezone(before).date()).days for moment in one.at)
        at = moments(one.on, days, zone, one.id, world.now)
        # Where that day is over already, what was still to come is told as soon as it may be.
        missed = (decent(world.now, zone),) if len(at) < len(set(days)) else ()
        again = replace(one, at=tuple(sorted({*missed, *at})))
        after = put(after, again)
        effects.append(due_next(again))
    return after, tuple(effects)
