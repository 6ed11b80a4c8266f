"""What a proof finds wrong, with the smallest counter-example there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.rules.model import Question
from dialogs.rules.points import Point
from dialogs.rules.values import Value


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong `about` a duty, an instrument, a fact or a source, at which point, with which answers."""

    about: str
    wrong: str
    at: Point | None = None
    answers: Mapping[str, Value] = field(default_factory=dict)
    so: str = ""

    def __str__(self) -> str:
        given = [f"{fact}={written(value)}" for fact, value in self.answers.items()]
        circumstances = [str(self.at)] if self.at else []
        circumstances += [f"with {', '.join(given)}"] if given else []
        parts = [self.about, self.wrong, ", ".join(circumstances), self.so]
        return ": ".join(part for part in parts if part)


def ordered(faults: list[Fault], facts: Mapping[str, Question]) -> list[Fault]:
    """The faults, those with the fewest answers first, then in the order in which these are asked."""
    order = {fact: place for place, fact in enumerate(facts)}

    def size(fault: Fault) -> tuple[int, list[int], str]:
        return len(fault.answers), [order[fact] for fact in fault.answers], str(fault)

    return sorted({str(fault): fault for fault in faults}.values(), key=size)


def written(value: Value) -> str:
    """A value as `beian check --fact` takes it."""
    if isinstance(value, tuple):
        return "+".join(value) or "none of those tested"
    return str(getattr(value, "value", value))
