"""The verdict: the card, its details unfolded on demand, and what the owner may do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dialogs.asking import choice
from dialogs.card.card import card
from dialogs.card.groups import groups, platform_label, platform_results
from dialogs.card.locality import left_out
from dialogs.card.sources import source_line
from dialogs.card.stated import contact_stated
from dialogs.card.why import used_lines, why_lines
from dialogs.conversation import At, Check, Conversation, Draft, Editing, World
from dialogs.form import facts_missing
from dialogs.interview import on_day, verdict
from dialogs.messages import Button, Message, Part, T
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import Truth
from dialogs.rules.model import Instrument, Outcome
from dialogs.rules.verdict import Result
from dialogs.scenes import day, remind
from dialogs.scenes.day import NOT_A_DATE
from dialogs.scenes.scene import Reply, Scene, opened

BRIEF = At("verdict")
"""The card has been shown; only what to do next is asked."""


def show(c: Conversation, world: World) -> Message:
    """The card with the choices, or after it the choices alone."""
    check = c.check or Check()
    lines = (T("What would you like to do?"),) if c.open == BRIEF else card(check, world)
    return Message(lines, buttons(check, world))


def buttons(check: Check, world: World) -> tuple[Button, ...]:
    """What can be done with this verdict."""
    found = verdict(check, world)
    grouped = groups(found)
    made: list[Button] = []
    if grouped:
        made.append(choice("ask", T("How to ask")))
    if form_group(check, world) and not check.on:
        sure = grouped[0].lead.outcome is Outcome.APPLIES
        made.append(
            choice("register", T("Register")) if sure else choice("prepare", T("Prepare the form anyway"))
        )
        made.append(choice("registered", T("Already registered")))
    made.append(choice("why", T("Why this result")))
    if not check.on:
        made.append(choice("remind", T("Remind me")))
    if platform_results(found):
        made.append(choice("platform", platform_label(found)))
    if notes(check, world):
        made.append(choice("notes", T("Good to know")))
    made.append(choice("day", T("Another day")))
    made.append(choice("another", T("Another account")))
    return tuple(made)


def form_group(check: Check, world: World) -> tuple[str, tuple[str, ...]] | None:
    """The form, and the duties one filing would name, if a duty that applies or may apply has one."""
    for group in groups(verdict(check, world)):
        if group.lead.duty.form and not left_out(group.lead.instrument, check, world):
            return group.lead.duty.form, group.duties
    return None


def notes(check: Check, world: World) -> tuple[Part, ...]:
    """Good to know beside this verdict: never asked, only what can concern this account."""
    day = on_day(check, world)
    return tuple(
        T(note.text)
        for note in world.rulebook.notes
        if truth_of(note.when, check.answers) is not Truth.FALSE and (note.from_ is None or note.from_ <= day)
    )


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """One of the choices under the card."""
    check = c.check or Check()
    if choice_ in _UNFOLDED:
        return Reply(replace(c, open=BRIEF), _UNFOLDED[choice_](check, world))
    match choice_:
        case ":remind":
            return remind.begin(replace(c, open=At("remind", BRIEF)), world)
        case ":day":
            return Reply(opened(replace(c, open=None), "day"))
        case ":registered":
            return Reply(replace(c, draft=Draft("record", _duties(check, world)), open=None))
        case ":another":
            return Reply(replace(c, check=Check(), open=None), (T("The answers of this check are erased."),))
    return begin(c, world)


def _duties(check: Check, world: World) -> tuple[str, ...]:
    found = form_group(check, world)
    return found[1] if found else ()


def begin(c: Conversation, world: World) -> Reply:
    """To the form of the first duty that has one; a fact it cannot do without is asked first."""
    if c.check and c.check.on:
        return day.take(c, world, on_day(Check(), world))
    found = form_group(c.check, world) if c.check else None
    if found is None and c.check and groups(verdict(c.check, world)):
        line = T("I have no form for this; its office has to be asked.")
        return Reply(replace(c, open=BRIEF), (line, *_how_to_ask(c.check, world)))
    if found is None:
        return Reply(
            c, (T("By the answers so far there is nothing to register. Say “check” to begin a check."),)
        )
    (form, duties), answers = found, c.check.answers if c.check else {}
    missing = facts_missing(world.rulebook.forms[form], answers)
    if missing:
        line = T("The form is a different one for each answer to this, so it cannot be filled without it.")
        return Reply(replace(c, open=Editing(missing[0])), (line,))
    return Reply(replace(c, draft=Draft(form, duties, facts=answers), open=None))


def _how_to_ask(check: Check, world: World) -> tuple[Part, ...]:
    """How the office may be asked, with a question to copy; where there are several, for each."""
    lines: list[Part] = []
    leads: dict[Instrument, Result] = {}
    for group in groups(verdict(check, world)):
        leads.setdefault(group.lead.instrument, group.lead)
    for instrument, lead in leads.items():
        if len(leads) > 1:
            lines.append(
                T("To ask {office} about {name}:", office=T(instrument.office), name=T(instrument.name))
            )
        found = (T(instrument.contact),) if instrument.contact else ()
        lines.extend(contact_stated(lead) or found)
        if instrument.question:
            lines.append(T("A question you can copy: “{question}”", question=T(instrument.question)))
    return tuple(lines)


def _platform(check: Check, world: World) -> tuple[Part, ...]:
    """The duties between owner and platform, each with its source."""
    lines: list[Part] = [T("Between you and the platform, not an authority:")]
    for result in platform_results(verdict(check, world)):
        doubtful = result.outcome is Outcome.ASK_THE_OFFICE
        slots = {"title": T(result.duty.title), "asks": T(result.duty.asks)}
        lines.append(T("{title} (uncertain): {asks}", **slots) if doubtful else T("{title}: {asks}", **slots))
        if doubtful and result.duty.reading:
            lines.append(T(result.duty.reading))
        lines.extend(T(note) for note in result.duty.notes)
        lines.extend(source_line(id_, world) for id_ in result.duty.sources)
    return tuple(lines)


def _why(check: Check, world: World) -> tuple[Part, ...]:
    """The answers used, and duty by duty what they come to."""
    return (*used_lines(check, world), *why_lines(check, world))


_UNFOLDED: dict[str, Callable[[Check, World], tuple[Part, ...]]] = {
    ":why": _why,
    ":ask": _how_to_ask,
    ":platform": _platform,
    ":notes": notes,
}
"""Choices that only show more of the card."""


def say(c: Conversation, world: World, text: str) -> Reply:
    """A day, for which the verdict is asked; or words that are none of the choices."""
    found = day.asked(text, on_day(Check(), world))
    if isinstance(found, date):
        return day.take(c, world, found)
    if found != NOT_A_DATE:
        return day.say(opened(replace(c, open=None), "day"), world, text)
    return Reply(
        replace(c, open=BRIEF), (T("I did not understand that. Please choose one of these, or say “help”."),)
    )


SCENE = Scene(show, pick, say)
