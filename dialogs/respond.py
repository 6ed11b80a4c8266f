"""One event to one turn: which scene takes it, and what is said. Pure: no clock, no I/O, no randomness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs.conversation import (
    Arrived,
    At,
    Check,
    Conversation,
    Event,
    Noticed,
    OfficeAnswered,
    Pressed,
    Said,
    TimePassed,
    Turn,
    Wording,
    World,
)
from dialogs.erasure import erase_at, without_overdue
from dialogs.interview import verdict
from dialogs.messages import Button, Message, Part, T
from dialogs.parsing.options import number
from dialogs.parsing.result import Refused
from dialogs.parsing.text import fold
from dialogs.refusals import refusal
from dialogs.scenes import (
    about,
    cancel,
    change,
    check,
    filings,
    idle,
    language,
    register,
    review,
    wording,
)
from dialogs.scenes import verdict as result
from dialogs.scenes.scene import Reply, Scene, left, opened
from dialogs.words import CHOICES, COMMANDS

SCENES: dict[str, Scene] = {
    "idle": idle.SCENE,
    "check": check.SCENE,
    "verdict": result.SCENE,
    "register": register.SCENE,
    "review": review.SCENE,
    "filings": filings.SCENE,
    "change": change.SCENE,
    "cancel": cancel.SCENE,
    "language": language.SCENE,
    "wording": wording.SCENE,
}
LONGEST = 10_000
"""Characters of a text that is read at all; more than any channel lets a person type in one message."""
_COMMAND_OF = {fold(word): command for command, words in COMMANDS.items() for word in words}
_LANGUAGE_OF = {fold(word): f":{code}" for code in language.CODES for word in CHOICES[code]}
_CHOICE_WORDS = {fold(word) for words in CHOICES.values() for word in words}


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


def respond(conversation: Conversation, event: Event, world: World) -> Turn:
    """The turn that `event` leads to in `conversation`."""
    kept = without_overdue(conversation, world.now)
    c = replace(kept, erased=True) if _missed(conversation, kept) else kept
    if isinstance(event, TimePassed):
        return Turn(c, (), (), erase_at(c))
    if isinstance(event, OfficeAnswered):
        return _office(c, event, world)
    if event == Noticed("group"):
        return Turn(conversation, (Message((about.in_group(world),)),))
    reply = _taken(replace(c, erased=False), event, world, erased=c.erased)
    after = replace(reply.conversation, turn=c.turn + 1, last_said=world.now)
    message = replace(_message(after, reply, world), closes=_closed(c, reply, world))
    after = replace(after, shown=_screen(after, world))
    return Turn(after, (message,), reply.effects, erase_at(after))


def _screen(c: Conversation, world: World) -> tuple[str, ...]:
    """The screen a conversation stands at: its scene, and its choices."""
    scene = where(c, world)
    return (scene, *(button.id for button in SCENES[scene].show(c, world).buttons))


def _closed(c: Conversation, reply: Reply, world: World) -> tuple[Part, ...]:
    """The question that was answered, with its answer: what was said back."""
    after = reply.conversation
    answered = (after.check, after.draft) != (c.check, c.draft) and where(c, world) in ("check", "register")
    if not answered or not reply.lines:
        return ()
    return (SCENES[where(c, world)].show(c, world).lines[-1], T("✓ {choice}", choice=reply.lines[0]))


def apology(c: Conversation, world: World, *, again: bool) -> Turn:
    """The turn that stands in for one that failed: an apology, and the question as it was if it can be shown."""
    line = T("Something went wrong on my side. Nothing you entered before is lost.")
    after = replace(c, turn=c.turn + 1, last_said=world.now)
    screen = SCENES[where(c, world)].show(c, world) if again else Message(())
    return Turn(after, (replace(screen, lines=(line, *screen.lines)),), (), erase_at(after))


def _missed(before: Conversation, after: Conversation) -> bool:
    """Whether something was erased that the owner may still want; a check behind a form is not missed."""
    drafts = (before.draft, before.aside) != (after.draft, after.aside)
    return drafts or (before.check is not after.check and after.draft is None)


def _message(c: Conversation, reply: Reply, world: World) -> Message:
    """What was done, then the next question."""
    screen = SCENES[where(c, world)].show(c, world) if reply.screen is None else reply.screen
    return replace(screen, lines=(*reply.lines, *screen.lines), files=reply.files)


def _office(c: Conversation, event: OfficeAnswered, world: World) -> Turn:
    """The office's answer interrupts nothing: it is told, and asked about only if a correction is needed."""
    reply = filings.answered(c, event, world)
    after = without_overdue(reply.conversation, world.now)
    if after.draft is not c.draft:
        after = replace(after, turn=c.turn + 1, last_said=world.now)
        after = replace(after, shown=_screen(after, world))
        return Turn(after, (_message(after, reply, world),), reply.effects, erase_at(after))
    messages = (Message(reply.lines),) if reply.lines else ()
    return Turn(after, messages, reply.effects, erase_at(after))


