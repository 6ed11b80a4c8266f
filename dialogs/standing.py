"""Where a conversation stands: the scene its answers lead to, and what that shows."""

from __future__ import annotations

from dialogs.conversation import At, Conversation, Wording, World
from dialogs.messages import Text
from dialogs.scenes import (
    cancel,
    change,
    check,
    day,
    filing,
    filings,
    idle,
    language,
    register,
    review,
    sure,
    verdict,
    wording,
)
from dialogs.scenes.scene import Scene

SCENES: dict[str, Scene] = {
    "idle": idle.SCENE,
    "check": check.SCENE,
    "verdict": verdict.SCENE,
    "register": register.SCENE,
    "review": review.SCENE,
    "filings": filings.SCENE,
    "filing": filing.SCENE,
    "withdraw": sure.WITHDRAW,
    "remove": sure.REMOVE,
    "change": change.SCENE,
    "day": day.SCENE,
    "cancel": cancel.SCENE,
    "language": language.SCENE,
    "wording": wording.SCENE,
}


def where(c: Conversation, world: World) -> str:
    """The scene a conversation stands in, derived from its answers and what is open."""
    if isinstance(c.open, At):
        return c.open.scene
    if isinstance(c.open, Wording):
        return "wording"
    if c.draft is not None:
        return "review" if register.step(c, world) == "review" else "register"
    if c.check is None:
        return "idle"
    return "check" if check.current(c, world) else "verdict"


def screen(c: Conversation, world: World) -> tuple[str, ...]:
    """The screen a conversation stands at: its scene, the question it asks, and its choices."""
    scene = where(c, world)
    message = SCENES[scene].show(c, world)
    last = message.lines[-1] if scene in ("check", "register") else None
    asked = last.msgid if isinstance(last, Text) else ""
    return (scene, asked, *(button.id for button in message.buttons))


def phone_asked(c: Conversation, world: World) -> bool:
    """Whether the question it stands at is for a telephone number."""
    if where(c, world) != "register" or register.step(c, world) != "field":
        return False
    entry = register.about(c, world)
    return entry is not None and entry.question.kind == "mobile"


def moved(c: Conversation, world: World) -> bool:
    """Whether it stands at another screen than the one last shown, so that no answer can be meant for it."""
    return bool(c.shown) and c.shown != screen(c, world)
