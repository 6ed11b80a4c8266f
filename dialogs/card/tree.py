"""Why a duty came to its outcome, in plain words: every condition, a mark whether it is met, and where it stands."""

from __future__ import annotations

from dialogs.conversation import Check, World
from dialogs.interview import known, question
from dialogs.messages import Items, Part, T, Text
from dialogs.phrases import phrase_of, reason_phrase
from dialogs.rules.logic import All, Any, Is, MoreThan, Not, Truth
from dialogs.rules.model import Outcome
from dialogs.rules.tree import Branching, Explained, Held, Open, explained, forcing
from dialogs.rules.values import Band, Unknown, Value
from dialogs.rules.verdict import Result

_MARKS = {
    Truth.TRUE: T("✓ {condition}"),
    Truth.FALSE: T("✗ {condition}"),
    Truth.UNSURE: T("? {condition}"),
}
_HOW = {
    "all": T("all of these must hold:{parts}"),
    "any": T("one of these is enough:{parts}"),
    "not": T("this must not hold:{parts}"),
}


def tree_of(result: Result, check: Check, world: World) -> Part:
    """All conditions of a duty as lines, each below the one it belongs to."""
    top = explained(result.when, known(check, result.instrument, world))
    parts = top.parts if isinstance(top, Branching) and top.how == "all" else (top,)
    return Items(tuple(_line(part, result, world) for part in parts), "lines")


def is_tree(result: Result) -> bool:
    """Whether there is more than one condition."""
    return isinstance(result.when, (All, Any, Not))


def forced_line(result: Result, check: Check, world: World) -> tuple[Text, ...]:
    """The fewest answers that force the outcome of a duty, where it hangs on several conditions."""
    if result.outcome not in (Outcome.APPLIES, Outcome.ASK_THE_OFFICE) or not is_tree(result):
        return ()
    facts = forcing(result, check.answers, world.rulebook, check.on or world.now)
    if not facts:
        return ()
    labels = tuple(T(question(fact, check, world).label) for fact in facts)
    return (T("These answers alone decide it: {facts}.", facts=Items(labels)),)


def _line(one: Explained, result: Result, world: World) -> Text:
    """One condition with its mark; what it consists of follows on lines of their own."""
    if isinstance(one, Branching):
        parts = Items(tuple(_line(part, result, world) for part in one.parts), "lines")
        return _marked(one.met, T(_HOW[one.how].msgid, parts=parts))
    if isinstance(one, Open):
        return _marked(Truth.UNSURE, T("{terms}: for the office to say", terms=T(one.vague.text)))
    if one.answer is None:
        asked = T(world.rulebook.facts[one.leaf.fact].label)
        return T("– {fact}: not asked, as it changes nothing", fact=asked)
    return _marked(one.met, _with_passage(one, result, _held(one, one.answer, world)))


def _marked(met: Truth, condition: Part) -> Text:
    return T(_MARKS[met].msgid, condition=condition)


def _held(one: Held, answer: Value, world: World) -> Part:
    """What was answered, as a reason; or that it was not known, not exact enough, or is disputed."""
    question = world.rulebook.facts[one.leaf.fact]
    if isinstance(one.leaf, MoreThan) and isinstance(answer, Band) and one.met is Truth.UNSURE:
        return phrase_of(question, answer)
    said = reason_phrase(question, one.leaf, answer)
    disputed = isinstance(one.leaf, Is) and one.met is Truth.UNSURE and not isinstance(answer, Unknown)
    return T("{answer}: the sources differ", answer=said) if disputed else said


def _with_passage(one: Held, result: Result, said: Part) -> Part:
    """Where its source says so, if that is another place than the rest of the duty's."""
    if not one.leaf.passage or one.leaf.passage == result.duty.passage:
        return said
    return T("{answer} ({passage})", answer=said, passage=T(one.leaf.passage))
