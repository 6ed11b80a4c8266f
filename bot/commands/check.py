"""`beian check`: the verdict for facts given on the command line. Nothing is kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import click

from bot.commands.options import day_given
from bot.i18n import language, words
from bot.rulebook import rulebook
from bot.settings import Settings
from bot.terminal import heard
from dialogs.card.card import card
from dialogs.card.deadlines import deadline_rule, due_days
from dialogs.card.why import used_lines, why_lines
from dialogs.conversation import Check, World
from dialogs.given import NotAcceptedError, given_facts, plain
from dialogs.interview import known, on_day, verdict
from dialogs.messages import N, Part, T
from dialogs.rules.explain import flips, reasons
from dialogs.rules.logic import Truth, changes_of
from dialogs.rules.tree import Branching, Explained, Open, explained, forcing
from dialogs.rules.verdict import Result, Verdict


def run(facts: tuple[str, ...], day: str | None, *, as_json: bool) -> None:
    """Print the card, or the verdict as JSON. What is not accepted is refused with exit code 2."""
    world = World(now=datetime.now(UTC), rulebook=rulebook(), fresh="")
    try:
        check = Check(given_facts([_pair(text) for text in facts], world.rulebook), day_given(day))
    except NotAcceptedError as error:
        raise click.UsageError(str(error)) from error
    with heard():
        click.echo(_data(check, world) if as_json else _card(check, world))


def _data(check: Check, world: World) -> str:
    return json.dumps(as_data(check, world), ensure_ascii=False, indent=2)


def _card(check: Check, world: World) -> str:
    spoken = words(language(Settings.read().language))
    return "\n".join(spoken.text(line) for line in _lines(check, world))


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise NotAcceptedError(f"--fact takes NAME=VALUE, such as platform=weibo; not {text[:40]!r}")
    return name.strip(), value.strip()


def _lines(check: Check, world: World) -> list[Part]:
    """The card; or, while something is still open, what would be asked next."""
    found = verdict(check, world)
    if found.next_question is None:
        return [*card(check, world), *why_lines(check, world)]
    question = world.rulebook.facts[found.next_question]
    lines: list[Part] = [
        *used_lines(check, world),
        T("Not decided yet. The next question would be: {label}.", label=T(question.label)),
    ]
    lines.append(N("At most {n} question is left.", "At most {n} questions are left.", found.questions_left))
    return [*lines, *why_lines(check, world)]


def as_data(check: Check, world: World) -> dict[str, Any]:
    """The verdict as the JSON contract has it."""
    found = verdict(check, world)
    return {
        "on": on_day(check, world).isoformat(),
        "facts": {fact: plain(value) for fact, value in check.answers.items()},
        "duties": [_duty(result, found, check, world) for result in found.results],
        "next_question": found.next_question,
        "questions_left": found.questions_left,
    }


def _duty(result: Result, found: Verdict, check: Check, world: World) -> dict[str, Any]:
    duty, instrument = result.duty, result.instrument
    book, english = world.rulebook, words("en")
    return {
        "id": duty.id,
        "instrument": instrument.id,
        "outcome": result.outcome.value,
        "status": instrument.status_on(on_day(check, world)),
        "addressee": duty.addressee,
        "deadline": [
            {
                "for": d.for_,
                "on": on.isoformat() if on else None,
                "rule": english.text(deadline_rule(d)),
                "source": d.source,
            }
            for d, on in due_days(duty, check)
        ],
        "sources": [_source(id_, world) for id_ in duty.sources],
        **_explained(result, check, world),
        "forced_by": list(forcing(result, check.answers, book, found.at)),
        "flips": [
            {"fact": f.fact, "to": plain(f.to), "outcome": f.outcome.value}
            for f in flips(result, check.answers, book, found.at)
        ],
    }


def _explained(result: Result, check: Check, world: World) -> dict[str, Any]:
    """The conditions one by one, and as a tree. None on a day on which some value in them has none."""
    if changes_of(result.when):
        return {"reasons": [], "tree": None}
    passage, answers = result.duty.passage, known(check, result.instrument, world)
    return {
        "reasons": [
            {
                "fact": r.leaf.fact,
                "answer": None if r.answer is None else plain(r.answer),
                "condition": str(r.leaf),
                "met": r.met,
                "passage": r.leaf.passage or passage,
            }
            for r in reasons(result, answers)
        ],
        "tree": _tree(explained(result.when, answers), passage),
    }


def _tree(one: Explained, passage: str) -> dict[str, Any]:
    """A condition with all it consists of, and where its source has it: at `passage` unless it says."""
    if isinstance(one, Branching):
        return {one.how: [_tree(part, passage) for part in one.parts], "met": _MET[one.met]}
    if isinstance(one, Open):
        return {"vague": one.vague.text, "met": None, "passage": one.vague.passage or passage}
    return {
        "fact": one.leaf.fact,
        "answer": None if one.answer is None else plain(one.answer),
        "condition": str(one.leaf),
        "met": _MET[one.met],
        "passage": one.leaf.passage or passage,
    }


_MET = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNSURE: None}


def _source(id_: str, world: World) -> dict[str, Any]:
    source = asdict(world.rulebook.sources[id_])
    return {
        "date" if name == "dated" else name: value.isoformat() if isinstance(value, date) else value
        for name, value in source.items()
    }
