"""The owner's time zone: inferred, and asked only on wish."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import At, Conversation, World
from dialogs.messages import Button, Message, T
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.zones import parse_zone
from dialogs.phrases import zone_name
from dialogs.refusals import refusal
from dialogs.reminding import setting
from dialogs.scenes.scene import Reply, Scene, left
from dialogs.timing import zone_of


def show(c: Conversation, world: World) -> Message:
    """Which one it shall be, or which of several is meant."""
    readings = c.open.about.split() if isinstance(c.open, At) else []
    leave = choice("leave", T("Keep it"))
    if readings:
        zones = tuple(Button(f"={zone}", T("{answer}", answer=zone_name(zone))) for zone in readings)
        return Message((T("Which of these time zones is it?"),), (*zones, leave))
    lines = (
        T("The time zone is {zone} now.", zone=zone_name(zone_of(c, world))),
        T("Which time zone shall it be?"),
    )
    return Message(lines, (leave,), (T("a city such as London, or UTC+8"),), numbered=False)


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """One of several readings, or as it was."""
    return Reply(left(c)) if choice_ == ":leave" else _take(c, choice_[1:], world)


def say(c: Conversation, world: World, text: str) -> Reply:
    """A time zone, in words."""
    read = parse_zone(text)
    if isinstance(read, Refused):
        return Reply(c, (refusal(read, "zone"),))
    if isinstance(read, Ambiguous):
        return Reply(replace(c, open=At("zone", left(c).open, " ".join(read.readings))))
    return _take(c, read, world)


def _take(c: Conversation, zone: str, world: World) -> Reply:
    """From now on in that zone; what is coming moves with it."""
    after, effects = setting.moved(left(c), zone, world)
    return Reply(after, (T("From now on dates are in {zone}.", zone=zone_name(zone)),), effects)


SCENE = Scene(show, pick, say)
