"""Random rulebooks with two or three towns, and what every full set of answers comes to: by trying them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from hypothesis import strategies as st

from dialogs.rules.logic import All, Any, Is, MoreThan, Node, Not, Truth
from dialogs.rules.model import ELSEWHERE, Duty, Instrument, Option, Outcome, Place, Question, Rulebook
from dialogs.rules.values import UNKNOWN, Value
from tests.dialogs.rules.brute import OUTCOMES, truth

DAY = date(2026, 11, 20)
KINDS = ("red", "green")
SIZES = (0, 1, 2)
TOWNS = ("ash", "birch", "cedar")
LOCAL = ("home", "work")
"""The facts that have a town as their answer."""


def _options(ids: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(id_, id_, ()) for id_ in ids)


def _facts(towns: tuple[str, ...]) -> dict[str, Question]:
    """Kind before the place, size between the two facts that have one."""
    there = _options((*towns, ELSEWHERE))
    return {
        "kind": Question("kind", "option", "?", "", options=_options(KINDS)),
        "place": Question("place", "locality", "?", "", options=there),
        "home": Question("home", "place", "?", "", options=there),
        "size": Question("size", "count", "?", ""),
        "work": Question("work", "place", "?", "", options=there),
    }


_ANYWHERE: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from(KINDS).map(lambda kind: Is("kind", (kind,))),
    st.sampled_from(KINDS).map(lambda kind: Is("kind", (), (kind,))),
    st.builds(MoreThan, st.just("size"), st.integers(0, 1)),
    st.builds(Not, st.builds(MoreThan, st.just("size"), st.integers(0, 1))),
)


def _there(town: str) -> st.SearchStrategy[Node]:
    """A condition that cannot hold of anybody outside the town."""
    home, work = Is("home", (town,)), Is("work", (town,))
    here: list[Node] = [home, work, Any((home, work)), All((home, work))]
    extra = st.builds(lambda one, other: Any((one, All((home, other)))), st.sampled_from(here), _ANYWHERE)
    return st.builds(
        lambda where, what: All((where, what)) if what else where,
        st.sampled_from(here) | extra,
        st.none() | _ANYWHERE,
    )


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """A national duty, and one or two of each town."""
    towns = TOWNS[: draw(st.sampled_from([2, 3]))]
    conditions = [("", draw(_ANYWHERE))]
    for town in towns:
        conditions += [(town, draw(_there(town))) for _ in range(draw(st.integers(1, 2)))]
    return _rulebook(towns, conditions)


def _rulebook(towns: tuple[str, ...], conditions: list[tuple[str, Node]]) -> Rulebook:
    instruments = {town: _instrument(town) for town, _ in conditions}
    duties = {
        f"{town}/{i}": Duty(f"{town}/{i}", town, "", "", "registration", "office", when, ())
        for i, (town, when) in enumerate(conditions)
    }
    places = {town: Place(town, town, ()) for town in towns}
    return Rulebook("", _facts(towns), places, {}, instruments, duties, (), {})


def _instrument(town: str) -> Instrument:
    return Instrument(town, "", "", "", "", "Asia/Shanghai", "in_force", date(2020, 1, 1), (), place=town)


def full(rulebook: Rulebook) -> Iterator[dict[str, Value]]:
    """Every full set of answers that can be given: of towns, only about the one that was named."""
    for place in (*rulebook.places, ELSEWHERE, UNKNOWN):
        town = (place,) if place in rulebook.places else ()
        there = (*town, ELSEWHERE, UNKNOWN) if town else (None,)
        for kind, home, size, work in product((*KINDS, UNKNOWN), there, (*SIZES, UNKNOWN), there):
            given = {"kind": kind, "place": place, "home": home, "size": size, "work": work}
            yield {fact: value for fact, value in given.items() if value is not None}


def outcome(duty: Duty, answers: Mapping[str, Value], rulebook: Rulebook) -> Outcome:
    """What a duty comes to: of a town that was not named nobody lives or works there, or it is not known."""
    place = answers["place"]
    if duty.instrument and place != duty.instrument:
        implied = UNKNOWN if place is UNKNOWN else ELSEWHERE
        answers = {**answers, **dict.fromkeys(LOCAL, implied)}
    there = (*rulebook.places, ELSEWHERE)
    domains: dict[str, tuple[Value, ...]] = {"kind": KINDS, "home": there, "size": SIZES, "work": there}
    known = [
        values if answers.get(fact, UNKNOWN) is UNKNOWN else (answers[fact],)
        for fact, values in domains.items()
    ]
    found = {truth(duty.when, dict(zip(domains, values, strict=True))) for values in product(*known)}
    return OUTCOMES[found.pop() if len(found) == 1 else Truth.UNSURE]


def outcomes(answers: Mapping[str, Value], rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What all duties come to."""
    return tuple(outcome(duty, answers, rulebook) for duty in rulebook.duties.values())
