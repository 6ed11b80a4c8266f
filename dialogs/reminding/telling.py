"""What is said of a reminder: on a lock screen nothing that tells a stranger anything, in its details all of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialogs.card.sources import source_line
from dialogs.conversation import Conversation, World
from dialogs.messages import CalendarPaper, Day, Items, N, Number, Part, T, Text
from dialogs.reminder import Reminder, Standing
from dialogs.reminding.offers import terms_of
from dialogs.reminding.setting import today
from dialogs.reminding.watching import came_to, comes_to
from dialogs.timing import zone_of

DUE = T("A reminder you set is due. “Details” says which day it is about, “Stop” ends it.")
CHANGED = T("Something you asked to be told of has changed. “Details” says what.")
AWAY = T("While you were away, it was time to remind you of this:")
NEWS = T("While you were away, something changed that you asked to be told of:")
_WHY = {
    "blocked": T("you had blocked this bot"),
    "filed": T("it was dealt with meanwhile"),
    "rules": T("the rule has changed"),
    "late": T("the day was over"),
}
_NAMES = {
    "expiry": T("Expiry of a qualification"),
    "own": T("A day of your own"),
    "rules": T("A rule change that affects your result"),
}


def is_news(reminder: Reminder) -> bool:
    """Whether it tells of a change of the rules, not of a day."""
    return reminder.kind == "rules" or reminder.why == "rules"


def rule_text(rule: str, terms: tuple[date | int | None, ...]) -> Text:
    """A deadline in its source's words."""
    on, days, _ = terms
    return T(rule, on=Day(on) if isinstance(on, date) else "", n=Number(days if isinstance(days, int) else 0))


def name_of(reminder: Reminder) -> Text:
    """What it is about, as it stands in a list."""
    if reminder.rule:
        return rule_text(reminder.rule, reminder.terms)
    if reminder.reference:
        return T("Correction of {reference}", reference=reminder.reference)
    return _NAMES[reminder.kind]


def listed(reminder: Reminder) -> Text:
    """What it is about, with its day."""
    if reminder.on is None:
        return name_of(reminder)
    return T("{day}: {what}", day=Day(reminder.on), what=name_of(reminder))


def local(moments: Iterable[datetime], c: Conversation, world: World) -> Items:
    """The owner's days on which these moments fall."""
    zone = ZoneInfo(zone_of(c, world))
    days = dict.fromkeys(moment.astimezone(zone).date() for moment in moments)
    return Items(tuple(Day(day) for day in days))


def standing(reminder: Reminder, c: Conversation, world: World) -> Text:
    """One line of the list: what it is about, and how it stands."""
    slots: dict[str, Part] = {
        "what": listed(reminder),
        "days": local(reminder.told, c, world),
    }
    coming = local(reminder.at[:1], c, world)
    match reminder.standing:
        case Standing.COMING if reminder.at and reminder.told:
            return T("{what}. Told on {days}; next reminder: {next}.", **slots, next=coming)
        case Standing.COMING if reminder.at:
            return T("{what}. Next reminder: {next}.", **slots, next=coming)
        case Standing.COMING:
            return T("{what}. Told when it happens.", **slots)
        case Standing.TOLD:
            return T("{what}. Told on {days}.", **slots)
        case Standing.STOPPED:
            return T("{what}. Stopped by you.", **slots)
    return T("{what}. Withdrawn: {why}.", **slots, why=_WHY[reminder.why])


def details(reminder: Reminder, c: Conversation, world: World) -> tuple[Part, ...]:
    """All that is known of it: the rule's words, the day, how long it is to it, for what, and where it was read."""
    if reminder.kind == "rules":
        return _change(reminder, world)
    lines: list[Part] = [T("{what}.", what=listed(reminder))]
    if reminder.why:
        lines.append(T("This reminder is withdrawn: {why}.", why=_WHY[reminder.why]))
    elif reminder.on is not None:
        left = (reminder.on - today(c, world)).days
        lines.append(N("{n} day is left.", "{n} days are left.", left) if left > 0 else _over(left))
    return (*lines, *_rule(reminder, world))


def meanwhile(told: tuple[str, ...], c: Conversation, world: World) -> tuple[Part, ...]:
    """All that came due while the owner was away, in full: nobody else is reading now."""
    kept = [one for one in c.reminders if one.id in told]
    days = [line for one in kept if not is_news(one) for line in details(one, c, world)]
    news = [line for one in kept if is_news(one) for line in details(one, c, world)]
    return (*((AWAY, *days) if days else ()), *((NEWS, *news) if news else ()))


def _over(left: int) -> Text:
    return T("That is today.") if left == 0 else T("That day is over.")


def _rule(reminder: Reminder, world: World) -> list[Part]:
    """What its deadline is for, and where it was read, as far as the rules of today have it."""
    duty = world.rulebook.duties.get(reminder.duties[0]) if reminder.rule else None
    if duty is None:
        return []
    read = [d.source for d in duty.deadlines if d.for_ == reminder.kind and terms_of(d) == reminder.terms]
    name = T(world.rulebook.instruments[duty.instrument].name)
    return [
        T("It is for: {title} ({name}).", title=T(duty.title), name=name),
        *(source_line(s, world) for s in read),
    ]


def _change(reminder: Reminder, world: World) -> tuple[Part, ...]:
    """What the answers kept for it came to before the change, and come to now."""
    now = comes_to(reminder.facts, world)
    if not reminder.before:
        return (T("By today's rules:"), *now)
    was = came_to(reminder.facts, reminder.before, world)
    gone = T("What your answers came to before is no longer kept.")
    return (*((gone,) if was is None else (T("Before:"), *was)), T("Now:"), *now)


def paper(reminder: Reminder) -> CalendarPaper | None:
    """Its day as a calendar file that tells a stranger nothing; None if it has no day."""
    if reminder.on is None:
        return None
    return CalendarPaper(reminder.id, reminder.on, reminder.at, T("A day to remember"))
