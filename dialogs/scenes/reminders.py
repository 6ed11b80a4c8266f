"""The owner's reminders: what is coming, what was told, stopped or withdrawn, and what can be done about it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import At, Conversation, World
from dialogs.messages import Button, Message, Part, T
from dialogs.phrases import zone_name
from dialogs.reminder import Standing
from dialogs.reminding import setting, telling
from dialogs.reminding.offers import by_id, corrections
from dialogs.scenes import remind
from dialogs.scenes.scene import Reply, Scene, left
from dialogs.timing import zone_of


def show(c: Conversation, world: World) -> Message:
    """Every reminder with its standing, those still to come first."""
    coming = setting.coming(c)
    rest = (one for one in reversed(c.reminders) if one.standing is not Standing.COMING)
    lines: list[Part] = [telling.standing(one, c, world) for one in (*coming, *rest)]
    if not lines:
        lines.append(T("There are no reminders. “Remind me” under a result sets them."))
    lines.append(T("Dates are in {zone}.", zone=zone_name(zone_of(c, world))))
    return Message(tuple(lines), (*_ways(c), choice("go on", T("Go on"))))


def _ways(c: Conversation) -> tuple[Button, ...]:
    """What can be done here."""
    made: list[Button] = []
    if setting.coming(c):
        made.append(choice("stop one", T("Stop one")))
    if any(one.on for one in setting.coming(c)):
        made.append(choice("calendar", T("Calendar file")))
    made.extend(
        Button(one.id, T("Remind me: correction of {reference}", reference=one.reference))
        for one in corrections(c)
    )
    made.append(choice("own", T("A day of my own")))
    made.append(choice("zone", T("Change the time zone")))
    return tuple(made)


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """One of the choices under the list."""
    match choice_:
        case ":go on":
            return Reply(left(c))
        case ":stop one":
            return Reply(replace(c, open=At("stopping", c.open)))
        case ":own":
            return Reply(replace(c, open=At("remind_day", c.open, "own")))
        case ":zone":
            return Reply(replace(c, open=At("zone", c.open)))
        case ":calendar":
            papers = tuple(made for one in setting.coming(c) if (made := telling.paper(one)) is not None)
            return Reply(c, papers=papers)
    offer = by_id(corrections(c), choice_)
    return remind.set_(c, offer, world) if offer is not None else Reply(left(c))


def show_stopping(c: Conversation, world: World) -> Message:
    """Which one shall be stopped."""
    coming = tuple(Button(one.id, telling.listed(one)) for one in setting.coming(c))
    return Message((T("Which one shall be stopped?"),), (*coming, choice("keep", T("Stop none"))))


def pick_stopping(c: Conversation, world: World, choice_: str) -> Reply:
    """Stop that one, and back to the list."""
    reminder = setting.found(c, choice_)
    if reminder is None:
        return Reply(left(c))
    stopped = setting.ended(reminder, Standing.STOPPED, world)
    return Reply(setting.put(left(c), stopped), (T("Stopped."),), (setting.due_next(stopped),))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


def say_stopping(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these."),))


SCENE = Scene(show, pick, say, asks=False)
STOPPING = Scene(show_stopping, pick_stopping, say_stopping)
