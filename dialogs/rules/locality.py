"""Where an account is at home. A local instrument concerns only those who have named its place.

With several places in the rulebook, the owner names one before anything is asked about it; an answer about
a residence or an office names a place too.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.rules.model import ELSEWHERE, Instrument, Rulebook
from dialogs.rules.values import UNKNOWN, Value


def asked_by(rulebook: Rulebook) -> str | None:
    """The fact by which the place is asked; None if there are no places to choose from."""
    if len(rulebook.places) < 2:
        return None
    return next((fact for fact, question in rulebook.facts.items() if question.kind == "locality"), None)


def place_facts(rulebook: Rulebook) -> tuple[str, ...]:
    """The facts that have a place as their answer."""
    return tuple(fact for fact, question in rulebook.facts.items() if question.kind == "place")


def named(answers: Mapping[str, Value], rulebook: Rulebook) -> frozenset[str]:
    """The places that these answers name."""
    facts = (*place_facts(rulebook), asked_by(rulebook))
    return frozenset(
        value for fact in facts if fact and isinstance(value := answers.get(fact), str) and value != ELSEWHERE
    )


def settled(answers: Mapping[str, Value], rulebook: Rulebook) -> bool:
    """Whether the place need not be asked any more."""
    fact = asked_by(rulebook)
    return fact is None or fact in answers or bool(named(answers, rulebook))


def known(answers: Mapping[str, Value], instrument: Instrument, rulebook: Rulebook) -> Mapping[str, Value]:
    """The answers as they concern an instrument: of a place that was not named, no place fact is met.

    Not to know whether it is in the place that was named says nothing of another.
    """
    fact = asked_by(rulebook)
    local = instrument.place and fact is not None and settled(answers, rulebook)
    if not local or instrument.place in named(answers, rulebook):
        return answers
    implied = UNKNOWN if answers.get(fact or "") is UNKNOWN else ELSEWHERE
    told = {name: value for name, value in answers.items() if value is not UNKNOWN}
    return {**answers, **dict.fromkeys(place_facts(rulebook), implied), **told}
