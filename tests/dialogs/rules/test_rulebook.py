"""The shipped files: what every text, source and form in them has to be, whatever the law says."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from bot.rulebook import rulebook, texts
from dialogs.parsing.text import fold
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import Is, Truth, facts_of, leaves
from dialogs.rules.model import Duty, Instrument, Question
from dialogs.rules.values import Value

RULEBOOK = rulebook()
FILES = {name: tomllib.loads(text) for name, text in texts().items()}
QUESTIONS = [*RULEBOOK.facts.values(), *(f.question for form in RULEBOOK.forms.values() for f in form.fields)]
DUTIES = list(RULEBOOK.duties.values())


def told(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file with its key."""
    if isinstance(value, dict):
        yield from chain.from_iterable(told(item, name) for name, item in value.items())
    elif isinstance(value, list):
        yield from chain.from_iterable(told(item, key) for item in value)
    elif isinstance(value, str):
        yield key, value


@pytest.mark.parametrize("name", FILES)
def test_texts_are_calm_and_lines_are_short(name: str) -> None:
    """No exclamation marks, no address with a scheme, no stray space, no line that has to be scrolled."""
    for _, text in told(FILES[name]):
        assert not re.search(r"!|https?:|  |^ | $|\n", text), text
    assert [line for line in texts()[name].splitlines() if len(line) > 110] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_a_question_is_one_question(question: Question) -> None:
    """It ends with its question mark; its hint goes into brackets and has none of its own."""
    assert question.ask.endswith("?")
    assert question.ask.count("?") == 1
    assert not question.hint.startswith("(")
    assert question.hint[-1:] not in {".", "?"}


@pytest.mark.parametrize("question", RULEBOOK.facts.values(), ids=lambda q: q.id)
def test_a_fact_can_be_said_back_explained_and_reasoned_with(question: Question) -> None:
    """'Why do you ask' has an answer that is a sentence; every answer has its words in a reason."""
    assert question.why.endswith(".")
    assert question.unknown.endswith("not known")
    for option in question.options:
        assert option.words, option
        if question.kind != "locality":
            assert option.said.endswith("."), option
            assert option.phrase.rstrip("."), option
    if question.kind == "count":
        assert all("{n}" in text for text in (question.above, question.upto, question.from_, question.below))


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.options], ids=lambda q: q.id)
def test_a_word_means_one_option(question: Question) -> None:
    """What people type for one answer is not also what they type for another."""
    words = Counter(
        word for option in question.options for word in {fold(w) for w in (option.label, *option.words)}
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_the_facts_come_in_the_order_of_asking() -> None:
    """What decides most is asked first; the date of the first message decides nothing."""
    assert list(RULEBOOK.facts) == (
        "platform place holder followers residence id_place people_place office_place network_place "
        "name_place content_place branch_of content first_published_on".split()
    )
    assert set(RULEBOOK.facts) - facts_of_duties() == {"place", "first_published_on"}


def facts_of_duties() -> set[str]:
    """The facts that some duty depends on."""
    return {fact for duty in DUTIES for fact in facts_of(duty.when)}


def test_every_source_is_used() -> None:
    """A source stands for a page that something was taken from, read by a person after it was written."""
    claims = chain(RULEBOOK.instruments.values(), DUTIES, RULEBOOK.notes)
    used = {id_ for claim in claims for id_ in claim.sources}
    used |= {field.source for form in RULEBOOK.forms.values() for field in form.fields}
    used |= {deadline.source for duty in DUTIES for deadline in duty.deadlines}
    assert set(RULEBOOK.sources) - used == set()
    assert all(source.dated < source.checked_on for source in RULEBOOK.sources.values())


@pytest.mark.parametrize("duty", DUTIES, ids=lambda d: d.id)
def test_a_duty_says_what_its_card_needs(duty: Duty) -> None:
    """What to do is a sentence; a registration with an office has its measures, channel and papers."""
    assert duty.asks.endswith(".")
    assert all(note.endswith(".") for note in duty.notes)
    if duty.kind == "registration" and duty.addressee == "office":
        assert duty.measures.endswith(".")
        assert duty.where.endswith(".")
        assert duty.documents
        assert duty.deadlines


PASSAGE = re.compile(r"(art\.|item|point) [1-9][0-9]?|(article|item) number not seen")


@pytest.mark.parametrize("duty", DUTIES, ids=lambda d: d.id)
def test_a_duty_says_where_its_source_has_it(duty: Duty) -> None:
    """Every condition stands in a passage: by its number, or said to be of a number that was not seen."""
    for leaf in leaves(duty.when):
        assert PASSAGE.fullmatch(leaf.passage or duty.passage)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda d: d.id)
def test_a_dispute_has_its_readings(duty: Duty) -> None:
    """Where sources differ the owner is told both readings."""
    tests = [leaf for leaf in leaves(duty.when) if isinstance(leaf, Is)]
    assert bool(duty.reading) == any(leaf.disputed for leaf in tests)


@pytest.mark.parametrize("duty", [d for d in DUTIES if d.deadlines], ids=lambda d: d.id)
def test_a_deadline_is_a_clause_with_its_slot(duty: Duty) -> None:
    """Where a source says 'before' and nothing more, the day before is the last that counts."""
    for deadline in duty.deadlines:
        assert deadline.rule[0].islower()
        assert not deadline.rule.endswith(".")
        assert ("{on}" in deadline.rule) == (deadline.on is not None)
        assert ("{n}" in deadline.rule) == (deadline.days is not None)
        if deadline.on and "before" in deadline.rule:
            assert deadline.count_to
            assert (deadline.on - deadline.count_to).days == 1
        elif deadline.on:
            assert deadline.count_to is None


