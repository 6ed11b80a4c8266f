"""What a change of the rulebook changes: the exact answers whose outcome is another one, and from when to when.

Each duty is compared by itself, and that is enough: an answer about the place stands for answers to the facts
that have one (`locality.known`), so no verdict as a whole changes where no duty does. What does change beside
the duties is what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, pairwise
from math import prod

from dialogs.rules import locality
from dialogs.rules.alignment import Aligned
from dialogs.rules.classes import Classes, classes_of
from dialogs.rules.diagram import Branch, Diagram, Diagrams
from dialogs.rules.logic import Node, Truth, decidable, leaves
from dialogs.rules.model import Duty, Instrument, Outcome, Question, Rulebook
from dialogs.rules.values import UNKNOWN, Value
from dialogs.rules.verdict import CURRENT, NOT_SHOWN_CURRENT, period

Answers = Mapping[str, tuple[int, ...]]
"""For each fact that tells, the classes of answers meant."""
Row = tuple[Answers, Outcome, Outcome, int, int]
"""Answers, what they came to and come to, how many classes that is, and of how many."""


@dataclass(frozen=True, slots=True)
class Change:
    """From `first` to `last` (None: for good), these answers came to `before` and now come to `after`.

    A duty that is not there does not apply. `stated` says that an office states it collects, or that none
    does; None where that is all the same. `classes` counts the combinations of answer classes meant, `of`
    those there are, of the facts this duty asks then in either rulebook.
    """

    duty: str
    first: date
    last: date | None
    stated: bool | None
    answers: Answers
    before: Outcome
    after: Outcome
    classes: int
    of: int


class _Diagrams(Diagrams):
    """Diagrams over the classes of both rulebooks. What is unknown is one of the answers of its own."""

    def __init__(self, classes: Mapping[str, Classes], own: Mapping[str, Classes]) -> None:
        super().__init__(classes)
        self._own = Diagrams(own)

    def settle(self, node: Node) -> Truth:
        """As the rulebook by itself would."""
        return self._own.settle(node)


class Comparison:
    """Two rulebooks over the answer classes that tell them both apart.

    An option that only one of them has counts in the other as the one it counts as, if there is one, else as
    none of its options.
    """

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._old, self._new = old, new
        self._aligned = Aligned(old, new)
        self.facts: Mapping[str, Question] = self._aligned.facts
        conditions = {book: tuple(self._conditions(book)) for book in (old, new)}
        self.classes: Mapping[str, Classes] = classes_of(self.facts, chain(*conditions.values()))
        self._diagrams = {
            book: _Diagrams(self.classes, classes_of(self._aligned.own[book], conditions[book]))
            for book in (old, new)
        }

    def _conditions(self, book: Rulebook) -> Iterator[Node]:
        """Every condition of a rulebook, on every day."""
        for duty in book.duties.values():
            yield from (self._aligned.condition(book, when) for _, when in duty.periods if when is not None)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Everything that comes to something else, duty by duty, in the order of the new rulebook."""
        ids = dict.fromkeys([*self._new.duties, *self._old.duties])
        return tuple(change for id_ in ids for change in self._duty(id_))

    @property
    def added(self) -> tuple[str, ...]:
        """What only the new rulebook has, by its name there: `fact.x`, `instrument.x`, …, and duties by their id."""
        before = self._named(self._old)
        return tuple(name for name in self._named(self._new) if name not in before)

    @property
    def removed(self) -> tuple[str, ...]:
        """What only the old rulebook has."""
        after = self._named(self._new)
        return tuple(name for name in self._named(self._old) if name not in after)

    @property
    def reworded(self) -> tuple[str, ...]:
        """What both have, in other words, with other dates, sources or options; not the duties that changed."""
        before, changed = self._named(self._old), {change.duty for change in self.changes}
        return tuple(
            name
            for name, there in self._named(self._new).items()
            if name in before and name not in changed and before[name] != there
        )

    def values(self, fact: str, among: tuple[int, ...]) -> tuple[Value, ...]:
        """All answers to a fact that are in these classes: counts as bands; of several, what is told apart."""
        classes, question = self.classes[fact], self.facts[fact]
        if question.kind == "count":
            known: tuple[Value, ...] = classes.bands()
        elif question.kind == "several":
            known = classes.values
        else:
            known = tuple(option.id for option in question.options)
        return tuple(value for value in (*known, UNKNOWN) if set(classes.of(value)) <= set(among))

    def asked(self, book: Rulebook) -> tuple[str, ...]:
        """The facts that one of the two asks at all."""
        gate = locality.asked_by(book)
        used = {leaf.fact for duty in book.duties.values() for leaf in leaves(duty.when)} | {gate}
        return tuple(fact for fact in book.facts if fact in used)

    def _named(self, book: Rulebook) -> dict[str, object]:
        """Everything in a rulebook by its name in the files; duties by their id."""
        duties = (
            (id_, replace(duty, when=self._aligned.condition(book, duty.when)))
            for id_, duty in book.duties.items()
        )
        kinds: tuple[tuple[str, Iterable[tuple[str, object]]], ...] = (
            ("", duties),
            ("instrument.", book.instruments.items()),
            ("source.", book.sources.items()),
            ("fact.", book.facts.items()),
            ("place.", book.places.items()),
            ("note.", ((note.id, note) for note in book.notes)),
            ("form.", book.forms.items()),
        )
        return {f"{kind}{id_}": there for kind, entries in kinds for id_, there in entries}

    def _duty(self, id_: str) -> Iterator[Change]:
        """What changes for one duty, over all time; neighbouring times with the same change are one."""
        found: list[Change] = []
        for first, last in self._times(id_):
            silent, stated = (
                tuple(self._rows(*self._pair(id_, first, stated=word))) for word in (False, True)
            )
            words = [(None if row in stated else False, row) for row in silent]
            words += [(True, row) for row in stated if row not in silent]
            for word, row in words:
                _join(found, Change(id_, first, last, word, *row))
        yield from found

    def _rows(self, old: Diagram, new: Diagram) -> Iterator[Row]:
        """Where two diagrams differ, with how many combinations of classes that is, and of how many."""
        asked = self._diagrams[self._old].facts(old) | self._diagrams[self._new].facts(new)
        every = {fact: tuple(range(self.classes[fact].unknown + 1)) for fact in asked}
        for answers, before, after in self._differing(old, new, {}):
            yield answers, before, after, _combinations({**every, **answers}), _combinations(every)

    def _pair(self, id_: str, day: date, *, stated: bool) -> tuple[Diagram, Diagram]:
        """The duty's diagrams in both rulebooks. Where it is not there, it is nothing that could change."""
        old, new = (self._diagram(book, id_, day, stated=stated) for book in (self._old, self._new))
        missing = Outcome.NOT_IN_FORCE if Outcome.NOT_IN_FORCE in (old, new) else Outcome.DOES_NOT_APPLY
        return old or missing, new or missing

    def _times(self, id_: str) -> Iterator[tuple[date, date | None]]:
        """The times within which nothing of this duty changes in either rulebook."""
        starts = {date.min}
        for book in (self._old, self._new):
            if id_ in book.duties:
                duty = book.duties[id_]
                starts |= first_days(duty, book.instruments[duty.instrument])
        ordered = sorted(starts)
        yield from ((first, after - timedelta(days=1)) for first, after in pairwise(ordered))
        yield ordered[-1], None

    def _diagram(self, book: Rulebook, id_: str, day: date, *, stated: bool) -> Diagram | None:
        """The duty's diagram that day; None if there is no such duty."""
        duty = book.duties.get(id_)
        if duty is None:
            return None
        instrument, (_, when) = book.instruments[duty.instrument], period(duty, day)
        if when is None or not instrument.in_force_on(day):
            return Outcome.NOT_IN_FORCE
        current = stated or instrument.current_on(day)
        condition = decidable(self._aligned.condition(book, when))
        return self._diagrams[book].build(condition, CURRENT if current else NOT_SHOWN_CURRENT)

    def _differing(
        self, old: Diagram, new: Diagram, given: Answers
    ) -> Iterator[tuple[Answers, Outcome, Outcome]]:
        """Every combination of answers under which two diagrams differ; answers that lead alike are one."""
        if isinstance(old, Outcome) and isinstance(new, Outcome):
            if old is not new:
                yield given, old, new
            return
        fact = str(self._diagrams[self._new].first_question((old, new)))
        alike: dict[tuple[Diagram, Diagram], list[int]] = {}
        for index in range(self.classes[fact].unknown + 1):
            alike.setdefault((_after(old, fact, index), _after(new, fact, index)), []).append(index)
        for (before, after), among in alike.items():
            every = len(among) == self.classes[fact].unknown + 1
            yield from self._differing(before, after, given if every else {**given, fact: tuple(among)})


def first_days(duty: Duty, instrument: Instrument) -> set[date]:
    """The first days on which a duty may come to something else than the day before."""
    after = (instrument.valid_to, instrument.current_until)
    return {
        instrument.valid_from,
        *(day + timedelta(days=1) for day in after if day),
        *(first for first, _ in duty.periods),
    }


def _combinations(answers: Answers) -> int:
    """How many combinations of classes these answers stand for."""
    return prod(map(len, answers.values()))


def _after(diagram: Diagram, fact: str, index: int) -> Diagram:
    """What is left after an answer of that class."""
    return diagram.children[index][1] if isinstance(diagram, Branch) and diagram.fact == fact else diagram


def _join(found: list[Change], change: Change) -> None:
    """Adds a change, or lengthens the one that it continues."""
    for place, one in enumerate(found):
        continues = one.last is not None and one.last + timedelta(days=1) == change.first
        if continues and replace(one, first=change.first, last=change.last) == change:
            found[place] = replace(one, last=change.last)
            return
    found.append(change)
