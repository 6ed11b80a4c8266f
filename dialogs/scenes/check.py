"""The check: one fact after another, only those that can still change a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs import interview
from dialogs.asking import understand
from dialogs.conversation import Check, Choosing, Clarify, Conversation, Editing, World
from dialogs.messages import Items, Message, N, Part, T, Text
from dialogs.parsing.result import Refused
from dialogs.phrases import label_of, said_back
from dialogs.rules import locality
from dialogs.rules.values import Value
from dialogs.scenes import question as ask
from dialogs.scenes.question import Asked
from dialogs.scenes.scene import Reply, Scene
from dialogs.sentence import stated


def current(c: Conversation, world: World) -> str | None:
    """The fact being asked: one that is open, else the next that matters; None when the verdict stands."""
    if c.check is None:
        return None
    if isinstance(c.open, (Clarify, Choosing, Editing)) and c.open.about in world.rulebook.facts:
        return c.open.about
    return interview.verdict(c.check, world).next_question


def asked(c: Conversation, world: World, fact: str) -> Asked:
    """The question of a fact, as it stands in this conversation."""
    check = c.check or Check()
    editing = isinstance(c.open, Editing)
    standing = check.answers.get(fact)
    question = interview.question(fact, check, world)
    before: tuple[Part, ...] = ()
    if editing and standing is not None:
        before = (ask.standing_line(question, label_of(question, standing)),)
    return Asked(
        question=question,
        take=lambda conv, value: take(conv, world, fact, value),
        hints=() if editing else (bound(check, world),),
        extra=(ask.KEEP,) if editing else (),
        before=before,
        bands=lambda: interview.telling_bands(check, fact, world),
    )


def bound(check: Check, world: World) -> Text:
    """At most how many questions come after this one. Clarifying an answer does not count."""
    left = interview.verdict(check, world).questions_left - 1
    if left <= 0:
        return T("last question")
    return N("at most {n} more after this", "at most {n} more after this", left)


def take(c: Conversation, world: World, fact: str, value: Value) -> Reply:
    """An answer accepted: said back, and what it makes void is named."""
    check, void = interview.answer(c.check or Check(), fact, value, world)
    lines: list[Part] = [said_back(interview.question(fact, check, world), value)]
    moved = locality.place_facts(world.rulebook) if fact == locality.asked_by(world.rulebook) else ()
    lines.extend(void_line(tuple(f for f in void if f not in moved), world))
    lines.extend(moved_line(tuple(f for f in void if f in moved), world))
    return Reply(replace(c, check=check, open=None), tuple(lines))


def void_line(void: tuple[str, ...], world: World) -> list[Part]:
    """Which earlier answers no longer matter."""
    if not void:
        return []
    labels = tuple(T(world.rulebook.facts[fact].label) for fact in void)
    return [T("No longer needed, and dropped: {facts}.", facts=Items(labels))]


def moved_line(void: tuple[str, ...], world: World) -> list[Part]:
    """Which earlier answers were about the place that was named before."""
    if not void:
        return []
    labels = tuple(T(world.rulebook.facts[fact].label) for fact in void)
    return [T("Said of the other place, and dropped: {facts}.", facts=Items(labels))]


def back(c: Conversation, world: World) -> Reply:
    """To the question answered before this one; its answer stands until another is given.

    From a clarification, to the question that it clarifies.
    """
    if isinstance(c.open, Clarify):
        return Reply(replace(c, open=None))
    check = c.check or Check()
    about = c.open.about if isinstance(c.open, (Choosing, Editing)) else None
    earlier = interview.before(check.answers, about)
    if earlier is None:
        return Reply(c, (T("This is the first question."),))
    return Reply(replace(c, open=Editing(earlier)))


def keep(c: Conversation) -> Reply:
    """The answer that was asked again stands."""
    return Reply(replace(c, open=None))


def _about(c: Conversation, world: World) -> Asked:
    fact = current(c, world)
    if fact is None:
        raise LookupError("nothing is left to ask")
    return asked(c, world, fact)


def show(c: Conversation, world: World) -> Message:
    """The question, or its clarification."""
    return ask.show(_about(c, world), c, world)


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """A choice of the question."""
    if choice_ == ":keep":
        return keep(c)
    return ask.pick(_about(c, world), c, world, choice_)


def say(c: Conversation, world: World, text: str) -> Reply:
    """Typed words: an answer to the question; or a sentence that answers several, or clearly another."""
    today = interview.on_day(Check(), world)
    facts = relevant(c, world, stated(text, world.rulebook, today))
    asked = _about(c, world)
    refused = isinstance(understand(asked.question, text, world.rulebook, today), Refused)
    settled = asked.question.kind == "locality" and locality.settled(facts, world.rulebook)
    if len(facts) > 1 or settled or (facts and asked.question.id not in facts and refused):
        return take_all(c, world, facts)
    return ask.say(asked, c, world, text, today)


def relevant(c: Conversation, world: World, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Those of these answers that some verdict depends on, given all of them."""
    check = _with(c.check or Check(), facts, world)
    return {fact: value for fact, value in facts.items() if fact in check.answers}


def take_all(c: Conversation, world: World, facts: Mapping[str, Value]) -> Reply:
    """Several answers accepted at once, each said back, and what they make void is named."""
    before = c.check or Check()
    after = _with(before, facts, world)
    void = tuple(fact for fact in before.answers if fact not in after.answers)
    lines = [said_back(interview.question(fact, after, world), value) for fact, value in facts.items()]
    return Reply(replace(c, check=after, open=None), (*lines, *void_line(void, world)))


def _with(check: Check, facts: Mapping[str, Value], world: World) -> Check:
    for fact, value in facts.items():
        check, _ = interview.answer(check, fact, value, world)
    return check


SCENE = Scene(show, pick, say)