@pytest.mark.parametrize("instrument", RULEBOOK.instruments.values(), ids=lambda i: i.id)
def test_an_instrument_can_be_asked_about(instrument: Instrument) -> None:
    """It says how to ask, unless it is a draft; a doubt is a clause."""
    if instrument.status != "draft":
        assert instrument.contact.endswith(".")
        assert instrument.question.endswith("?")
    if instrument.doubt:
        assert instrument.doubt[0].islower()
        assert instrument.doubt.endswith(".")


def test_notes_ask_nothing() -> None:
    """What is good to know hangs on facts that the duties ask anyway."""
    assert {fact for note in RULEBOOK.notes for fact in facts_of(note.when)} <= facts_of_duties()
    assert all(note.text.endswith(".") for note in RULEBOOK.notes)


SITE = ["account_name", "site_address", "icp_number"]
PERSON = ["real_name", "resident_id", "manager_name", "contact_number", "content_kind"]
BODY = ["body_name", "credit_code", "person_in_charge", "contact_number", "content_kind"]

FORMS: list[tuple[dict[str, Value], list[str]]] = [
    ({"platform": "weibo", "holder": "individual"}, ["account_name", "weibo_id", *PERSON]),
    ({"platform": "weibo", "holder": "government"}, ["account_name", "weibo_id", *BODY]),
    ({"platform": "wechat", "holder": "individual"}, ["account_name", "wechat_id", *PERSON]),
    ({"platform": "wechat", "holder": "private_enterprise"}, ["account_name", "wechat_id", *BODY]),
    ({"platform": "website", "holder": "individual"}, [*SITE, *PERSON]),
    ({"platform": "forum", "holder": "social_organization"}, [*SITE, *BODY]),
]


@pytest.mark.parametrize(("account", "fields"), FORMS, ids=[" ".join(map(str, a.values())) for a, _ in FORMS])
def test_the_form_asks_what_fits_the_account(account: dict[str, Value], fields: list[str]) -> None:
    """A person is asked other things than a body, and each kind of account for the id it has."""
    form = RULEBOOK.forms["xian"]
    asked = [f.question.id for f in form.fields if truth_of(f.when, account) is not Truth.FALSE]
    assert asked == fields


def test_sensitive_fields_and_other_people_are_marked() -> None:
    """What is masked on every screen, and what needs somebody else's word."""
    fields = RULEBOOK.forms["xian"].fields
    assert [f.question.id for f in fields if f.sensitive] == ["resident_id", "contact_number"]
    assert [f.question.id for f in fields if f.others] == ["manager_name", "person_in_charge"]
    assert [f.question.id for f in fields if f.optional] == ["icp_number", "manager_name"]
    assert [f.question.id for f in fields if f.paper] == ["resident_id"]


PERSON_PAPERS = ["Filing form", "ID cards of those"]
BODY_PAPERS = ["Filing form", "Organisation code certificate", "ID card of the person in charge"]

DOCUMENTS = [
    ("weibo-individual", "individual", PERSON_PAPERS),
    ("weibo-body", "government", BODY_PAPERS),
    ("wechat", "individual", PERSON_PAPERS),
    ("wechat", "government", BODY_PAPERS),
    ("website", "individual", PERSON_PAPERS),
    ("website", "public_institution", BODY_PAPERS),
    ("branch", "private_enterprise", BODY_PAPERS),
]


@pytest.mark.parametrize(("duty", "holder", "documents"), DOCUMENTS)
def test_the_documents_are_those_of_the_holder(duty: str, holder: str, documents: list[str]) -> None:
    """Bodies hand in a certificate and one ID card, everybody else the ID cards of three."""
    listed = RULEBOOK.duties[f"cn-xian-2017/{duty}"].documents
    kept = [text for text, when in listed if truth_of(when, {"holder": holder}) is not Truth.FALSE]
    assert len(kept) == len(documents)
    assert all(text.startswith(start) for text, start in zip(kept, documents, strict=True))


@pytest.mark.parametrize(
    "instrument", [i for i in RULEBOOK.instruments.values() if i.place], ids=lambda i: i.id
)
def test_a_closed_window_ends_with_its_last_deadline(instrument: Instrument) -> None:
    """A notice of one place was current from its first day to the last it gave for what existed."""
    days = {d.on for duty in DUTIES if duty.instrument == instrument.id for d in duty.deadlines if d.on}
    assert instrument.status == "window_closed"
    assert days == {instrument.current_until}
    assert instrument.status_on(instrument.valid_from) == "in_force"


def test_an_added_platform_counts_as_another() -> None:
    """What a notice names by itself is still an account on another platform for everybody else."""
    added = [o for o in RULEBOOK.facts["platform"].options if o.counts_as]
    assert [(o.id, o.counts_as) for o in added] == [("douyin", "other"), ("kuaishou", "other")]
    assert "tiktok" in RULEBOOK.facts["platform"].option("other").words


def test_files_are_named_from_the_folder() -> None:
    """Errors name a file as a person would look for it."""
    assert {"facts.toml", "cn/national.toml", "cn/xian.toml", "forms/xian.toml"} <= set(texts())
    assert rulebook() is RULEBOOK
