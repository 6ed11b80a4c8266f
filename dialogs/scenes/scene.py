"""What a scene is, and what it replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dialogs.conversation import At, Conversation, Effect, World
from dialogs.messages import Message, Paper, Part


@dataclass(frozen=True, slots=True)
class Reply:
    """What an event did: the conversation after it, what is said before the next question, and effects.

    `first` are messages of their own, ahead of the one with the next question, which has `files` and `papers`.
    """

    conversation: Conversation
    lines: tuple[Part, ...] = ()
    effects: tuple[Effect, ...] = ()
    first: tuple[Message, ...] = ()
    files: tuple[tuple[str, str, str], ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen: what it shows, what a choice by id does, what other typed words do.

    In a `free` scene any words may be an answer, so a plain command word there is asked about. One that `asks`
    nothing only shows something: words that are none of its choices are meant for what is behind it.
    """

    show: Callable[[Conversation, World], Message]
    pick: Callable[[Conversation, World, str], Reply]
    say: Callable[[Conversation, World, str], Reply]
    free: Callable[[Conversation, World], bool] = lambda _c, _w: False
    asks: bool = True


def opened(c: Conversation, scene: str, about: str = "") -> Conversation:
    """The conversation at that screen, over what is open; `about` what it shows one of."""
    return replace(c, open=At(scene, c.open.over if isinstance(c.open, At) else c.open, about))


def left(c: Conversation) -> Conversation:
    """The conversation without the screen it is at."""
    return replace(c, open=c.open.over) if isinstance(c.open, At) else c
