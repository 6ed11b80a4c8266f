"""The day on which a reminder hangs: asked where only the owner knows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dialogs.asking import choice
from dialogs.conversation import At, Check, Conversation, World
from dialogs.messages import Button, Day, Message, T, Text
from dialogs.parsing.dates import parse_date
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.refusals import refusal
from dialogs.reminding.offers import FIRST, OWN, Offer, by_id, from_day
from dialogs.reminding.setting import today
from dialogs.scenes import remind
from dialogs.scenes.scene import Reply, Scene, left

_BETWEEN = "|"
"""Parts what the day is for from its readings, where there are two."""
_EXAMPLE = timedelta(days=90)


def _about(c: Conversation, world: World) -> tuple[Offer, tuple[date, ...]]:
    """What the day is for, and the readings of what was typed."""
    id_, *readings = (c.open.about if isinstance(c.open, At) else "").split(_BETWEEN)
    offer = by_id(remind.every_offer(c, world), id_) or OWN
    return offer, tuple(map(date.fromisoformat, readings))


def show(c: Conversation, world: World) -> Message:
    """Which day it is."""
    offer, readings = _about(c, world)
    leave = choice("leave", T("Set no reminder"))
    if readings:
        days = [Button(f"={day.isoformat()}", T("{answer}", answer=Day(day))) for day in readings]
        return Message((T("Which of the two do you mean?"),), (*days, leave))
    example = today(c, world) + (_EXAMPLE if _ahead(offer) else -_EXAMPLE)
    hint = T("a date such as {date}", date=Day(example))
    return Message((_question(offer, world),), (leave,), (hint,), numbered=False)


def _ahead(offer: Offer) -> bool:
    return offer.kind in ("expiry", "own")


def _question(offer: Offer, world: World) -> Text:
    match offer.kind:
        case "new" if FIRST in world.rulebook.facts:
            return T(world.rulebook.facts[FIRST].ask)
        case "new":
            return T("When was the first message published?")
        case "change":
            return T("On which day does, or did, it change?")
        case "expiry":
            return T("On which day does it expire?")
    return T("Which day shall I remind you of?")


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """One of two readings, or back."""
    if choice_ == ":leave":
        return Reply(left(c))
    return _take(c, date.fromisoformat(choice_[1:]), world)


def say(c: Conversation, world: World, text: str) -> Reply:
    """A day, in words."""
    offer, _ = _about(c, world)
    read = parse_date(text, today(c, world), ahead=_ahead(offer))
    if isinstance(read, Refused):
        return Reply(_asked(c, offer), (refusal(read, "date"),))
    if isinstance(read, Ambiguous):
        return Reply(_asked(c, offer, *read.readings))
    return _take(c, read, world)


def _asked(c: Conversation, offer: Offer, *readings: date) -> Conversation:
    """The conversation with the day asked, or its readings to choose from."""
    about = _BETWEEN.join((offer.id, *(day.isoformat() for day in readings)))
    return replace(c, open=At("remind_day", left(c).open, about))


def _take(c: Conversation, day: date, world: World) -> Reply:
    """Set the reminder that hangs on this day, if it can be told at all."""
    offer, now = _about(c, world)[0], today(c, world)
    if _ahead(offer) and day <= now:
        return Reply(
            _asked(c, offer),
            (T("{day} is not still to come, so there would be nothing to remind you of.", day=Day(day)),),
        )
    if offer.kind == "new" and day > now:
        return Reply(
            _asked(c, offer),
            (T("{day} is still to come; please tell me after the first message.", day=Day(day)),),
        )
    try:
        dated = from_day(offer, day, c.check or Check(), world)
    except OverflowError:
        return Reply(_asked(c, offer), (T("That day lies too far away."),))
    return remind.set_(left(c), dated, world)


SCENE = Scene(show, pick, say)
