"""An instrument as a picture: for each duty a column of questions, and where every answer leads.

Here are the boxes and rows only; where they stand and how they look is the business of who draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.alike import Alike, alike
from dialogs.messages import Day, Items, Number, Part, T
from dialogs.phrases import band_text, label_of, outcome_phrase
from dialogs.rules.classes import Classes
from dialogs.rules.diagram import Branch, Diagram
from dialogs.rules.logic import MoreThan
from dialogs.rules.model import Duty, Instrument, Outcome, Question, Rulebook
from dialogs.rules.values import UNKNOWN, Band, Value
from dialogs.rules.verdict import reading

_OUTCOMES = {
    Outcome.APPLIES: T("applies"),
    Outcome.ASK_THE_OFFICE: T("ask the office"),
    Outcome.DOES_NOT_APPLY: T("does not apply"),
    Outcome.NOT_IN_FORCE: T("not in force"),
}
_HOW = T("Begin at 1. Each answer leads to an outcome, or along its arrow to the question of that number.")


@dataclass(frozen=True, slots=True)
class Row:
    """Answers that lead alike, with their words: to an outcome, or to the box of that number."""

    alike: Alike
    label: Part
    to: Outcome | int


@dataclass(frozen=True, slots=True)
class Box:
    """A question by its number in the panel, and its rows, which are read from the top."""

    number: int
    fact: str
    label: Part
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A duty: where it begins, at the first box or at an outcome, and its boxes in the order of asking."""

    duty: Duty
    instrument: Instrument
    boxes: tuple[Box, ...]
    begins: Outcome | int

    @property
    def title(self) -> Part:
        """What the duty is called."""
        return T(self.duty.title)

    def end(self, outcome: Outcome) -> Part:
        """An outcome in a word or two."""
        return outcome_phrase(outcome, self.duty, self.instrument, _OUTCOMES)


@dataclass(frozen=True, slots=True)
class Picture:
    """An instrument on a day: its title, what is to be said of it first, and a panel for each duty."""

    instrument: Instrument
    title: Part
    notes: tuple[Part, ...]
    panels: tuple[Panel, ...]


def picture(instrument: Instrument, rulebook: Rulebook, day: date, *, dated: bool = False) -> Picture:
    """The picture of an instrument on a day of its issuer; `dated` says the day."""
    ready = reading(rulebook)
    notes: list[Part] = []
    if dated:
        notes.append(T("On {day}", day=Day(day)))
    if instrument.place:
        notes.append(
            T("For accounts that have to do with {place}.", place=T(rulebook.places[instrument.place].name))
        )
    if instrument.doubt and instrument.in_force_on(day) and not instrument.current_on(day):
        notes.append(T("Not certain: {doubt}", doubt=T(instrument.doubt)))
    panels = []
    for duty in rulebook.duties.values():
        if duty.instrument == instrument.id:
            diagram = ready.diagram(duty, instrument, day, None)
            boxes, begins = _boxes(diagram, rulebook, ready.classes)
            panels.append(Panel(duty, instrument, boxes, begins))
    if any(panel.boxes for panel in panels):
        notes.append(_HOW)
    return Picture(instrument, T(instrument.title), tuple(notes), tuple(panels))


def _boxes(
    diagram: Diagram, rulebook: Rulebook, classes: Mapping[str, Classes]
) -> tuple[tuple[Box, ...], Outcome | int]:
    """The boxes of a diagram in the order of asking, and where it begins."""
    order = list(rulebook.facts)
    branches = sorted(dict.fromkeys(_branches([diagram])), key=lambda branch: order.index(branch.fact))
    numbers: dict[Diagram, int] = {branch: number for number, branch in enumerate(branches, 1)}
    boxes = []
    for branch in branches:
        question, known = rulebook.facts[branch.fact], classes[branch.fact]
        rows = tuple(
            Row(one, _label(one, question, known, rulebook), _place(one.to, numbers))
            for one in alike(branch, question, known)
        )
        boxes.append(Box(numbers[branch], branch.fact, _header(question, rows), rows))
    return tuple(boxes), _place(diagram, numbers)


def _branches(level: Sequence[Diagram]) -> Iterator[Branch]:
    """Every branch there is from here on, the nearest first; some more than once."""
    while level:
        branches = [diagram for diagram in dict.fromkeys(level) if isinstance(diagram, Branch)]
        yield from branches
        level = [child for branch in branches for _, child in branch.children]


def _place(diagram: Diagram, numbers: Mapping[Diagram, int]) -> Outcome | int:
    return diagram if isinstance(diagram, Outcome) else numbers[diagram]


def _header(question: Question, rows: tuple[Row, ...]) -> Part:
    """What is asked. Where an answer may fit several rows, it is said which of them counts."""
    label = T(question.label)
    sets = [row for row in rows if any(isinstance(answer, tuple) for answer in row.alike.answers)]
    return T("{label}: the first that fits", label=label) if len(sets) > 1 else label


def _label(one: Alike, question: Question, classes: Classes, rulebook: Rulebook) -> Part:
    """Answers that lead alike, as one is enough; the rest before 'not known'."""
    rest: tuple[Part, ...] = (T("anything else"),) if one.rest else ()
    known = tuple(
        _answer(value, question, classes, rulebook) for value in one.answers if value is not UNKNOWN
    )
    unknown: tuple[Part, ...] = (T("not known"),) if UNKNOWN in one.answers else ()
    return Items((*known, *rest, *unknown), "apart")


def _answer(value: Value, question: Question, classes: Classes, rulebook: Rulebook) -> Part:
    """An answer in words. A place is called by its name; a count is said as its source draws the line."""
    if question.kind == "place" and isinstance(value, str):
        return T(rulebook.places[value].name)
    if isinstance(value, Band):
        return _band(value, question, classes)
    return label_of(question, value)


def _band(band: Band, question: Question, classes: Classes) -> Part:
    """A band of counts: 'at least' and 'fewer than' where the line is drawn by 'at least'."""
    edge = band.low or (band.high or 0) + 1
    tests = [test for test in classes.tests if isinstance(test, MoreThan) and test.first == edge]
    if (band.low and band.high is not None) or not any(test.inclusive for test in tests):
        return band_text(question, band)
    return T(question.from_ if band.low else question.below, n=Number(edge))
