"""A condition as TOML writes it: { all = [...] }, { any = [...] }, { not = {...} } or a test of one fact.

A test is { fact = "holder", is = ["individual"] }, { fact = "followers", more_than = 30000 } or `at_least`;
`disputed` lists options on which the sources differ, `passage` says where the source has it, if another
passage than the duty's. `says` is how the source puts a number, in its own words ("超过3万"), and is held
against it. An option that counts as another meets the other's tests. A number that has changed
is a list of values: [{ from = 2017-07-14, to = 2019-12-31, value = 30000 }, { from = 2020-01-01, value = … }].
{ vague = "…" } is what a source leaves so open that only the office can say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dialogs.rules.logic import All, Any, Dated, Is, Leaf, MoreThan, Node, Not, Vague
from dialogs.rules.model import Question
from dialogs.rules.reader import Table


def read_condition(t: Table, facts: Mapping[str, Question]) -> Node:
    """The condition in a table. Raises RulebookError for unknown facts and options."""
    node: Node
    if t.has("all") or t.has("any"):
        key = "all" if t.has("all") else "any"
        parts = tuple(read_condition(part, facts) for part in t.tables(key))
        if len(parts) < 2:
            raise t.fail(key, "at least two conditions")
        node = All(parts) if key == "all" else Any(parts)
    elif t.has("not"):
        node = Not(read_condition(t.table("not"), facts))
    elif t.has("vague"):
        node = Vague(t.text("vague"), t.text("passage", ""))
    else:
        node = _leaf(t, facts)
    t.done()
    return node


def _leaf(t: Table, facts: Mapping[str, Question]) -> Leaf | Dated:
    fact = t.text("fact")
    if fact not in facts:
        raise t.fail("fact", f"one of {', '.join(facts)}, not {fact!r}")
    question = facts[fact]
    if question.kind == "locality":
        raise t.fail("fact", f"a fact about a place, and {fact} only says which places are asked about")
    for key in ("more_than", "at_least"):
        if t.has(key):
            if question.kind != "count":
                raise t.fail(key, f"a count, and {fact} is none")
            return _threshold(t, key, fact)
    return _option(t, question)


def _threshold(t: Table, key: str, fact: str) -> MoreThan | Dated:
    """A number, or several, each for its time: one begins the day after the other ends."""
    passage, inclusive = t.text("passage", ""), key == "at_least"
    if not isinstance(t.raw(key), list):
        return MoreThan(fact, t.whole(key), inclusive, passage, t.text("says", ""))
    periods: list[tuple[date, date | None, Leaf]] = []
    for entry in t.tables(key):
        first, last = entry.day("from"), entry.day("to", required=False)
        if first is None or (last and last < first):
            raise entry.fail("to", f"a day not before {first}, not {last}")
        _joins(t, key, periods, first)
        periods.append((first, last, _valued(entry, fact, inclusive, passage)))
        entry.done()
    if not periods:
        raise t.fail(key, "at least one value")
    return Dated(tuple(periods))


def _valued(entry: Table, fact: str, inclusive: bool, passage: str) -> MoreThan:
    return MoreThan(fact, entry.whole("value"), inclusive, passage, entry.text("says", ""))


def _joins(t: Table, key: str, before: list[tuple[date, date | None, Leaf]], first: date) -> None:
    """Refuses a gap before, or an overlap with, what begins at `first`; names a day of it."""
    if not before:
        return
    last = before[-1][1]
    if last is None or first <= last:
        raise t.fail(key, f"one value for {first}, and there are two")
    if first > last + timedelta(days=1):
        raise t.fail(key, f"a value for {last + timedelta(days=1)}, and there is none")


def _option(t: Table, question: Question) -> Is:
    options, disputed, passage = t.texts("is"), t.texts("disputed"), t.text("passage", "")
    known = [option.id for option in question.options]
    for option in options + disputed:
        if option not in known:
            raise t.fail("is", f"options of {question.id} ({', '.join(known)}), not {option!r}")
    if not options + disputed:
        raise t.fail("is", "at least one option, or more_than, or at_least")
    for option in sorted(set(options) & set(disputed)):
        raise t.fail("disputed", f"options that are not in `is` too, not {option!r}")
    return Is(question.id, _counting(question, options), _counting(question, disputed), passage)


def _counting(question: Question, options: tuple[str, ...]) -> tuple[str, ...]:
    """These options, with those that count as one of them."""
    return (*options, *(o.id for o in question.options if o.counts_as in options and o.id not in options))
