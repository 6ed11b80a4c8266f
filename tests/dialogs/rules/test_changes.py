from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.rules import locality
from dialogs.rules.changes import Change, Comparison, boundaries
from dialogs.rules.load import load
from dialogs.rules.logic import Dated, MoreThan, Node
from dialogs.rules.model import Duty, Instrument, Outcome, Rulebook
from dialogs.rules.statement import Statement
from dialogs.rules.values import Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules import brute, towns
from tests.dialogs.rules.small import FILES, changed

QUICK = settings(max_examples=60, deadline=None)
DAYS = [date(2020, month, 1) for month in (1, 4, 7, 10)]
FIRST = date(2000, 1, 1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@st.composite
def duties(draw: st.DrawFn, id_: str) -> tuple[Duty, Instrument]:
    """A duty with an instrument of its own, which begins, ends and is doubted on few days."""
    first, *later = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True)))
    instrument = Instrument(
        *(id_, "", "", "", "", "UTC"),
        status=draw(st.sampled_from(["in_force", "window_closed", "draft"])),
        valid_from=first,
        sources=(),
        current_until=later[0] if later else None,
        valid_to=later[1] if len(later) > 1 else None,
    )
    dated = st.builds(_dated, st.integers(0, 2), st.integers(0, 2), st.sampled_from(DAYS))
    when = draw(brute.CONDITIONS | dated)
    return Duty(f"{id_}/d", id_, "", "", "registration", "office", when, ()), instrument


def _dated(before: int, after: int, since: date) -> Node:
    """A threshold that changes on one day."""
    ends = since - timedelta(days=1)
    return Dated(((FIRST, ends, MoreThan("size", before)), (since, None, MoreThan("size", after))))


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """One to three duties, of which another rulebook may have others."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
    there = [draw(duties(id_)) for id_ in ids]
    return Rulebook(
        "",
        brute.FACTS,
        {},
        {},
        {instrument.id: instrument for _, instrument in there},
        {duty.id: duty for duty, _ in there},
        (),
        {},
    )


def outcome(book: Rulebook, id_: str, answers: Mapping[str, Value], day: date, *, stated: bool) -> Outcome:
    """What a duty comes to; one that is not there does not apply."""
    if id_ not in book.duties:
        return Outcome.DOES_NOT_APPLY
    word = {id_: Statement(id_, True, FIRST, NOW)} if stated else {}
    return assess(answers, book, day, word).result(id_).outcome


def differing(old: Outcome, new: Outcome, *, both: bool) -> bool:
    """A duty that is not there is nothing that a duty not in force could differ from."""
    return old is not new and (both or {old, new} != {Outcome.DOES_NOT_APPLY, Outcome.NOT_IN_FORCE})


def meant(change: Change, comparison: Comparison, answers: Mapping[str, Value]) -> bool:
    """Whether a change is about these answers."""
    return all(
        comparison.classes[fact].of(answers[fact])[0] in among for fact, among in change.answers.items()
    )


def days(old: Rulebook, new: Rulebook) -> Iterator[date]:
    """Every day on which something may begin, and the day before."""
    for book in (old, new):
        for duty in book.duties.values():
            for day in boundaries(duty, book.instruments[duty.instrument]) - {date.min}:
                yield from (day - timedelta(days=1), day)


def everything(comparison: Comparison) -> list[dict[str, Value]]:
    """Every combination of answer classes, by an answer of each."""
    facts = {
        fact: (*classes.values, comparison.values(fact, (classes.unknown,))[-1])
        for fact, classes in comparison.classes.items()
    }
    return [dict(zip(facts, values, strict=True)) for values in product(*facts.values())]


def check(old: Rulebook, new: Rulebook) -> Comparison:
    """The changes say exactly what both rulebooks come to: all of it, each once, and how much it is."""
    comparison = Comparison(old, new)
    combinations = everything(comparison)
    for id_ in {**old.duties, **new.duties}:
        mine = [change for change in comparison.changes if change.duty == id_]
        both = id_ in old.duties and id_ in new.duties
        for day, stated, answers in product(sorted({*days(old, new)}), (False, True), combinations):
            before, after = (outcome(book, id_, answers, day, stated=stated) for book in (old, new))
            found = [
                (change.before, change.after)
                for change in mine
                if change.first <= day <= (change.last or date.max)
                and change.stated in (None, stated)
                and meant(change, comparison, answers)
            ]
            if not both and found:
                assert len(found) == 1
                assert differing(before, after, both=both)
                assert found[0][id_ in new.duties] is (after if id_ in new.duties else before)
            else:
                assert found == ([(before, after)] if differing(before, after, both=both) else [])
        for change in mine:
            share = sum(meant(change, comparison, answers) for answers in combinations)
            assert share * change.of == change.classes * len(combinations)
    return comparison


@given(rulebooks(), rulebooks())
@QUICK
def test_the_changes_are_exactly_what_both_rulebooks_say(old: Rulebook, new: Rulebook) -> None:
    """On every day, with and without an office's word, for every combination of answer classes."""
    check(old, new)


