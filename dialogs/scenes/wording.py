"""A command word where any words may be an answer: both readings are offered, none is guessed."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import Conversation, Editing, Wording, World
from dialogs.messages import Message, T
from dialogs.parsing.text import clean
from dialogs.scenes import register
from dialogs.scenes.scene import Reply, Scene


def opened(c: Conversation, text: str, word: str) -> Conversation:
    """The conversation with the doubt; a field that was asked again is remembered."""
    return replace(c, open=Wording(c.open.about if isinstance(c.open, Editing) else "", clean(text), word))


def closed(c: Conversation) -> Conversation:
    """The conversation as it was before the doubt."""
    about = c.open.about if isinstance(c.open, Wording) else ""
    return replace(c, open=Editing(about) if about else None)


def show(c: Conversation, world: World) -> Message:
    """Which of the two is meant."""
    return Message(
        (T("Is “{text}” your answer, or the command?", text=_typed(c)),),
        (choice("text", T("My answer")), choice("command", T("The command"))),
    )


def _typed(c: Conversation) -> str:
    return c.open.text if isinstance(c.open, Wording) else ""


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Taken as the answer. The command itself is carried out by `dialogs.respond`."""
    return register.say(closed(c), world, _typed(c))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Another answer altogether."""
    return register.say(closed(c), world, text)


SCENE = Scene(show, pick, say)
