"""The single answer that would change the outcome."""

from __future__ import annotations

from dialogs.conversation import Check, World
from dialogs.interview import question
from dialogs.messages import T, Text
from dialogs.phrases import phrase_of
from dialogs.rules.explain import Flip, flips
from dialogs.rules.model import Duty, Outcome
from dialogs.rules.verdict import Result

_OUTCOMES = {
    (Outcome.DOES_NOT_APPLY, False): T("With {change} it would not be covered."),
    (Outcome.DOES_NOT_APPLY, True): T("With {change} no such licence would be needed."),
    (Outcome.APPLIES, False): T("With {change} it would be covered."),
    (Outcome.APPLIES, True): T("With {change} a licence might be needed."),
}
"""What a flip leads to, a registration or a licence. 'Covered' holds whether or not an office still collects."""

_ASK = T("With {change} the office would have to be asked.")


def best_flip(result: Result, check: Check, world: World) -> Flip | None:
    """The one answer worth telling that would change the outcome: a count before a place before the rest.

    What kind of account it is is no answer that an owner could have given otherwise.
    """
    found = flips(result, check.answers, world.rulebook, check.on or world.now, world.statements)
    kinds = {"count": 0, "place": 1}
    facts, first = world.rulebook.facts, next(iter(world.rulebook.facts))
    telling = [flip for flip in found if flip.fact != first]
    return min(telling, key=lambda flip: kinds.get(facts[flip.fact].kind, 2), default=None)


def flip_line(flip: Flip, duty: Duty, check: Check, world: World) -> Text:
    """What another answer would lead to."""
    given = check.answers[flip.fact]
    if isinstance(flip.to, tuple) and isinstance(given, tuple) and flip.outcome is Outcome.DOES_NOT_APPLY:
        gone = tuple(item for item in given if item not in flip.to)
        return T(
            "Without {given} it would not be covered.",
            given=phrase_of(question(flip.fact, check, world), gone),
        )
    change = phrase_of(question(flip.fact, check, world), flip.to)
    led_to = _OUTCOMES.get((flip.outcome, duty.kind == "licence"), _ASK)
    return T(led_to.msgid, change=change)