@given(rulebooks())
@QUICK
def test_a_rulebook_does_not_differ_from_itself(book: Rulebook) -> None:
    """Neither from its copy."""
    comparison = Comparison(book, replace(book, version="copy"))
    assert (comparison.changes, comparison.added, comparison.removed, comparison.reworded) == ((), (), (), ())


@given(towns.rulebooks(), towns.rulebooks())
@QUICK
def test_no_verdict_changes_where_no_duty_does(old: Rulebook, new: Rulebook) -> None:
    """With a question for the place: each answer to it stands for answers to the facts that have a place."""
    comparison = Comparison(old, new)
    for place, kind, size in product(("ash", "elsewhere"), towns.KINDS, towns.SIZES):
        answers: dict[str, Value] = {
            "place": place,
            "kind": kind,
            "size": size,
            "home": place,
            "work": "elsewhere",
        }
        for id_ in old.duties.keys() & new.duties.keys():
            known = locality.known(answers, new.instruments[new.duties[id_].instrument], new)
            found = [
                (one.before, one.after)
                for one in comparison.changes
                if one.duty == id_
                and one.last is None
                and meant(one, comparison, {**dict.fromkeys(comparison.classes, size), **known})
            ]
            before, after = (assess(answers, book, towns.DAY).result(id_).outcome for book in (old, new))
            assert found == ([(before, after)] if before is not after else [])


def compared(name: str, old: str, new: str) -> Comparison:
    """The small rulebook against itself with one thing changed."""
    return Comparison(load(FILES), load(changed(name, old, new)))


def told(comparison: Comparison) -> list[tuple[object, ...]]:
    """The changes, with their answers as they are given."""
    return [
        (
            change.before.value,
            change.after.value,
            change.first,
            change.last,
            {fact: comparison.values(fact, among) for fact, among in change.answers.items()},
        )
        for change in comparison.changes
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "reworded"),
    [
        ("cn/city.toml", "Registering a Weibo account", "Registering Weibo", "city-2020/weibo"),
        ("cn/city.toml", "checked_on = 2026-11-20", "checked_on = 2026-11-21", "source.notice"),
        ("cn/city.toml", "the collection is over.", "it is over.", "instrument.city-2020"),
        ("cn/city.toml", "Good to know.", "Good.", "note.tip"),
        ("facts.toml", "How many followers", "How many fans", "fact.followers"),
        ("forms/city.toml", "What is your name?", "Your name?", "form.city"),
    ],
)
def test_other_words_are_no_change(name: str, old: str, new: str, reworded: str) -> None:
    """They are named, and nothing else is."""
    comparison = compared(name, old, new)
    assert (comparison.changes, comparison.reworded) == ((), (reworded,))


