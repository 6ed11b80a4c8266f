from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.rules.load import load
from dialogs.rules.logic import All, Any, Dated, Is, MoreThan, Node, Not, Truth, Vague
from dialogs.rules.model import Duty, Instrument, Option, Outcome, Place, Question, Rulebook
from dialogs.rules.tree import Branching, Explained, Held, Open, explained, forcing
from dialogs.rules.values import UNKNOWN, Band, Unknown, Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules import towns
from tests.dialogs.rules.brute import ANSWERS, FACTS, KNOWN, RULEBOOKS, Brute, domains, truth
from tests.dialogs.rules.small import changed

DAY = date(2026, 11, 20)
RED, BIG, TAGGED = Is("colour", ("red",)), MoreThan("size", 1), Is("tags", ("a",))


def a_rulebook(conditions: list[Node]) -> Rulebook:
    """One instrument that is in force everywhere, with a duty for each condition."""
    instrument = Instrument("act", "", "", "", "", "Asia/Shanghai", "in_force", date(2020, 1, 1), ())
    duties = {
        f"act/{i}": Duty(f"act/{i}", "act", "", "", "registration", "office", when, ())
        for i, when in enumerate(conditions)
    }
    return Rulebook("", FACTS, {}, {}, {"act": instrument}, duties, (), {})


def nodes(node: Node, tree: Explained) -> Iterator[tuple[Node, Explained]]:
    """Every condition within a condition, with what the tree says of it."""
    yield node, tree
    if isinstance(node, (All, Any, Not)):
        parts = (node.part,) if isinstance(node, Not) else node.parts
        assert isinstance(tree, Branching)
        assert tree.how == type(node).__name__.lower()
        for part, below in zip(parts, tree.parts, strict=True):
            yield from nodes(part, below)


def three_valued(node: Node, answers: Mapping[str, Value]) -> Truth:
    """Kleene's truth of a condition; a test of what is not known, or not known exactly, is UNSURE."""
    if isinstance(node, (All, Any)):
        order = [Truth.FALSE, Truth.UNSURE, Truth.TRUE]
        found = sorted(order.index(three_valued(part, answers)) for part in node.parts)
        return order[found[0] if isinstance(node, All) else found[-1]]
    if isinstance(node, Not):
        turned = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
        return turned.get(three_valued(node.part, answers), Truth.UNSURE)
    assert isinstance(node, (Is, MoreThan))
    answer = answers.get(node.fact, UNKNOWN)
    if isinstance(answer, Unknown):
        return Truth.UNSURE
    possible = [n for n in range(10) if n in answer] if isinstance(answer, Band) else [answer]
    tests = {node.test(value) for value in possible}
    return tests.pop() if len(tests) == 1 else Truth.UNSURE


@settings(deadline=None)
@given(RULEBOOKS, ANSWERS)
def test_the_tree_tells_the_truth_at_every_node(conditions: list[Node], answers: dict[str, Value]) -> None:
    """In three-valued logic, with the answer each leaf was held against."""
    for condition in conditions:
        for node, tree in nodes(condition, explained(condition, answers)):
            assert not isinstance(tree, Open)
            assert tree.met is three_valued(node, answers)
            if isinstance(tree, Held):
                assert tree.leaf == node
                assert tree.answer == answers.get(tree.leaf.fact)


@settings(deadline=None)
@given(RULEBOOKS, ANSWERS)
def test_what_the_tree_calls_met_is_met_whatever_the_rest(
    conditions: list[Node], answers: dict[str, Value]
) -> None:
    """✓ and ✗ hold for every value that what is not known may have."""
    known = {fact: [v for v in values if v is not UNKNOWN] or list(KNOWN[fact])
             for fact, values in domains(answers).items()}  # fmt: skip
    for condition in conditions:
        for node, tree in nodes(condition, explained(condition, answers)):
            assert not isinstance(tree, Open)
            if tree.met is not Truth.UNSURE:
                found = {
                    truth(node, dict(zip(known, some, strict=True))) for some in product(*known.values())
                }
                assert found == {tree.met}


def smaller(answers: Mapping[str, Value], size: int) -> Iterator[dict[str, Value]]:
    """Every set of fewer answers."""
    for n in range(size):
        for facts in combinations(answers, n):
            yield {fact: answers[fact] for fact in facts}


