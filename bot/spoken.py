"""The rulebook in words: every language says the same figures and dates, and lacks none of its texts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta

from bot.catalogues import languages, texts_of
from bot.figures import figures
from bot.i18n import ENGLISH, catalogue, words
from dialogs.card.card import card
from dialogs.card.deadlines import deadline_line
from dialogs.conversation import Check, World
from dialogs.messages import Part
from dialogs.rules.model import Duty, Rulebook
from dialogs.rules.points import Point
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.proofs.turning import kinds
from dialogs.rules.values import Value

OTHERS = [language for language in languages() if language != ENGLISH]


def texts(files: Mapping[str, str]) -> Iterator[Fault]:
    """Every text of the rulebook's files has its translation, with the same figures.

    A source's title is its name; in another language it may have another, with other figures.
    """
    for name, file in files.items():
        titles = {source["title"] for source in tomllib.loads(file).get("source", {}).values()}
        for text in dict.fromkeys(texts_of(file)):
            for language in OTHERS:
                there = catalogue(language)[0].get(text)
                if there is None:
                    yield Fault(name, f"no translation into {language}", so=repr(text))
                elif text not in titles:
                    yield from _unlike(name, text, language, there[0])


def cards(case: Case) -> Iterator[Fault]:
    """One card for each duty and outcome says the same figures in every language."""
    seen = set()
    for start, duty, outcome, answers in kinds(case):
        if (duty.id, outcome) not in seen:
            seen.add((duty.id, outcome))
            yield from _compared(duty.id, card(*_at(start.point, answers, case.rulebook)))


def deadlines(case: Case) -> Iterator[Fault]:
    """Every line of deadlines, before and after each is past, with and without a first message."""
    dates = [fact for fact, question in case.rulebook.facts.items() if question.kind == "date"]
    for duty in case.rulebook.duties.values():
        for point in _around(duty):
            none: dict[str, Value] = {}
            for answers in (none, *(none | {fact: point.day} for fact in dates)):
                line = deadline_line(duty, *_at(point, answers, case.rulebook))
                yield from _compared(duty.id, [line])


def _around(duty: Duty) -> Iterator[Point]:
    """The days about a duty's deadlines."""
    named = {day for deadline in duty.deadlines for day in (deadline.on, deadline.count_to) if day}
    for day in sorted(named):
        yield from (Point(day + timedelta(days=step)) for step in (-1, 0, 1))


def _at(point: Point, answers: Mapping[str, Value], rulebook: Rulebook) -> tuple[Check, World]:
    """A check at a point; what an office states concerns the day itself, not another that is asked about."""
    now = datetime.combine(point.day, time(4), UTC)
    return (
        Check(answers, on=None if point.collects else point.day),
        World(now=now, rulebook=rulebook, fresh="", statements=point.statements(rulebook)),
    )


def _compared(about: str, parts: Iterable[Part]) -> Iterator[Fault]:
    """Lines in English and in every other language."""
    for part in parts:
        for language in OTHERS:
            yield from _unlike(about, words(ENGLISH).text(part), language, words(language).text(part))


def _unlike(about: str, english: str, language: str, there: str) -> Iterator[Fault]:
    one, other = figures(english), figures(there)
    if not one.alike(other):
        so = f"{one} in {english!r}, {other} in {there!r}"
        yield Fault(about, f"other figures in {language}", so=so)
