"""The day a check is about: today, or any other, with the law as it stood then."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dialogs.asking import choice
from dialogs.conversation import Check, Conversation, World
from dialogs.interview import on_day, verdict
from dialogs.messages import Day, Message, T, Text
from dialogs.parsing.dates import parse_date
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import fold
from dialogs.refusals import refusal
from dialogs.scenes.scene import Reply, Scene, left

_BEFORE = re.compile(
    r"(?:(?:and|what (?:about|if it (?:was|were))|how (?:about|was it)|as (?:of|at)|for|on) "
    r"|[那按以](?:么|照)?|截[至止]到?|如果是|要是|换[成到]|改[成到]|在|于| )*"
)
_BEHIND = re.compile(r"(?:呢|的?时候|的话|当[时天日]|那[时天日]|的?情况|怎么样|为准|\?| )*$")
_LONGEST = 60
"""Characters in which a day is looked for."""
NOT_A_DATE = Refused("not_a_date")


def show(c: Conversation, world: World) -> Message:
    """Which day it shall be."""
    buttons = (choice("today", T("Today")), choice("stay", T("Leave it as it is")))
    return Message((T("Which day shall it be?"),), buttons, (T("a date such as 2020-11-01"),), numbered=False)


def asked(text: str, today: date) -> date | Ambiguous[date] | Refused:
    """The day that words ask about: "on 1 November 2020", "2020年11月1日呢"."""
    words = fold(text)
    if len(words) > _LONGEST:
        return NOT_A_DATE
    return parse_date(_BEHIND.sub("", _BEFORE.sub("", words, count=1)), today)


def take(c: Conversation, world: World, day: date) -> Reply:
    """From now on the check is about that day. Answers stay; what that day needs besides is asked."""
    check, today = c.check or Check(), on_day(Check(), world)
    on = None if day == today else day
    after = replace(check, on=on)
    # A card for another day says so itself.
    said = () if on and verdict(after, world).next_question is None else (_for(on),)
    return Reply(replace(c, check=after, open=None), said)


def _for(on: date | None) -> Text:
    return T("For {day}.", day=Day(on)) if on else T("For today.")


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Today, or as it was."""
    if choice_ == ":today":
        return take(c, world, on_day(Check(), world))
    return Reply(left(c))


def say(c: Conversation, world: World, text: str) -> Reply:
    """A day, in words."""
    found = asked(text, on_day(Check(), world))
    if isinstance(found, Refused):
        return Reply(c, (refusal(found, "date"),))
    if isinstance(found, Ambiguous):
        one, other = found.readings
        return Reply(c, (T("That may be {one} or {other}.", one=Day(one), other=Day(other)),))
    return take(c, world, found)


SCENE = Scene(show, pick, say)
