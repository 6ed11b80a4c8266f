"""The answers an owner is offered to a question, as it stands after other answers."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.rules import locality
from dialogs.rules.model import ELSEWHERE, Rulebook
from dialogs.rules.values import UNKNOWN, Value
from dialogs.rules.verdict import reading


def offered(fact: str, answers: Mapping[str, Value], rulebook: Rulebook) -> list[Value]:
    """One answer of each class, of a place fact only the places named before, and 'unknown'."""
    question = rulebook.facts[fact]
    if question.kind == "locality":
        return [*rulebook.places, ELSEWHERE, UNKNOWN]
    if question.kind == "place":
        asked = question.narrowed(locality.named(answers, rulebook))
        return [*(option.id for option in asked.options), UNKNOWN]
    return [*reading(rulebook).classes[fact].values, UNKNOWN]
