"""The same questions answered by trying everything: slow, plain, and sharing nothing with the diagrams.

A small vocabulary, random conditions over it, and for each full set of answers what it comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from hypothesis import strategies as st

from dialogs.rules.logic import All, Any, Is, MoreThan, Node, Not, Truth
from dialogs.rules.model import Option, Outcome, Question
from dialogs.rules.values import UNKNOWN, Band, Unknown, Value

TAGS = ("a", "b")
COLOURS = ("red", "green", "blue")
LARGEST = 3

KNOWN: Mapping[str, tuple[Value, ...]] = {
    "colour": COLOURS,
    "size": tuple(range(LARGEST + 1)),
    "tags": tuple(some for n in range(len(TAGS) + 1) for some in combinations(TAGS, n)),
}
"""Every answer but 'unknown', in the order of asking. Conditions do not tell larger sizes apart."""

FACTS: Mapping[str, Question] = {
    "colour": Question("colour", "option", "?", "", options=tuple(Option(c, c, ()) for c in COLOURS)),
    "size": Question("size", "count", "?", ""),
    "tags": Question("tags", "several", "?", "", options=tuple(Option(t, t, ()) for t in TAGS)),
}

OUTCOMES: Mapping[Truth, Outcome] = {
    Truth.TRUE: Outcome.APPLIES,
    Truth.FALSE: Outcome.DOES_NOT_APPLY,
    Truth.UNSURE: Outcome.ASK_THE_OFFICE,
}

Domains = Mapping[str, tuple[Value, ...]]
"""The answers each fact may still get."""


def _is(fact: str, ids: tuple[str, ...]) -> st.SearchStrategy[Node]:
    shares = st.tuples(*(st.sampled_from(["named", "disputed", "absent"]) for _ in ids)).filter(
        lambda shares: set(shares) != {"absent"}
    )
    return shares.map(
        lambda shares: Is(
            fact,
            tuple(id_ for id_, share in zip(ids, shares, strict=True) if share == "named"),
            tuple(id_ for id_, share in zip(ids, shares, strict=True) if share == "disputed"),
        )
    )


LEAVES: st.SearchStrategy[Node] = st.one_of(
    _is("colour", COLOURS),
    _is("tags", TAGS),
    st.builds(MoreThan, st.just("size"), st.integers(0, LARGEST - 1), st.booleans()),
)

CONDITIONS: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=6,
)

RULEBOOKS = st.lists(CONDITIONS, min_size=1, max_size=3)
"""The conditions of up to three duties."""

BANDS = st.tuples(st.integers(0, LARGEST), st.integers(0, LARGEST) | st.none()).map(
    lambda ends: Band(ends[0], ends[1] if ends[1] is None else max(ends))
)

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "colour": st.sampled_from([*KNOWN["colour"], UNKNOWN]),
        "size": st.sampled_from([*KNOWN["size"], UNKNOWN]) | BANDS,
        "tags": st.sampled_from([*KNOWN["tags"], UNKNOWN]),
    },
)
"""Some facts answered: with a value, with a band, or with 'unknown'."""


def truth(node: Node, values: Mapping[str, Value]) -> Truth:
    """A condition when every fact is known: one FALSE decides an All, one TRUE an Any."""
    match node:
        case All(parts):
            found = [truth(part, values) for part in parts]
            return min(found, key=[Truth.FALSE, Truth.UNSURE, Truth.TRUE].index)
        case Any(parts):
            found = [truth(part, values) for part in parts]
            return min(found, key=[Truth.TRUE, Truth.UNSURE, Truth.FALSE].index)
        case Not(part):
            turned = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
            return turned.get(truth(part, values), Truth.UNSURE)
        case Is() | MoreThan():
            return node.test(values[node.fact])
        case Truth():
            return node


def domains(answers: Mapping[str, Value]) -> Domains:
    """What each fact may still be answered with: anything or 'unknown', unless it was answered."""
    return {fact: tuple(_possible(values, answers.get(fact))) for fact, values in KNOWN.items()}


def _possible(values: tuple[Value, ...], answer: Value | None) -> Iterator[Value]:
    if answer is None:
        yield from (*values, UNKNOWN)
    elif isinstance(answer, Band):
        yield from (value for value in values if isinstance(value, int) and value in answer)
    else:
        yield answer


class Brute:
    """What every full set of answers comes to, for each condition."""

    def __init__(self, conditions: list[Node]) -> None:
        self.table = {
            answers: tuple(OUTCOMES[_settled(node, answers)] for node in conditions)
            for answers in product(*((*values, UNKNOWN) for values in KNOWN.values()))
        }

    def outcomes(self, left: Domains) -> set[tuple[Outcome, ...]]:
        """Every combination of outcomes still possible."""
        return {self.table[answers] for answers in product(*left.values())}

    def matters(self, fact: str, left: Domains) -> bool:
        """Whether some two answers to a fact, with all else the same, come to different outcomes."""
        others = [left[other] if other != fact else (None,) for other in left]
        place = list(left).index(fact)
        return any(
            len({self.table[(*rest[:place], value, *rest[place + 1 :])] for value in left[fact]}) > 1
            for rest in product(*others)
        )

    def next_question(self, left: Domains) -> str | None:
        """The first fact that matters."""
        return next((fact for fact in left if self.matters(fact, left)), None)

    def longest(self, left: Domains) -> int:
        """The most questions anybody can be asked from here, whatever the answers."""
        fact = self.next_question(left)
        if fact is None:
            return 0
        return 1 + max(self.longest({**left, fact: (value,)}) for value in left[fact])


def _settled(node: Node, answers: tuple[Value, ...]) -> Truth:
    """A condition's truth where facts may stay unknown: what all their values agree on, else UNSURE."""
    known = [
        values if isinstance(answer, Unknown) else (answer,)
        for answer, values in zip(answers, KNOWN.values(), strict=True)
    ]
    found = {truth(node, dict(zip(KNOWN, values, strict=True))) for values in product(*known)}
    return found.pop() if len(found) == 1 else Truth.UNSURE