@settings(deadline=None)
@given(RULEBOOKS, ANSWERS)
def test_the_forcing_answers_are_enough_and_the_fewest(
    conditions: list[Node], answers: dict[str, Value]
) -> None:
    """Whatever else is answered, it is the same; fewer answers never force it. Found by trying all."""
    book, brute = a_rulebook(conditions), Brute(conditions)

    def possible(some: Mapping[str, Value], duty: int) -> set[Outcome]:
        return {outcomes[duty] for outcomes in brute.outcomes(domains(some))}

    for i, result in enumerate(assess(answers, book, DAY).results):
        forced = forcing(result, answers, book, DAY)
        if result.outcome is Outcome.UNDETERMINED:
            assert forced == ()
            continue
        assert possible({fact: answers[fact] for fact in forced}, i) == {result.outcome}
        assert all(possible(some, i) != {result.outcome} for some in smaller(answers, len(forced)))


@settings(max_examples=60, deadline=None)
@given(towns.rulebooks(), st.data())
def test_a_place_forces_as_the_interview_asks_about_it(book: Rulebook, data: st.DataObject) -> None:
    """Of several towns only the one named is asked about, so naming one may be all that is needed."""
    every = list(towns.full(book))
    answers = data.draw(st.sampled_from(every))

    def possible(some: Mapping[str, Value], duty: Duty) -> set[Outcome]:
        return {towns.outcome(duty, one, book) for one in every if some.items() <= one.items()}

    for result in assess(answers, book, DAY).results:
        forced = forcing(result, answers, book, DAY)
        assert possible({fact: answers[fact] for fact in forced}, result.duty) == {result.outcome}
        few = smaller(answers, len(forced))
        assert all(possible(some, result.duty) != {result.outcome} for some in few)


FORCED: list[tuple[Node, dict[str, Value], Outcome, tuple[str, ...]]] = [
    (All((RED, BIG)), {"colour": "red", "size": 2}, Outcome.APPLIES, ("colour", "size")),
    (All((RED, BIG)), {"colour": "green", "size": 2}, Outcome.DOES_NOT_APPLY, ("colour",)),
    (All((RED, BIG)), {"size": 0, "colour": "green"}, Outcome.DOES_NOT_APPLY, ("colour",)),
    (All((RED, BIG)), {"colour": "red", "size": Band(2, 5)}, Outcome.APPLIES, ("colour", "size")),
    (All((RED, BIG)), {"colour": "red", "size": UNKNOWN}, Outcome.ASK_THE_OFFICE, ("colour", "size")),
    (Any((RED, BIG)), {"colour": "red", "size": 2}, Outcome.APPLIES, ("colour",)),
    (Any((RED, BIG)), {"colour": "green", "size": 2}, Outcome.APPLIES, ("size",)),
    (Not(Any((RED, BIG))), {"colour": "green", "size": 0, "tags": ()}, Outcome.APPLIES, ("colour", "size")),
    (Any((All((RED, BIG)), TAGGED)), {"colour": "red", "size": 2, "tags": ("a", "b")}, Outcome.APPLIES,
     ("tags",)),
    (All((RED, Vague("media attributes"))), {"colour": "red"}, Outcome.ASK_THE_OFFICE, ("colour",)),
    (All((RED, Vague("media attributes"))), {"colour": "green"}, Outcome.DOES_NOT_APPLY, ("colour",)),
    (Vague("media attributes"), {"colour": "red"}, Outcome.ASK_THE_OFFICE, ()),
    (Is("colour", ("red",), ("green",)), {"colour": "green"}, Outcome.ASK_THE_OFFICE, ("colour",)),
    (All((RED, BIG)), {"colour": "red"}, Outcome.UNDETERMINED, ()),
    (All((RED, BIG)), {"colour": "red", "size": Band(0, 5)}, Outcome.UNDETERMINED, ()),
]  # fmt: skip


TOWN = Any((Is("home", ("ash",)), Is("work", ("ash",))))
THERE = tuple(Option(town, town, ()) for town in ("ash", "birch", "elsewhere"))
TWO_TOWNS = replace(
    a_rulebook([TOWN]),
    facts={
        "place": Question("place", "locality", "?", "", options=THERE),
        "home": Question("home", "place", "?", "", options=THERE),
        "work": Question("work", "place", "?", "", options=THERE),
    },
    places={town: Place(town, town, ()) for town in ("ash", "birch")},
    instruments={"act": replace(a_rulebook([]).instruments["act"], place="ash")},
)


