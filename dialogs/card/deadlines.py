"""Deadlines: those a source gives, and which of them concern this account. None is ever made up."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.conversation import Check, World
from dialogs.interview import on_day
from dialogs.messages import Day, Items, Number, T, Text
from dialogs.rules.model import Deadline, Duty


def due_days(duty: Duty, check: Check) -> tuple[tuple[Deadline, date | None], ...]:
    """The deadlines that concern this account, each with its day if that is known.

    Once it is known when the first message was published, one entry remains.
    """
    first = check.answers.get("first_published_on")
    if not isinstance(first, date):
        return tuple((d, d.on) for d in duty.deadlines)
    new = [d for d in duty.deadlines if d.for_ == "new"]
    existing = [d for d in duty.deadlines if d.for_ == "existing" and d.on and first < d.on]
    one = existing or new
    return tuple((d, d.on or first + timedelta(days=d.days or 0)) for d in one[:1]) or tuple(
        (d, d.on) for d in duty.deadlines
    )


def deadline_line(duty: Duty, check: Check, world: World) -> Text:
    """Every deadline the source gives, past ones called past; or that it gives none."""
    today = on_day(check, world)
    parts = tuple(_deadline(d, day, today) for d, day in due_days(duty, check))
    if not parts:
        return T("Deadline: the source gives no date.")
    return T("Deadline: {deadlines}.", deadlines=Items(parts, "apart"))


def deadline_rule(deadline: Deadline) -> Text:
    """A deadline as its source puts it."""
    if deadline.on:
        return T(deadline.rule, on=Day(deadline.on))
    return T(deadline.rule, n=Number(deadline.days or 0))


def _deadline(deadline: Deadline, day: date | None, today: date) -> Text:
    rule = deadline_rule(deadline)
    if day is None:
        return rule
    if deadline.on is None:
        rule = T("{rule}, so by {day}", rule=rule, day=Day(day))
    last = deadline.count_to or day
    return T("{rule}, now past", rule=rule) if today > last else rule
