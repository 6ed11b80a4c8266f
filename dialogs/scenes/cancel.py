"""Cancelling: a check is erased at once; of a form the owner decides whether to keep it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import Conversation, World
from dialogs.messages import Message, T, Text
from dialogs.scenes.review import set_aside
from dialogs.scenes.scene import Reply, Scene, left, opened


def begin(c: Conversation, world: World) -> Reply:
    """What cancelling means here."""
    if c.draft is not None and (c.draft.answers or c.draft.reference):
        return Reply(opened(c, "cancel"))
    if c.check is not None or c.draft is not None:
        return Reply(replace(c, check=None, draft=None, open=None), (T("Stopped. The answers are erased."),))
    return Reply(replace(c, open=None), (T("There is nothing to cancel."),))


def show(c: Conversation, world: World) -> Message:
    """Erase the form, keep it, or go on with it."""
    return Message(
        (_question(c),),
        (
            choice("erase", T("Erase it")),
            choice("draft", T("Keep for later")),
            choice("stay", T("Go on with the form")),
        ),
    )


def _question(c: Conversation) -> Text:
    """A correction or change is not the filing: what was filed before is with the office."""
    if c.drafting.reference and c.drafting.form != "record":
        return T(
            "What you filed before is with the office and stays there. Shall what you entered now, which has not been sent, be erased?"
        )
    return T("What you entered has not been sent. Shall it be erased?")


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """What the owner decided."""
    match choice_:
        case ":erase":
            return Reply(replace(c, check=None, draft=None, open=None), (T("Erased."),))
        case ":draft":
            return Reply(set_aside(c), (T("Kept for 7 days; “register” takes it up again."),))
    return Reply(left(c))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these."),))


SCENE = Scene(show, pick, say)
