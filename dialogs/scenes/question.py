"""Asking one thing, whether a fact of the check or a field of a form: shown, chosen, typed, clarified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dialogs import asking
from dialogs.conversation import Choosing, Clarify, Conversation, World
from dialogs.interview import overlapping
from dialogs.messages import Button, Items, Message, Part, T, Text
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.parsing.text import clean
from dialogs.phrases import option_text
from dialogs.refusals import refusal
from dialogs.rules.model import Question
from dialogs.rules.values import UNKNOWN, Band, Value
from dialogs.scenes.scene import Reply

Bands = Callable[[], tuple[Band, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands: its words, what follows it, and what taking an answer does.

    `take` says the answer back first, then what follows from it. `bands` are the bands of a count that can be
    told apart.
    """

    question: Question
    take: Callable[[Conversation, Value], Reply]
    hints: tuple[Text, ...] = ()
    extra: tuple[Button, ...] = ()
    before: tuple[Part, ...] = ()
    bands: Bands = tuple
    sensitive: bool = False
    may_be_unknown: bool = True


def show(asked: Asked, c: Conversation, world: World) -> Message:
    """The question, or what of it is open: a clarification, or the choices made so far."""
    question = asked.question
    if isinstance(c.open, Clarify):
        return Message(
            (_which(c.open.readings),),
            asking.reading_buttons(question, c.open.readings, may_be_unknown=asked.may_be_unknown),
        )
    chosen = c.open.chosen if isinstance(c.open, Choosing) else ()
    hints = tuple(hint for hint in (_hint(question), *asked.hints) if hint)
    return Message(
        lines=(*asked.before, ask_text(question)),
        buttons=(*asking.buttons(question, chosen=chosen), *asked.extra),
        hints=hints,
        numbered=bool(question.options),
        sensitive=asked.sensitive,
    )


KEEP = asking.choice("keep", T("Keep it"))


def standing_line(question: Question, answer: Part) -> Text:
    """Said when a question that has its answer is asked again."""
    return T(
        "{question}, now: {answer}. Say “keep”, or give another answer.",
        question=T(question.label),
        answer=answer,
    )


def _which(readings: tuple[Value, ...]) -> Text:
    return T("Which is it?") if len(readings) > 1 else T("Is this what you mean?")


def ask_text(question: Question) -> Text:
    """The question's own words; a place question names the place, or asks which of several it is."""
    several = question.kind == "place" and len(question.options) > 2
    return _place_text(question, question.ask_many if several else question.ask)


def _hint(question: Question) -> Text | None:
    return T(question.hint) if question.hint else None


def pick(asked: Asked, c: Conversation, world: World, choice: str) -> Reply:
    """A choice of the question: an option, a reading, or one of ':unknown', ':untold', ':done', ':why'."""
    question = asked.question
    if choice == ":unknown":
        return asked.take(c, UNKNOWN)
    if choice == ":untold":
        return _untold(asked, c)
    if choice == ":why":
        return why(asked, c)
    if choice.startswith("=") and isinstance(c.open, Clarify):
        return asked.take(c, c.open.readings[int(choice[1:])])
    if question.kind != "several":
        return asked.take(c, choice)
    chosen = c.open.chosen if isinstance(c.open, Choosing) else ()
    if choice == ":done":
        return _done(asked, c, chosen)
    return _toggle(asked, c, chosen, choice)


def _untold(asked: Asked, c: Conversation) -> Reply:
    """The owner would rather not say: kept as not known, but not called so."""
    taken = asked.take(c, UNKNOWN)
    return replace(taken, lines=(T("All right, I leave that out."), *taken.lines[1:]))


def why(asked: Asked, c: Conversation) -> Reply:
    """Why it is asked; the question follows again."""
    reason = asked.question.why
    return Reply(c, (_place_text(asked.question, reason) if reason else T("The form asks for it."),))


def _place_text(question: Question, msgid: str) -> Text:
    return option_text(question.options[-1], msgid) if question.kind == "place" else T(msgid)


