"""What can be said at any time, whatever is being asked: each command by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs.conversation import At, Check, Conversation, Wording, World
from dialogs.interview import verdict
from dialogs.messages import T
from dialogs.scenes import about, cancel, check, filings, idle, register, review, wording
from dialogs.scenes import verdict as result
from dialogs.scenes.scene import Reply, left, opened
from dialogs.standing import SCENES, where


def _start(c: Conversation, world: World) -> Reply:
    """A first check, or on with what was begun."""
    begun = c.draft is not None or (c.check is not None and c.check.answers)
    if begun:
        return Reply(
            replace(c, open=None),
            (T("You are in the middle of something; it goes on here. “cancel” stops it."),),
        )
    return idle.begin(c, world)


def _check(c: Conversation, world: World) -> Reply:
    """A new check. A form in hand is kept for later."""
    kept = review.set_aside(c) if c.draft is not None and c.draft.answers else replace(c, draft=None)
    lines = (
        (T("The form is kept for 7 days; “register” takes it up again."),) if kept.aside != c.aside else ()
    )
    return Reply(replace(kept, check=Check(), open=None), lines)


def _register(c: Conversation, world: World) -> Reply:
    """On with a form, or to the form of this verdict, or first to a check."""
    if c.draft is not None:
        return Reply(replace(c, open=None))
    if c.check is not None and verdict(c.check, world).next_question is None:
        return result.begin(c, world)
    if c.aside:
        return idle.resume(c)
    line = T("First a few questions, to see whether and how the account is to be registered.")
    return Reply(replace(c, check=c.check or Check(), open=None), (line,))


def _back(c: Conversation, world: World) -> Reply:
    if isinstance(c.open, Wording):
        return Reply(wording.closed(c))
    if isinstance(c.open, At) and c.open != result.BRIEF:
        return Reply(left(c))
    if c.draft is not None:
        return register.back(c, world)
    return check.back(c, world) if c.check is not None else Reply(replace(c, open=None))


def _why(c: Conversation, world: World) -> Reply:
    scene = where(c, world)
    if scene in ("check", "verdict", "register"):
        return SCENES[scene].pick(c, world, ":why")
    return Reply(c, (T("There is nothing to explain here."),))


def _open(scene: str) -> Callable[[Conversation, World], Reply]:
    return lambda c, _world: Reply(opened(c, scene))


COMMANDS: dict[str, Callable[[Conversation, World], Reply]] = {
    "start": _start,
    "check": _check,
    "register": _register,
    "filings": lambda c, _world: Reply(filings.begin(c)),
    "reminders": _open("reminders"),
    "language": _open("language"),
    "privacy": about.privacy,
    "help": about.help_,
    "cancel": cancel.begin,
    "back": _back,
    "change": _open("change"),
    "why": _why,
    "again": lambda c, _world: Reply(c),
}