@pytest.mark.parametrize(
    ("answers", "outcome", "forced"),
    [
        ({"place": "ash", "home": "ash"}, Outcome.APPLIES, ("home",)),
        ({"place": "birch", "home": "birch"}, Outcome.DOES_NOT_APPLY, ("place",)),
        ({"home": "birch"}, Outcome.DOES_NOT_APPLY, ("home",)),
        ({"place": "ash", "home": UNKNOWN, "work": UNKNOWN}, Outcome.ASK_THE_OFFICE,
         ("place", "home", "work")),
        ({"home": UNKNOWN, "work": UNKNOWN}, Outcome.ASK_THE_OFFICE, ("home", "work")),
        ({"place": UNKNOWN}, Outcome.ASK_THE_OFFICE, ("place",)),
    ],
)  # fmt: skip
def test_the_forcing_answers_of_a_town(
    answers: dict[str, Value], outcome: Outcome, forced: tuple[str, ...]
) -> None:
    """An answer about another town names that; not to know whether it is there needs the town to be named."""
    result = assess(answers, TWO_TOWNS, DAY).result("act/0")
    assert result.outcome is outcome
    assert forcing(result, answers, TWO_TOWNS, DAY) == forced


@pytest.mark.parametrize(("when", "answers", "outcome", "forced"), FORCED)
def test_the_forcing_answers_of_a_duty(
    when: Node, answers: dict[str, Value], outcome: Outcome, forced: tuple[str, ...]
) -> None:
    """The first asked of several as short; none where it is open, or hangs on no answer."""
    book = a_rulebook([when])
    result = assess(answers, book, DAY).result("act/0")
    assert result.outcome is outcome
    assert forcing(result, answers, book, DAY) == forced


def test_what_is_vague_is_open_and_what_was_not_asked_has_no_answer() -> None:
    """Neither is met nor missed."""
    terms = Vague("media attributes", "art. 3")
    tree = explained(All((Any((RED, BIG)), terms)), {"colour": "red"})
    assert tree == Branching(
        "all",
        Truth.UNSURE,
        (
            Branching("any", Truth.TRUE, (Held(RED, "red", Truth.TRUE), Held(BIG, None, Truth.UNSURE))),
            Open(terms),
        ),
    )


def test_a_disputed_answer_is_unsure_and_not_to_know_is_too() -> None:
    """The answer tells them apart."""
    disputed = Is("colour", (), ("green",))
    assert explained(disputed, {"colour": "green"}) == Held(disputed, "green", Truth.UNSURE)
    assert explained(disputed, {"colour": UNKNOWN}) == Held(disputed, UNKNOWN, Truth.UNSURE)
    assert explained(disputed, {"colour": "red"}) == Held(disputed, "red", Truth.FALSE)


DATED = load(
    changed(
        "cn/city.toml",
        "more_than = 1000 }",
        "more_than = [{ from = 2020-01-01, to = 2020-01-15, value = 1000 },"
        " { from = 2020-01-16, to = 2020-01-31, value = 3000 }] }",
    )
)
PERSON: dict[str, Value] = {"platform": "weibo", "followers": 2000, "residence": "city"}


@pytest.mark.parametrize(
    ("day", "limit", "outcome", "forced"),
    [
        (date(2020, 1, 15), 1000, Outcome.APPLIES, ("platform", "followers", "residence")),
        (date(2020, 1, 16), 3000, Outcome.DOES_NOT_APPLY, ("followers",)),
    ],
)
def test_a_value_is_that_of_the_day(day: date, limit: int, outcome: Outcome, forced: tuple[str, ...]) -> None:
    """In the tree, and in what forces the outcome."""
    result = assess(PERSON, DATED, day).result("city-2020/weibo")
    assert result.outcome is outcome
    assert forcing(result, PERSON, DATED, day) == forced
    tree = explained(result.when, PERSON)
    assert isinstance(tree, Branching)
    held = next(one for one in tree.parts if isinstance(one, Held) and one.leaf.fact == "followers")
    assert str(held.leaf) == f"followers > {limit}"
    assert held.met is (Truth.TRUE if limit < 2000 else Truth.FALSE)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 2, 1)])
def test_outside_all_periods_nothing_is_explained(day: date) -> None:
    """Not by the last value known, nor by the first."""
    result = assess(PERSON, DATED, day).result("city-2020/weibo")
    assert result.outcome is Outcome.NOT_IN_FORCE
    assert forcing(result, PERSON, DATED, day) == ()
    with pytest.raises(TypeError, match="no condition of a day"):
        explained(result.when, PERSON)
    with pytest.raises(TypeError, match="no condition of a day"):
        explained(Dated(()), {})
