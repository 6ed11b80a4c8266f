"""What is told of one thing that changed in a small rulebook."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.rules.changes import Comparison
from dialogs.rules.load import load
from dialogs.rules.model import Outcome
from tests.dialogs.rules.small import FILES, changed


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
