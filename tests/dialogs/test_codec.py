from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs import codec, messages, office
from dialogs.conversation import (
    At,
    Check,
    Choosing,
    Clarify,
    Consent,
    Conversation,
    Draft,
    Editing,
    OfficeAnswered,
    Wording,
)
from dialogs.filing import Arrival, Filing, State, Step
from dialogs.rules.statement import Statement
from dialogs.rules.values import UNKNOWN, Band

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = texts.filter(lambda name: name != "_")
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
whole = st.integers(0, 10**12)
bands = st.builds(lambda low, more: Band(low, None if more is None else low + more), whole, st.none() | whole)
values = texts | whole | bands | st.lists(texts, max_size=3).map(tuple) | days | st.just(UNKNOWN)
answers = st.dictionaries(names, values, max_size=4)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
opened = st.one_of(
    st.builds(Clarify, texts, st.lists(values, min_size=1, max_size=3).map(tuple)),
    st.builds(Choosing, texts, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Editing, texts),
    st.builds(Wording, texts, texts, texts),
    st.builds(At, texts, about=texts),
)
receipts = st.builds(office.Receipt, texts, texts, whole, texts, moments, st.booleans())
drafts = st.builds(
    Draft,
    form=texts,
    duties=st.lists(texts, max_size=2).map(tuple),
    facts=answers,
    answers=answers,
    consent=st.none() | st.builds(Consent, texts, texts, moments),
    began=st.booleans(),
    asked=pairs,
)
plain_filings = st.builds(
    Filing,
    reference=texts,
    revision=whole,
    office=texts,
    form=texts,
    duties=st.lists(texts, max_size=2).map(tuple),
    rulebook=texts,
    fields=pairs,
    confirmed_at=moments,
    since=moments,
    facts=answers,
    state=st.sampled_from(State),
    receipt=st.none() | receipts,
    returned=pairs,
    ends_at=st.none() | moments,
    arrival=st.sampled_from(Arrival),
    before=st.none() | st.sampled_from(State),
    proof=texts,
    correct_by=st.none() | days,
)
filings = plain_filings | st.builds(
    lambda later, earlier: replace(later, earlier=earlier), plain_filings, plain_filings
)
conversations = st.builds(
    Conversation,
    language=texts,
    check=st.none() | st.builds(Check, answers, st.none() | days),
    draft=st.none() | drafts,
    aside=st.lists(drafts, max_size=1).map(tuple),
    open=st.none() | opened,
    filings=st.lists(filings, max_size=2).map(tuple),
    turn=whole,
    last_said=st.none() | moments,
)
simple = st.one_of(
    texts,
    st.builds(messages.Number, whole),
    st.builds(messages.Day, days),
    st.builds(messages.Moment, moments),
)
slots = st.lists(st.tuples(texts, simple), max_size=2).map(tuple)
plain_texts = st.builds(messages.Text, texts, slots, st.none() | texts, whole)
parts = st.recursive(
    simple | plain_texts,
    lambda inner: st.builds(
        messages.Items, st.lists(inner, max_size=3).map(tuple), st.sampled_from(["and", "or", "apart"])
    ),
    max_leaves=4,
)
shown = st.builds(
    messages.Message,
    lines=st.lists(parts, max_size=3).map(tuple),
    buttons=st.lists(
        st.builds(messages.Button, texts, plain_texts, st.lists(texts, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    hints=st.lists(plain_texts, max_size=2).map(tuple),
    numbered=st.booleans(),
    sensitive=st.booleans(),
    files=st.lists(st.tuples(texts, texts, texts), max_size=2).map(tuple),
)
statements = st.builds(
    Statement,
    duty=texts,
    collects=st.booleans(),
    since=days,
    stated_at=moments,
    until=st.none() | days,
    documents=st.lists(texts, max_size=2).map(tuple),
)


def there_and_back(value: object) -> Any:
    """A value as it comes out of a row it was written to."""
    written = json.dumps(codec.encode(value), ensure_ascii=False).encode()
    return codec.decode(json.loads(written))


@QUICK
@given(conversations)
def test_a_conversation_comes_back_as_it_was(conversation: Conversation) -> None:
    """With every kind of answer, question, draft and filing in it."""
    assert there_and_back(conversation) == conversation


@QUICK
@given(shown)
def test_a_message_comes_back_as_it_was(message: messages.Message) -> None:
    """With every kind of part."""
    assert there_and_back(message) == message


@QUICK
@given(statements)
def test_a_statement_comes_back_as_it_was(statement: Statement) -> None:
    """What an office says is kept in the same way."""
    assert there_and_back(statement) == statement


@pytest.mark.parametrize(
    "answer",
    [
        office.Received(5, datetime(2026, 11, 20, tzinfo=UTC)),
        office.Returned((("account_name", "Another."),)),
        office.Absent(),
        office.Busy(3),
        office.Unclear("cut"),
        office.Blocked(403),
    ],
)
def test_an_answer_of_the_office_comes_back_as_it_was(answer: office.Answer) -> None:
    """Each of its kinds, though none is kept today."""
    assert there_and_back(OfficeAnswered("BN-1", 1, Step.LOOK_UP, answer)).answer == answer


def test_what_is_as_always_is_not_written() -> None:
    """So that a field added later reads states written before it."""
    assert codec.encode(Conversation()) == {"_": "Conversation"}
    assert codec.encode(Check()) == {"_": "Check"}
    assert codec.decode({"_": "Conversation"}) == Conversation()


def test_true_does_not_become_one() -> None:
    """Python holds True and 1 equal; they come back as what they were."""
    assert repr(there_and_back((True, 1, False, 0, None))) == repr((True, 1, False, 0, None))


@pytest.mark.parametrize("value", [object(), {1}, 1.5, b"bytes", [1], Exception("no")])
def test_what_is_no_part_of_a_conversation_is_refused(value: object) -> None:
    """It is a mistake of ours, and shows at once instead of at the next reading."""
    with pytest.raises(TypeError, match="not part of a conversation"):
        codec.encode(value)


@pytest.mark.parametrize("written", [{"_": "Gone"}, {"_": "Conversation", "open": {"_": "Gone"}}])
def test_a_class_that_is_no_longer_known_is_named(written: dict[str, Any]) -> None:
    """A row written by another version is not half read."""
    with pytest.raises(KeyError, match="Gone"):
        codec.decode(written)


def test_a_field_that_is_no_longer_known_is_refused() -> None:
    """Neither is an answer dropped in silence."""
    with pytest.raises(TypeError):
        codec.decode({"_": "Check", "gone": 1})
    with pytest.raises(ValueError, match="gone"):
        codec.decode({"_": "State", "v": "gone"})
