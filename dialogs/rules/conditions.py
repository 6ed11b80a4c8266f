"""A condition as TOML writes it: { all = [...] }, { any = [...] }, { not = {...} } or a test of one fact.

A test is { fact = "holder", is = ["individual"] }, { fact = "followers", more_than = 30000 } or `at_least`;
`disputed` lists options on which the sources differ, `passage` says where the source has it, if another
passage than the duty's.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.rules.logic import All, Any, Is, Leaf, MoreThan, Node, Not
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
    else:
        node = _leaf(t, facts)
    t.done()
    return node


def _leaf(t: Table, facts: Mapping[str, Question]) -> Leaf:
    fact = t.text("fact")
    if fact not in facts:
        raise t.fail("fact", f"one of {', '.join(facts)}, not {fact!r}")
    question, passage = facts[fact], t.text("passage", "")
    for key in ("more_than", "at_least"):
        if t.has(key):
            if question.kind != "count":
                raise t.fail(key, f"a count, and {fact} is none")
            return MoreThan(fact, t.whole(key), key == "at_least", passage)
    options, disputed = t.texts("is"), t.texts("disputed")
    known = [option.id for option in question.options]
    for option in options + disputed:
        if option not in known:
            raise t.fail("is", f"options of {fact} ({', '.join(known)}), not {option!r}")
    if not options + disputed:
        raise t.fail("is", "at least one option, or more_than, or at_least")
    for option in sorted(set(options) & set(disputed)):
        raise t.fail("disputed", f"options that are not in `is` too, not {option!r}")
    return Is(fact, options, disputed, passage)
