"""One event to one turn: which scene takes it, and what is said. Pure: no clock, no I/O, no randomness."""

from __future__ import annotations

from dataclasses import replace

from dialogs.answered import answered
from dialogs.commands import COMMANDS
from dialogs.conversation import (
    Arrived,
    Conversation,
    Effect,
    Event,
    Noticed,
    OfficeAnswered,
    Pressed,
    ReminderDue,
    Said,
    Shared,
    TimePassed,
    Turn,
    Wording,
    World,
)
from dialogs.erasure import due_at, warn_at, without_overdue
from dialogs.hearing import CHOICE_WORDS, COMMAND_OF, LANGUAGE_OF, chosen, slashed
from dialogs.messages import Message, Part, T
from dialogs.parsing.result import Refused
from dialogs.parsing.text import fold
from dialogs.refusals import refusal
from dialogs.reminding import telling
from dialogs.reminding.due import due, overdue
from dialogs.renewal import pinned, renewed
from dialogs.scenes import about, idle, language, reminder, warning, wording
from dialogs.scenes import verdict as result
from dialogs.scenes.scene import Reply, left
from dialogs.standing import SCENES, behind, moved, noted, phone_asked, screen, where

LONGEST = 10_000
"""Characters of a text that is read at all; more than any channel lets a person type in one message."""
CHANGED = T("This has changed meanwhile, so please look again.")
ERASED = T("Your earlier answers were erased, as announced.")
Spoken = Arrived | Said | Shared | Pressed | Noticed


def respond(conversation: Conversation, event: Event, world: World) -> Turn:
    """The turn that `event` leads to in `conversation`."""
    kept = without_overdue(conversation, world.now)
    c = replace(kept, erased=True) if _missed(conversation, kept) else kept
    match event:
        case TimePassed():
            return _passed(c, world)
        case ReminderDue():
            return _reminded(c, event, world)
        case OfficeAnswered():
            return _office(c, event, world)
    c, news = renewed(c, world)
    reply = _taken(replace(c, erased=False), event, world, erased=c.erased)
    closes = _closed(c, reply, world)
    after, more = renewed(reply.conversation, world)  # a form taken up again may be an older one
    reply = replace(reply, lines=(*((ERASED,) if c.erased else ()), *news, *reply.lines, *more))
    after = replace(pinned(after, world), turn=c.turn + 1, last_said=world.now, warned=False)
    message = replace(_message(after, reply, world), closes=closes)
    after = noted(c, after, world)
    return Turn(after, (*reply.first, message), reply.effects, due_at(after, world))


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
    shown = SCENES[where(c, world)].show(c, world) if again else Message(())
    return Turn(after, (replace(shown, lines=(line, *shown.lines)),), (), due_at(after, world))


def _missed(before: Conversation, after: Conversation) -> bool:
    """Whether something was erased that the owner may still want; a check behind a form is not missed."""
    drafts = (before.draft, before.aside) != (after.draft, after.aside)
    return drafts or (before.check is not after.check and after.draft is None)


def _message(c: Conversation, reply: Reply, world: World) -> Message:
    """What was done, then the next question."""
    shown = SCENES[where(c, world)].show(c, world)
    return replace(shown, lines=(*reply.lines, *shown.lines), files=reply.files, papers=reply.papers)


def _office(c: Conversation, event: OfficeAnswered, world: World) -> Turn:
    """The office's answer interrupts nothing: it is told, and asked about only if a correction is needed."""
    reply = answered(c, event, world)
    after = without_overdue(reply.conversation, world.now)
    asks: tuple[Message, ...] = ()
    if after.draft is not c.draft:
        after = replace(pinned(after, world), turn=c.turn + 1, last_said=world.now)
        after = replace(after, shown=screen(after, world))
        asks = (replace(_message(after, reply, world), lasting=True),)
    return Turn(after, (*reply.first, *asks), reply.effects, due_at(after, world))


def _reminded(c: Conversation, event: ReminderDue, world: World) -> Turn:
    """A reminder's time: told as the live screen, over what is open, unless it no longer holds or comes later."""
    busy = SCENES[where(c, world)].asks and where(c, world) not in ("idle", "verdict")
    found = due(c, event, world, busy=busy)
    if not found.tell:
        return Turn(found.conversation, (), (found.effect,), due_at(found.conversation, world))
    return _unasked(reminder.told(found.conversation, event.id), world, found.effect)


