"""`beian rules diff`: what another rulebook changes, answer class by answer class."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import click

from bot.commands.revisions import read
from bot.terminal import heard
from dialogs.given import plain
from dialogs.rules.changes import Change, Comparison
from dialogs.rules.model import Outcome, Rulebook
from dialogs.rules.values import Value

MOST = 8
"""How many lines are printed for one kind of change of one duty."""
_TOLD = {
    Outcome.APPLIES: "applies",
    Outcome.ASK_THE_OFFICE: "ask the office",
    Outcome.DOES_NOT_APPLY: "does not apply",
    Outcome.NOT_IN_FORCE: "not in force",
}
_WORD = {
    None: "",
    True: ", where an office states that it collects",
    False: ", where no office states that it collects",
}


def run(old: str, new: str, *, as_json: bool) -> None:
    """Print what changes from `old` to `new`: each a folder or a git revision, '' what is here."""
    before, after = read(old), read(new)
    comparison = Comparison(before, after)
    with heard():
        if as_json:
            click.echo(json.dumps(_data(comparison), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(_lines(comparison, before, after)))


def _lines(comparison: Comparison, before: Rulebook, after: Rulebook) -> list[str]:
    """How much changes, then each duty with its changes, then what changes no outcome."""
    lines = [_summary(comparison)]
    for id_, changes in groupby(comparison.changes, key=lambda change: change.duty):
        duty = after.duties.get(id_) or before.duties[id_]
        new = " (new)" if id_ not in before.duties else " (removed)" if id_ not in after.duties else ""
        lines.extend(["", f"{id_}{new}: {duty.title}"])
        alike: dict[str, list[Change]] = {}
        for change in changes:
            alike.setdefault(_what(change), []).append(change)
        for what, among in alike.items():
            lines.append(f"  {what}")
            lines.extend(f"    {_whose(one, comparison)}" for one in among[:MOST])
            lines.extend(_more(among[MOST:]))
    changed = {change.duty for change in comparison.changes}
    asked, before_asked = comparison.asked(after), comparison.asked(before)
    rest = {
        "Newly asked": [fact for fact in asked if fact not in before_asked],
        "No longer asked": [fact for fact in before_asked if fact not in asked],
        "New": [name for name in comparison.added if name not in changed],
        "Removed": [name for name in comparison.removed if name not in changed],
        "Written otherwise": list(comparison.reworded),
    }
    told = [f"{what}: {', '.join(names)}" for what, names in rest.items() if names]
    return [*lines, "", *told] if told else lines


def _more(left_out: list[Change]) -> list[str]:
    """What stands for the changes that are not printed."""
    if not left_out:
        return []
    classes = sum(change.classes for change in left_out)
    return [f"    and {len(left_out)} more such lines ({classes:,} classes); --json has them all"]


def _summary(comparison: Comparison) -> str:
    """In one line, how much changes."""
    changes = comparison.changes
    if not changes:
        return "No outcome changes."
    duties = len({one.duty for one in changes})
    return f"The outcome of {duties} {'duty' if duties == 1 else 'duties'} changes."


def _what(change: Change) -> str:
    """From which outcome to which, and when."""
    since = f"from {change.first}" if change.first.year > 1 else ""
    until = f"until {change.last}" if change.last else ""
    when = " ".join(part for part in (since, until) if part) or "always"
    return f"{_TOLD[change.before]} -> {_TOLD[change.after]}, {when}{_WORD[change.stated]}"


def _whose(change: Change, comparison: Comparison) -> str:
    """The answers meant, and how many classes of answers that is."""
    answers = "; ".join(_answer(fact, among, comparison) for fact, among in change.answers.items())
    return f"{answers or 'whatever the answers'} ({change.classes:,} of {change.of:,} classes)"


def _answer(fact: str, among: tuple[int, ...], comparison: Comparison) -> str:
    """Some answers to a fact; those it is not, where these are fewer."""
    every = range(comparison.classes[fact].unknown + 1)
    others = tuple(index for index in every if index not in among)
    if len(others) < len(among):
        return f"{fact} any but {_either(comparison.values(fact, others))}"
    return f"{fact} {_either(comparison.values(fact, among))}"


def _either(values: tuple[Value, ...]) -> str:
    """Values as alternatives; several choices made together are joined by a plus."""
    given = (plain(value) for value in values)
    return " or ".join(("+".join(one) or "none") if isinstance(one, list) else str(one) for one in given)


def _data(comparison: Comparison) -> dict[str, Any]:
    return {
        "changes": [_change(one, comparison) for one in comparison.changes],
        "added": list(comparison.added),
        "removed": list(comparison.removed),
        "reworded": list(comparison.reworded),
    }


def _change(change: Change, comparison: Comparison) -> dict[str, Any]:
    return {
        "duty": change.duty,
        "from": change.first.isoformat() if change.first.year > 1 else None,
        "until": change.last.isoformat() if change.last else None,
        "stated": change.stated,
        "answers": {
            fact: [plain(value) for value in comparison.values(fact, among)]
            for fact, among in change.answers.items()
        },
        "before": change.before.value,
        "after": change.after.value,
        "classes": change.classes,
        "of": change.of,
    }