def test_a_moved_date_is_told_for_the_days_between() -> None:
    """Only while the two differ, and for those whom it concerns."""
    comparison = compared("cn/city.toml", "current_until = 2020-02-01", "current_until = 2020-03-01")
    assert [(b, a, first, last) for b, a, first, last, _ in told(comparison)] == [
        ("ask_the_office", "applies", date(2020, 2, 2), date(2020, 3, 1))
    ]
    (change,) = comparison.changes
    assert change.stated is False
    assert told(comparison)[0][-1] == {
        "platform": ("weibo",),
        "followers": comparison.values("followers", (1,)),
        "residence": ("city",),
    }
    assert (change.classes, change.of) == (1, 27)


def test_a_changed_status_is_told_for_good() -> None:
    """A draft is in force on no day."""
    comparison = compared("cn/city.toml", 'status = "window_closed"', 'status = "draft"')
    assert {after for _, after, *_ in told(comparison)} == {"not_in_force"}
    assert {(change.first, change.last) for change in comparison.changes} == {
        (date(2020, 1, 1), date(2020, 2, 1)),  # what applied in its time
        (date(2020, 1, 1), None),
        (date(2020, 2, 2), None),  # and was for the office to say later
    }


def test_what_only_an_offices_word_brings_out_is_told() -> None:
    """In doubt both are for the office to say; by its word one applies, and the other stays disputed."""
    comparison = compared("cn/city.toml", 'is = ["weibo"]', 'is = [], disputed = ["weibo"]')
    later = [change for change in comparison.changes if change.last is None]
    assert [(c.before.value, c.after.value, c.stated) for c in later] == [("applies", "ask_the_office", True)]


def test_a_dated_value_is_told_from_its_day() -> None:
    """The threshold falls on one day; before it nothing changes."""
    dated = "[{ from = 2019-01-01, to = 2020-05-31, value = 1000 }, { from = 2020-06-01, value = 500 }]"
    comparison = compared("cn/city.toml", "more_than = 1000", f"more_than = {dated}")
    since = {change.first for change in comparison.changes if change.answers}
    assert since == {date(2020, 6, 1)}
    (counts,) = {str(comparison.values("followers", c.answers["followers"])[0]) for c in comparison.changes}
    assert counts == "501-1000"


def test_a_new_duty_and_a_removed_one_are_told() -> None:
    """One that is not there does not apply."""
    more = FILES["cn/city.toml"].replace("city-2020/weibo", "city-2020/other").partition("[[duty]]")
    second = "[[duty]]" + more[2].partition("[[note]]")[0]
    old, new = load(FILES), load({**FILES, "cn/city.toml": FILES["cn/city.toml"] + second})
    there, gone = Comparison(old, new), Comparison(new, old)
    assert (there.added, there.removed, gone.added, gone.removed) == (
        ("city-2020/other",), (), (), ("city-2020/other",),
    )  # fmt: skip
    assert {(c.duty, c.before) for c in there.changes} == {("city-2020/other", Outcome.DOES_NOT_APPLY)}
    assert [(c.after, c.before) for c in gone.changes] == [(c.before, c.after) for c in there.changes]


def test_a_new_draft_changes_nothing_but_is_named() -> None:
    """A duty that is in force on no day."""
    draft = FILES["cn/city.toml"].replace('status = "window_closed"', 'status = "draft"')
    without = FILES["cn/city.toml"].partition("[[duty]]")[0]
    comparison = Comparison(load({**FILES, "cn/city.toml": without}), load({**FILES, "cn/city.toml": draft}))
    assert comparison.changes == ()
    assert "city-2020/weibo" in comparison.added


def renamed() -> dict[str, str]:
    """The small rulebook with another id for Weibo."""
    return {name: text.replace('"weibo"', '"sina"', 99) for name, text in FILES.items()}