def _taken(
    c: Conversation, event: Arrived | Said | Pressed | Noticed, world: World, *, erased: bool
) -> Reply:
    told = (T("Your earlier answers were erased, as announced."),) if erased else ()
    if isinstance(event, Said) and len(event.text) > LONGEST:
        reply = Reply(c, (refusal(Refused("too_long", (("n", len(event.text)),)), "text"),))
    elif isinstance(event, Said):
        heard = language.heard(c, world, event.text)
        lost = erased and where(c, world) == "idle" and not event.text.lstrip().startswith("/")
        reply = idle.begin(heard, world) if lost else _said(heard, event.text, world)
    elif isinstance(event, Pressed):
        reply = _pressed(c, event, world)
    elif isinstance(event, Noticed):
        reply = about.noticed(c, event.what)
    else:
        reply = _arrived(language.arrived(c, world, event.language), event.entry, world)
    return replace(reply, lines=(*told, *reply.lines))


def _arrived(c: Conversation, entry: str, world: World) -> Reply:
    """Back at the same question, or a new check where nothing is going on."""
    if entry in _COMMANDS:
        return _COMMANDS[entry](c, world)
    if where(c, world) == "idle" and not c.aside and not c.filings:
        return idle.begin(c, world)
    return Reply(replace(c, open=None) if c.open == result.BRIEF else c)


def _pressed(c: Conversation, event: Pressed, world: World) -> Reply:
    buttons = SCENES[where(c, world)].show(c, world).buttons
    if event.turn != c.turn or not 0 <= event.place < len(buttons):
        return Reply(c, (T("That button belongs to an earlier question."),))
    return _pick(c, buttons[event.place].id, world)


def _pick(c: Conversation, choice: str, world: World) -> Reply:
    """A choice, of the screen that was shown: if it has changed since, it is shown again and nothing is chosen."""
    if c.shown and c.shown != _screen(c, world):
        return Reply(c, (T("This has changed meanwhile, so please look again."),))
    if isinstance(c.open, Wording) and choice == ":command":
        return _COMMANDS[c.open.word](wording.closed(c), world)
    return SCENES[where(c, world)].pick(c, world, choice)


def _said(c: Conversation, text: str, world: World) -> Reply:
    """Typed words, in this order: a slash command, a choice by number or words, a command word, an answer."""
    plain = fold(text)
    if plain.startswith("/"):
        command = plain[1:].partition("@")[0].partition(" ")[0]
        if command in _COMMANDS:
            return _COMMANDS[command](c, world)
        return Reply(c, (T("There is no such command; /help names them all."),))
    scene = SCENES[where(c, world)]
    message = scene.show(c, world)
    place = number(text, len(message.buttons)) if message.numbered else None
    for i, button in enumerate(message.buttons):
        if i == place or plain in {fold(word) for word in _words(button, c, world)}:
            return _pick(c, button.id, world)
    if isinstance(c.open, Wording) and plain == fold(c.open.text):
        return _pick(c, ":command", world)
    if scene.free(c, world) and (plain in _COMMAND_OF or plain in _CHOICE_WORDS):
        return Reply(wording.opened(c, text, _COMMAND_OF.get(plain, "again")))
    if plain in _LANGUAGE_OF:
        return language.pick(c, world, _LANGUAGE_OF[plain])
    if plain in _COMMAND_OF:
        return _COMMANDS[_COMMAND_OF[plain]](c, world)
    return scene.say(c, world, text)


def _words(button: Button, c: Conversation, world: World) -> tuple[str, ...]:
    """What a choice may be typed as: its label as shown, its label in English, its words."""
    return (world.label(c.language, button.label), button.label.msgid, *button.words)


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


_COMMANDS: dict[str, Callable[[Conversation, World], Reply]] = {
    "start": _start,
    "check": _check,
    "register": _register,
    "filings": _open("filings"),
    "reminders": about.reminders,
    "language": _open("language"),
    "privacy": about.privacy,
    "help": about.help_,
    "cancel": cancel.begin,
    "back": _back,
    "change": _open("change"),
    "why": _why,
    "again": lambda c, _world: Reply(c),
}
