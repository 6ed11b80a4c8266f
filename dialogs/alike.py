"""The answers to a question that lead alike, as few as say it: 'an individual', 'more than 30,000', 'the rest'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from dialogs.rules.classes import Classes
from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.logic import Is
from dialogs.rules.model import ELSEWHERE, Question
from dialogs.rules.values import UNKNOWN, Band, Value

MANY = 3
"""So many options that lead alike are 'the rest' of them."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Answers that lead to the same. They are tried in order; `rest` takes all that no other has, but 'unknown'.

    Of a fact with several answers, each here is a set of options and takes all answers that include it.
    """

    answers: tuple[Value, ...]
    to: Diagram
    rest: bool = False


def alike(branch: Branch, question: Question, classes: Classes) -> tuple[Alike, ...]:
    """All answers to a branch's question, by where they lead; the rest is last."""
    to = dict(branch.children)
    match question.kind:
        case "count":
            found = _bands(classes, to)
        case "several":
            found = _sets(question, classes, to)
        case _:
            found = _options(question, classes, to)
    return _with_unknown(found, to[classes.unknown])


def _bands(classes: Classes, to: Mapping[int, Diagram]) -> list[Alike]:
    """The bands of a count, neighbours that lead alike as one, ascending."""
    joined: list[tuple[Band, Diagram]] = []
    for index, band in enumerate(classes.bands()):
        if joined and joined[-1][1] is to[index]:
            joined[-1] = (Band(joined[-1][0].low, band.high), to[index])
        else:
            joined.append((band, to[index]))
    ends = dict.fromkeys(end for _, end in joined)
    return [Alike(tuple(band for band, there in joined if there is end), end) for end in ends]


def _options(question: Question, classes: Classes, to: Mapping[int, Diagram]) -> list[Alike]:
    """The options; of places, and where many lead alike, the others are the rest."""
    groups: dict[Diagram, list[Value]] = {}
    for option in question.options:
        groups.setdefault(to[classes.of(option.id)[0]], []).append(option.id)
    found = [Alike(tuple(ids), end) for end, ids in groups.items()]
    if question.kind == "place":
        rest = next(one for one in found if ELSEWHERE in one.answers)
    else:
        rest = max(found, key=lambda one: len(one.answers))
        if len(rest.answers) < MANY:
            return found
    return [*(one for one in found if one is not rest), Alike((), rest.to, rest=True)]


def _sets(question: Question, classes: Classes, to: Mapping[int, Diagram]) -> list[Alike]:
    """Of several options at once: the fewest that decide, and once these are out, the fewest again."""
    named = {o for test in classes.tests if isinstance(test, Is) for o in test.options + test.disputed}
    telling = [option.id for option in question.options if option.id in named]
    sets = [some for n in range(len(telling) + 1) for some in combinations(telling, n)]
    left = {some: to[classes.of(some)[0]] for some in sets}
    found: list[Alike] = []
    while left:
        deciding = _deciding(left)
        if deciding == [()]:
            return [*found, Alike((), left[()], rest=True)]
        ends = dict.fromkeys(left[some] for some in deciding)
        found += [Alike(tuple(some for some in deciding if left[some] is end), end) for end in ends]
        left = {s: end for s, end in left.items() if not any(set(some) <= set(s) for some in deciding)}
    return found


def _deciding(left: Mapping[tuple[str, ...], Diagram]) -> list[tuple[str, ...]]:
    """The smallest sets after which, whatever else is chosen, only one end is left."""
    sure = [
        some
        for some, end in left.items()
        if all(there is end for other, there in left.items() if set(some) <= set(other))
    ]
    return [some for some in sure if len(some) == len(sure[0])]


def _with_unknown(found: list[Alike], end: Diagram) -> tuple[Alike, ...]:
    """With 'unknown' where it leads to the same as other answers, or by itself, before the rest."""
    if end in [one.to for one in found]:
        place = next(i for i, one in enumerate(found) if one.to is end)
        found[place] = replace(found[place], answers=(*found[place].answers, UNKNOWN))
        return tuple(found)
    rest = [one for one in found if one.rest]
    return (*(one for one in found if not one.rest), Alike((UNKNOWN,), end), *rest)