def _toggle(asked: Asked, c: Conversation, chosen: tuple[str, ...], choice: str) -> Reply:
    """One choice more or less. 'None of these' stands alone and needs no 'done'."""
    if choice == asked.question.none:
        return asked.take(c, (choice,))
    now = tuple(o.id for o in asked.question.options if (o.id in chosen) != (o.id == choice))
    return _chosen(asked, c, now)


def _add(asked: Asked, c: Conversation, typed: tuple[str, ...]) -> Reply:
    """Choices named in words are added to those made; 'none of these' alone is an answer."""
    none = asked.question.none
    if typed == (none,):
        return asked.take(c, typed)
    if none in typed:
        return Reply(c, (T("“None of these” does not go together with another choice."),))
    before = c.open.chosen if isinstance(c.open, Choosing) else ()
    return _chosen(asked, c, tuple(o.id for o in asked.question.options if o.id in before + typed))


def _chosen(asked: Asked, c: Conversation, now: tuple[str, ...]) -> Reply:
    return Reply(replace(c, open=Choosing(asked.question.id, now)), (chosen_line(asked.question, now),))


def chosen_line(question: Question, chosen: tuple[str, ...]) -> Text:
    """What has been chosen so far."""
    labels = tuple(option_text(o, o.label) for o in question.options if o.id in chosen)
    return T("Chosen so far: {choices}.", choices=Items(labels)) if labels else T("Nothing chosen yet.")


def _done(asked: Asked, c: Conversation, chosen: tuple[str, ...]) -> Reply:
    if not chosen:
        return Reply(c, (T("Nothing is chosen yet. Choose at least one, or say that you do not know."),))
    return asked.take(c, chosen)


def say(asked: Asked, c: Conversation, world: World, text: str, today: date) -> Reply:
    """Typed words: an answer, 'don't know', something to be clarified, or a refusal with an example."""
    question = asked.question
    if asked.may_be_unknown and asking.is_unknown(text):
        return asked.take(c, UNKNOWN)
    if asked.may_be_unknown and asking.is_untold(text):
        return _untold(asked, c)
    understood = asking.understand(question, text, world.rulebook, today)
    match understood:
        case Refused():
            return Reply(c, (refusal(understood, question.kind),))
        case Vague(low, high):
            return _vague(asked, c, text, low, high)
        case Band():
            return _vague(asked, c, text, understood.low, understood.high, exact=understood)
        case Ambiguous(readings):
            return _ambiguous(asked, c, text, readings)
        case tuple():
            return _add(asked, c, understood)
    return asked.take(c, understood)


def _vague(
    asked: Asked, c: Conversation, text: str, low: int, high: int | None, exact: Band | None = None
) -> Reply:
    """A count that is not exact: taken as the band it surely falls in, else the bands are offered."""
    met = overlapping(asked.bands(), low, high)
    if len(met) == 1:
        return asked.take(c, exact or met[0])
    return _clarify(asked, c, text, met)


def _ambiguous(asked: Asked, c: Conversation, text: str, readings: tuple[Value, ...]) -> Reply:
    """Several readings: taken without asking if the verdict is the same for all. One alone is to be confirmed."""
    if asked.question.kind == "place":
        return Reply(c, (T("One of them being there is enough, so I have to ask exactly."),))
    if asked.question.kind == "count" and len(readings) > 1:
        met = [b for b in asked.bands() if any(isinstance(r, int) and r in b for r in readings)]
        if len(met) == 1:
            return asked.take(c, met[0])
    return _clarify(asked, c, text, readings)


def _clarify(asked: Asked, c: Conversation, text: str, readings: tuple[Value, ...]) -> Reply:
    opened = replace(c, open=Clarify(asked.question.id, readings))
    if asked.question.kind == "count" and isinstance(readings[0], Band):
        line = T("“{said}” may lie on either side of a line that matters.", said=clean(text)[:80])
    else:
        line = T("I am not sure how to read “{said}”.", said=clean(text)[:80])
    return Reply(opened, (line,))
