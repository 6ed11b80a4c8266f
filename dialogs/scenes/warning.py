"""The one message nobody asked for: what was begun here is soon erased."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from dialogs.asking import choice
from dialogs.conversation import At, Conversation, World
from dialogs.erasure import draft_erased_at
from dialogs.messages import Message, T
from dialogs.scenes import idle
from dialogs.scenes.scene import Reply, Scene, left
from dialogs.timing import zone_of


def told(c: Conversation) -> Conversation:
    """The conversation with its one warning given."""
    return replace(c, warned=True, open=c.open if at_warning(c) else At("warning", c.open))


def at_warning(c: Conversation) -> bool:
    """Whether that is what was told last."""
    return isinstance(c.open, At) and c.open.scene == "warning"


def show(c: Conversation, world: World) -> Message:
    """When it is erased, in words that tell a stranger nothing of it."""
    zone, end = ZoneInfo(zone_of(c, world)), draft_erased_at(c)
    today = end is not None and end.astimezone(zone).date() == world.now.astimezone(zone).date()
    line = (
        T("What you began here is erased later today. “go on” takes it up again.")
        if today
        else T("What you began here is erased tomorrow. “go on” takes it up again.")
    )
    return Message((line,), (choice("go on", T("Go on")),))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """On with it: the form in hand, or the newest one set aside."""
    after = left(c)
    return idle.resume(after) if after.draft is None and after.aside else Reply(after)


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


SCENE = Scene(show, pick, say, asks=False)
