"""A reminder told: first what anybody may see on a lock screen, and after a press its details."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import At, Conversation, World
from dialogs.messages import Button, Message, T
from dialogs.reminder import Reminder, Standing
from dialogs.reminding import setting, telling
from dialogs.scenes.scene import Reply, Scene, left

ONGOING = (Standing.COMING, Standing.TOLD)
STOPPED = T("Stopped. /reminders shows what is still to come.")
_GONE = T("This reminder is no longer kept.")


def told(c: Conversation, id_: str) -> Conversation:
    """The conversation at this reminder, over what is open; an earlier one that was told gives way."""
    here = isinstance(c.open, At) and c.open.scene in ("reminder", "details", "warning")
    return replace(c, open=At("reminder", left(c).open if here else c.open, id_))


def _about(c: Conversation) -> Reminder | None:
    return setting.found(c, c.open.about) if isinstance(c.open, At) else None


def show(c: Conversation, world: World) -> Message:
    """That it is due, in words that tell a stranger nothing."""
    reminder = _about(c)
    if reminder is None:
        return Message((_GONE,), (choice("go on", T("Go on")),))
    line = telling.CHANGED if telling.is_news(reminder) else telling.DUE
    return Message((line,), (choice("details", T("Details")), *_buttons(reminder, c, world)))


def _buttons(reminder: Reminder, c: Conversation, world: World) -> tuple[Button, ...]:
    """Put off, stop, go on."""
    made: list[Button] = []
    if setting.tomorrow(reminder, c, world) is not None:
        made.append(choice("tomorrow", T("Again tomorrow")))
    if reminder.standing in ONGOING:
        made.append(choice("end", T("Stop")))
    return (*made, choice("go on", T("Go on")))


def show_details(c: Conversation, world: World) -> Message:
    """All that is known of it."""
    reminder = _about(c)
    if reminder is None:
        return Message((_GONE,), (choice("go on", T("Go on")),))
    dated = (choice("calendar", T("Calendar file")),) if reminder.on and reminder.standing in ONGOING else ()
    return Message(telling.details(reminder, c, world), (*dated, *_buttons(reminder, c, world)))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """One of the choices of either screen."""
    reminder = _about(c)
    if reminder is None or choice_ == ":go on":
        return Reply(left(c))
    match choice_:
        case ":details":
            return Reply(replace(c, open=At("details", left(c).open, reminder.id)))
        case ":calendar":
            paper = telling.paper(reminder)
            return Reply(c, papers=(paper,) if paper else ())
        case ":tomorrow":
            again = setting.tomorrow(reminder, c, world) or reminder
            days = telling.local(again.at[:1], c, world)
            line = T("I will remind you again on {days}.", days=days)
            return Reply(setting.put(left(c), again), (line,), (setting.due_next(again),))
    stopped = setting.ended(reminder, Standing.STOPPED, world)
    return Reply(setting.put(left(c), stopped), (STOPPED,), (setting.due_next(stopped),))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


SCENE = Scene(show, pick, say, asks=False)
DETAILS = Scene(show_details, pick, say, asks=False)
