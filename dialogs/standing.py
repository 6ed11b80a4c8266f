"""Where a conversation stands: the scene its answers lead to, and what that shows."""

from __future__ import annotations

from dataclasses import replace

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
    remind,
    remind_day,
    reminder,
    reminders,
    review,
    sure,
    verdict,
    warning,
    wording,
    zone,
)
from dialogs.scenes.scene import Scene

_OVER = "/"
"""Parts a screen from the one it lies over, in what is noted as shown."""

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
    "remind": remind.SCENE,
    "remind_day": remind_day.SCENE,
    "reminders": reminders.SCENE,
    "stopping": reminders.STOPPING,
    "zone": zone.SCENE,
    "reminder": reminder.SCENE,
    "details": reminder.DETAILS,
    "warning": warning.SCENE,
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


def noted(before: Conversation, after: Conversation, world: World) -> Conversation:
    """The conversation with the screen it shows now; if that lies over a question, with what was shown of it too."""
    here = screen(after, world)
    over = isinstance(after.open, At) and after.open.scene != "verdict"
    return replace(after, shown=(*here, _OVER, *behind(before.shown)) if over else here)


def behind(shown: tuple[str, ...]) -> tuple[str, ...]:
    """The screen last shown that lay over no other."""
    return shown[shown.index(_OVER) + 1 :] if _OVER in shown else shown


def phone_asked(c: Conversation, world: World) -> bool:
    """Whether the question it stands at is for a telephone number."""
    if where(c, world) != "register" or register.step(c, world) != "field":
        return False
    entry = register.about(c, world)
    return entry is not None and entry.question.kind == "mobile"


def moved(c: Conversation, world: World) -> bool:
    """Whether it stands at another screen than the one last shown, so that no answer can be meant for it."""
    front = c.shown[: c.shown.index(_OVER)] if _OVER in c.shown else c.shown
    return bool(front) and front != screen(c, world)