def _passed(c: Conversation, world: World) -> Turn:
    """Time has passed: what was overdue is erased already; of what is erased next the owner is warned once."""
    warned = warn_at(c, world)
    if warned is None or warned > world.now:
        return Turn(c, (), (), due_at(c, world))
    return _unasked(warning.told(c), world)


def _unasked(c: Conversation, world: World, *effects: Effect) -> Turn:
    """A screen that the owner did not call for. Nothing was said, so nothing is kept longer for it."""
    after = replace(c, turn=c.turn + 1)
    message = SCENES[where(after, world)].show(after, world)
    return Turn(noted(c, after, world), (message,), effects, due_at(after, world))


def _taken(c: Conversation, event: Spoken, world: World, *, erased: bool) -> Reply:
    """What the event does."""
    match event:
        case Said(text) if len(text) > LONGEST:
            return Reply(c, (refusal(Refused("too_long", (("n", len(text)),)), "text"),))
        case Said(text):
            heard = language.heard(_behind(c, text, world), world, text)
            lost = erased and where(c, world) == "idle" and not text.lstrip().startswith("/")
            return idle.begin(heard, world) if lost else _said(heard, text, world)
        case Shared(phone):
            return _said(c, phone, world) if phone_asked(c, world) else about.noticed(c, "contact")
        case Pressed():
            return _pressed(c, event, world)
        case Noticed(what):
            return about.noticed(c, what)
        case Arrived():
            return _returned(c, event, world)


def _behind(c: Conversation, text: str, world: World) -> Conversation:
    """Where words are meant: behind screens that ask nothing, unless they are one of their choices."""
    scene = SCENES[where(c, world)]
    if scene.asks or slashed(text) is not None or chosen(text, scene.show(c, world), c, world) is not None:
        return c
    return _behind(replace(left(c), shown=behind(c.shown)), text, world)


def _returned(c: Conversation, event: Arrived, world: World) -> Reply:
    """Back: first what came due meanwhile, all of it, as the owner is reading; then where it was left."""
    c, told, effects = overdue(language.arrived(c, world, event.language), world)
    reply = _arrived(c, event.entry, world)
    lines = telling.meanwhile(told, reply.conversation, world)
    return replace(reply, lines=(*lines, *reply.lines), effects=(*effects, *reply.effects))


def _arrived(c: Conversation, entry: str, world: World) -> Reply:
    """Back at the same question, or a new check where nothing is going on."""
    if entry in COMMANDS:
        return COMMANDS[entry](c, world)
    if where(c, world) == "idle" and not c.aside and not c.filings:
        return idle.begin(c, world)
    return Reply(replace(c, open=None) if c.open == result.BRIEF else c)


def _pressed(c: Conversation, event: Pressed, world: World) -> Reply:
    buttons = SCENES[where(c, world)].show(c, world).buttons
    if event.turn == c.turn and moved(c, world):
        return Reply(c, (CHANGED,))
    if event.turn != c.turn or not 0 <= event.place < len(buttons):
        return Reply(c, (T("That button belongs to an earlier question."),))
    return _pick(c, buttons[event.place].id, world)


def _pick(c: Conversation, choice: str, world: World) -> Reply:
    """A choice, of the screen that was shown: if it has changed since, it is shown again and nothing is chosen."""
    if moved(c, world):
        return Reply(c, (CHANGED,))
    if isinstance(c.open, Wording) and choice == ":command":
        return COMMANDS[c.open.word](wording.closed(c), world)
    return SCENES[where(c, world)].pick(c, world, choice)


def _said(c: Conversation, text: str, world: World) -> Reply:
    """Typed words, in this order: a slash command, a choice by number or words, a command word, an answer."""
    command = slashed(text)
    if command is not None:
        if command in COMMANDS:
            return COMMANDS[command](c, world)
        return Reply(c, (T("There is no such command; /help names them all."),))
    scene, plain = SCENES[where(c, world)], fold(text)
    choice = chosen(text, scene.show(c, world), c, world)
    if choice is not None:
        return _pick(c, choice, world)
    if isinstance(c.open, Wording) and plain == fold(c.open.text):
        return _pick(c, ":command", world)
    if scene.free(c, world) and not moved(c, world) and (plain in COMMAND_OF or plain in CHOICE_WORDS):
        return Reply(wording.opened(c, text, COMMAND_OF.get(plain, "again")))
    if plain in LANGUAGE_OF:
        return language.pick(c, world, LANGUAGE_OF[plain])
    if plain in COMMAND_OF:
        return COMMANDS[COMMAND_OF[plain]](c, world)
    return Reply(c, (CHANGED,)) if moved(c, world) else scene.say(c, world, text)