def test_a_renamed_option_is_told_under_both_names() -> None:
    """Who gave the old answer falls out, who gives the new one falls in; an unknown one changes nothing."""
    comparison = Comparison(load(FILES), load(renamed()))
    assert {
        (answers["platform"], before, after) for before, after, _, last, answers in told(comparison) if last
    } == {
        (("weibo",), "applies", "does_not_apply"),
        (("weibo",), "ask_the_office", "does_not_apply"),
        (("sina",), "does_not_apply", "applies"),
        (("sina",), "does_not_apply", "ask_the_office"),
    }


def test_what_is_unknown_is_one_of_the_answers_that_there_were() -> None:
    """Old answers that all came to the same go on doing so when the new rulebook has one more to offer."""
    every = changed("cn/city.toml", 'is = ["weibo"]', 'is = ["weibo", "other"]')
    third = '\n[[fact.platform.option]]\nid = "third"\nlabel = "Third"\n'
    at = "\n[fact.followers]"
    old, new = load(every), load({**every, "facts.toml": every["facts.toml"].replace(at, third + at)})
    comparison = Comparison(old, new)
    mine = [c for c in comparison.changes if c.last == date(2020, 2, 1) and c.before is Outcome.APPLIES]
    assert [comparison.values("platform", c.answers["platform"])[0] for c in mine] == [
        comparison.values("platform", (comparison.classes["platform"].unknown,))[0]
    ]


def test_an_option_that_was_another_before_changes_nothing() -> None:
    """Who can now say Douyin had to say another platform; for them all is as it was."""
    other = changed("cn/city.toml", 'is = ["weibo"]', 'is = ["other"]')
    more = '[[option]]\nfact = "platform"\ncounts_as = "other"\nid = "douyin"\nlabel = "Douyin"\n'
    comparison = Comparison(load(other), load({**other, "cn/more.toml": more}))
    assert (comparison.changes, comparison.reworded) == ((), ("fact.platform",))


def test_a_place_that_is_new_was_elsewhere_before() -> None:
    """Of its people nothing changes but where they are asked."""
    town = '[place.town]\nname = "Town"\nwords = ["town"]\n'
    comparison = Comparison(load(FILES), load({**FILES, "cn/town.toml": town}))
    assert (comparison.changes, comparison.added) == ((), ("place.town",))


def test_a_fact_that_only_one_asks() -> None:
    """It tells in the one and not in the other, and is named among what is asked."""
    fact = '\n[fact.age]\nkind = "count"\nask = "How old is it?"\nlabel = "Age"\n'
    asked = changed(
        "cn/city.toml", "more_than = 1000 },", 'more_than = 1000 },\n    { fact = "age", more_than = 1 },'
    )
    old, new = load(FILES), load({**asked, "facts.toml": FILES["facts.toml"] + fact})
    comparison = Comparison(old, new)
    assert {str(v) for c in comparison.changes for v in comparison.values("age", c.answers["age"])} >= {"0-1"}
    assert (comparison.asked(old), comparison.asked(new)) == (
        ("platform", "followers", "residence"),
        ("platform", "followers", "residence", "age"),
    )
    assert all("age" in c.answers for c in comparison.changes)


def test_a_fact_of_another_kind_is_another_fact() -> None:
    """An old answer says nothing of the new question, so they are told apart."""
    choice = FILES["facts.toml"].replace(
        '[fact.followers]\nkind = "count"', '[fact.followers]\nkind = "option"'
    )
    options = "".join(
        f'\n[[fact.followers.option]]\nid = "{id_}"\nlabel = "{id_}"\n' for id_ in ("few", "many")
    )
    texts = choice.replace(
        'said = "{n} followers."\nabove = "more than {n} followers"\nupto = "{n} followers or fewer"\n',
        options,
    )
    new = {**changed("cn/city.toml", "more_than = 1000", 'is = ["many"]'), "facts.toml": texts}
    comparison = Comparison(load(FILES), load(new))
    assert {"followers", "followers (before)"} <= set(comparison.classes)
    assert comparison.changes
