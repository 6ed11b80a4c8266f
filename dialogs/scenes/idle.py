"""Nothing is being asked: what can be begun from here."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import Check, Conversation, World
from dialogs.filing import State
from dialogs.interview import on_day
from dialogs.messages import Message, Part, T
from dialogs.scenes import check, filing, filings
from dialogs.scenes.scene import Reply, Scene
from dialogs.sentence import stated

INTRODUCTION: tuple[Part, ...] = (
    T(
        "I can tell you whether a social-media account has to be registered, and help you register it if you want."
    ),
    T(
        "I am not an authority, and this is not legal advice. Checking needs no name; your answers are erased when you finish, or after 2 hours."
    ),
)


def begin(c: Conversation, world: World) -> Reply:
    """A new check, introduced."""
    return Reply(replace(c, check=Check(), open=None), INTRODUCTION)


def show(c: Conversation, world: World) -> Message:
    """The ways on."""
    buttons = [choice("another", T("Check an account"))]
    if c.aside:
        buttons.append(choice("resume", T("Go on with the form")))
    if any(one.state is State.PREPARED for one in c.filings):
        buttons.append(choice("registered", T("I have a number")))
    if c.filings:
        buttons.append(choice("filings", T("My filings")))
    return Message((T("What would you like to do?"),), tuple(buttons))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Begin or take up what was chosen."""
    if choice_ == ":another":
        return Reply(replace(c, check=Check(), open=None))
    if choice_ == ":resume":
        return resume(c)
    if choice_ == ":filings":
        return Reply(filings.begin(c))
    return filing.number(c, [one for one in c.filings if one.state is State.PREPARED][-1])


def resume(c: Conversation) -> Reply:
    """The newest draft set aside, taken up where it was left."""
    return Reply(replace(c, draft=c.aside[-1], aside=c.aside[:-1], open=None))


def say(c: Conversation, world: World, text: str) -> Reply:
    """A sentence about an account begins a check; other words are not understood."""
    begun = replace(c, check=Check(), open=None)
    facts = check.relevant(begun, world, stated(text, world.rulebook, on_day(Check(), world)))
    if facts:
        return check.take_all(begun, world, facts)
    return Reply(c, (T("I did not understand that. Say “check” to check an account, or “help”."),))


SCENE = Scene(show, pick, say)
