from __future__ import annotations

import pytest

from dialogs.rules.load import load
from dialogs.rules.logic import leaves
from dialogs.rules.reader import RulebookError
from tests.dialogs.rules.small import FILES, changed

FACTS, CITY, FORM = FILES
LEAF = '{ fact = "followers", more_than = 1000 }'
PLATFORM = '{ fact = "platform", is = ["weibo"] }'
DUTY = "duty[city-2020/weibo]"
ONE_SOURCE = 'source = "notice"'
ZONE = 'zone = "Asia/Shanghai"'
UNTIL = "current_until = 2020-02-01"
OPTION = "platform.option: expected a word for one option"

WRONG = [
    # what the file says, what it is made to say, and the words of the error after the file's name
    (CITY, "[place.city]", "[place.city", "not TOML"),
    (CITY, "[place.city]", "colour = 1\n[place.city]", "colour: unknown key"),
    (CITY, 'name = "City"', 'name = ""', "place.city.name: expected a text"),
    (CITY, 'words = ["city"]', "words = [3]", "place.city.words: expected a list of texts"),
    (CITY, "date = 2020-01-01", 'date = "2020"', "source.notice.date: expected a date such as 2017-07-14"),
    (CITY, "checked_on = 2026-11-20", "", "source.notice.checked_on: expected a date"),
    (CITY, 'kind = "official_notice"', 'kind = "rumour"', "source.notice.kind: expected one of legal_text"),
    (CITY, 'status = "window_closed"', 'status = "old"', ".status: expected one of in_force"),
    (CITY, 'doubt = "the collection is over."', "", ".doubt: expected the reason for doubt"),
    (CITY, "valid_from = 2020-01-01", "", "instrument.city-2020.valid_from: expected a date"),
    (CITY, 'sources = ["notice"]', "sources = []", ".sources: expected at least one source"),
    (CITY, 'sources = ["notice"]', 'sources = ["law"]', "sources: expected the id of a [source], not 'law'"),
    (
        CITY,
        ZONE,
        'zone = "Asia/Atlantis"',
        ".zone: expected a time zone such as Asia/Shanghai, not 'Asia/Atlantis'",
    ),
    (CITY, ZONE, 'zone = "../Shanghai"', "instrument.city-2020.zone: expected a time zone"),
    (CITY, ZONE, f'{ZONE}\nplace = "town"', "instrument.city-2020.place: expected one of city, not 'town'"),
    (CITY, ZONE, f'{ZONE}\nsuperseded_by = "law"', ".superseded_by: expected one of city-2020, not 'law'"),
    (
        CITY,
        UNTIL,
        "current_until = 2019-12-31",
        ".current_until: expected a day not before valid_from (2020-01-01)",
    ),
    (CITY, UNTIL, f"{UNTIL}\nvalid_to = 2019-12-31", ".valid_to: expected a day not before valid_from"),
    (CITY, "Notice of the city", "Notice of {place}", ".title: expected no slot in 'Notice of {place}'"),
    (CITY, "[[duty]]\n", '[[duty]]\npenalty = "a fine"\n', f"{DUTY}.penalty: unknown key"),
    (CITY, 'id = "city-2020/weibo"', 'id = "town/weibo"', "duty[town/weibo].id: expected an instrument"),
    (CITY, 'kind = "registration"', 'kind = "tax"', f"{DUTY}.kind: expected one of registration"),
    (CITY, 'addressee = "office"', 'addressee = "me"', f"{DUTY}.addressee: expected one of office"),
    (CITY, 'passage = "item 1"', "", f"{DUTY}.passage: expected where the source has it"),
    (CITY, 'form = "city"', 'form = "town"', f"{DUTY}.form: expected one of city, not 'town'"),
    (CITY, "when = { all = [", "if = { all = [", f"{DUTY}.when: expected a table"),
    (CITY, PLATFORM, '{ fact = "colour", is = ["red"] }', "when.all[1].fact: expected one of platform"),
    (CITY, PLATFORM, '{ fact = "platform", is = ["weixin"] }', "all[1].is: expected options of platform"),
    (CITY, PLATFORM, '{ fact = "platform", disputed = ["weixin"] }', "when.all[1].is: expected options"),
    (
        CITY,
        PLATFORM,
        f'{PLATFORM[:-2]}, disputed = "weibo" }}',
        ".disputed: expected options that are not in `is`",
    ),
    (CITY, PLATFORM, '{ fact = "platform" }', "when.all[1].is: expected at least one option"),
    (CITY, PLATFORM, '{ fact = "platform", more_than = 3 }', "expected a count, and platform is none"),
    (CITY, LEAF, '{ fact = "followers", is = ["many"] }', "when.all[2].is: expected options of followers"),
    (CITY, LEAF, '{ fact = "followers", more_than = -1 }', "more_than: expected a whole number"),
    (CITY, LEAF, '{ fact = "followers", more_than = true }', "more_than: expected a whole number"),
    (CITY, LEAF, '{ fact = "followers", more_than = 1, at_least = 2 }', "when.all[2].at_least: unknown key"),
    (CITY, LEAF, '{ fact = "followers", less_than = 1 }', "when.all[2].is: expected at least one option"),
    (CITY, LEAF, f"{{ any = [{LEAF}] }}", "when.all[2].any: expected at least two conditions"),
    (CITY, LEAF, '{ not = "followers" }', "when.all[2].not: expected a table"),
    (CITY, "days = 30", "days = 30\non = 2020-02-01", "deadline[1].on: expected either on (a date) or days"),
    (CITY, "days = 30\n", "", "deadline[1].on: expected either on (a date) or days"),
    (CITY, "within {n} days", "within {on}", "deadline[1].rule: expected no slot but {n} in 'within {on}'"),
    (
        CITY,
        "days = 30",
        "on = 2020-02-01",
        "deadline[1].rule: expected no slot but {on} in 'within {n} days'",
    ),
    (CITY, 'for = "new"', 'for = "all"', "deadline[1].for: expected one of existing, new, change, not 'all'"),
    (CITY, 'text = "Good to know."', "", "note[tip].text: expected a text"),
    (
        CITY,
        "[[note]]",
        '[[note]]\nid = "tip"\ntext = "One."\nsources = "notice"\n\n[[note]]',
        "note[tip].id: expected a new",
    ),
    (FACTS, 'kind = "option"', 'kind = "choice"', "fact.platform.kind: expected one of option"),
    (FACTS, 'id = "other"', 'id = "weibo"', "fact.platform.option: expected different ids"),
    (
        FACTS,
        "[[fact.platform.option]]",
        "[[fact.platform.options]]",
        "platform.option: expected at least two",
    ),
    (FACTS, 'words = ["other"]', 'words = ["weibo"]', f"{OPTION}, and 'weibo' means weibo and other"),
    (FACTS, 'words = ["other"]', 'words = ["ＷＥＩＢＯ"]', OPTION),
    (FACTS, 'words = ["neither"]', 'words = ["city"]', "residence.option: expected a word for one option"),
    (FACTS, "Which kind of", "Which {kind} of", "fact.platform.ask: expected no slot in"),
    (FACTS, "more than {n}", "more than {on}", "fact.followers.above: expected no slot but {n} in"),
    (FACTS, '"{n} followers."', '"{n followers."', "fact.followers.said: expected no slot but {n} in"),
    (
        FACTS,
        "residence in {place}?",
        "residence in {city}?",
        "fact.residence.ask: expected no slot but {place}",
    ),
    (FACTS, "live in {place}", "live in {n}", "fact.residence.here.said: expected no slot but {place} in"),
    (
        FACTS,
        "residence outside {place}",
        "residence {n}",
        "fact.residence.elsewhere.phrase: expected no slot",
    ),
    (FACTS, 'label = "Weibo"', 'label = "Weibo"\nicon = "w"', "option[weibo].icon: unknown key"),
    (FACTS, "[fact.residence.here]", "[fact.residence.there]", "fact.residence.here: expected a table"),
    (FACTS, 'ask = "How many', 'question = "How many', "fact.followers.ask: expected a text"),
    (FORM, ONE_SOURCE, "", "form.city.field[name].source: expected the id of a [source], or asked_by"),
    (FORM, ONE_SOURCE, 'source = "law"', "form.city.field[name].source: expected the id of a [source]"),
    (FORM, ONE_SOURCE, f'asked_by = "office"\n{ONE_SOURCE}', "field[name].source: expected the id"),
    (FORM, 'kind = "person_name"', 'kind = "name"', "form.city.field[name].kind: expected one of option"),
    (FORM, 'kind = "person_name"', 'kind = "option"', "form.city.field[name].option: expected at least two"),
    (FORM, 'id = "posts"', 'id = "name"', "form.city.field: expected different ids"),
    (FORM, 'none = "nothing"', 'none = "no"', "field[posts].none: expected the id of an option, not 'no'"),
    (FORM, "What is your name?", "{name}?", "form.city.field[name].ask: expected no slot in '{name}?'"),
    (FORM, 'requires = ["platform"]', 'requires = ["colour"]', "form.city.requires: expected facts"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "error"), WRONG, ids=[f"{old} -> {new}" for _, old, new, _ in WRONG]
)
def test_a_mistake_is_named_by_file_and_key(name: str, old: str, new: str, error: str) -> None:
    """Whoever writes a rulebook file is told which file, which key, and what was expected there."""
    with pytest.raises(RulebookError) as caught:
        load(changed(name, old, new))
    assert str(caught.value).startswith(f"{name}: ")
    assert error in str(caught.value)


def test_a_duty_stands_once() -> None:
    """The same duty twice is a slip of the pen, not two duties."""
    twice = FILES[CITY] + FILES[CITY][FILES[CITY].index("[[duty]]") : FILES[CITY].index("[[note]]")]
    with pytest.raises(RulebookError, match=r"^cn/city.toml: .*a new id, city-2020/weibo is taken"):
        load({**FILES, CITY: twice})


OTHER_FILES = [
    ('[place.city]\nname = "Town"\nwords = ["town"]', "place.city: expected an id that no other file has"),
    (
        '[place.town]\nname = "Town"\nwords = ["city"]',
        "place.town.words: expected words that no other place has",
    ),
    (
        FILES[CITY][FILES[CITY].index("[instrument") : FILES[CITY].index("[[duty]]")],
        "instrument.city-2020.id: expected a new id, city-2020 is taken",
    ),
    (FILES[FORM], "form.city.id: expected a new id, city is taken"),
]


@pytest.mark.parametrize(("text", "error"), OTHER_FILES, ids=[error for _, error in OTHER_FILES])
def test_what_one_file_has_no_other_file_has(text: str, error: str) -> None:
    """An id, and a word for a place, stand in one file; the second that has it is named."""
    with pytest.raises(RulebookError) as caught:
        load({**FILES, "z/town.toml": text})
    assert str(caught.value).startswith(f"z/town.toml: {error}")


def test_a_passage_stands_with_the_duty_or_with_every_condition() -> None:
    """What a notice says in several places can be shown where it stands, condition by condition."""
    there = {LEAF: "item 2", PLATFORM: "item 1", '{ fact = "residence", is = ["city"] }': "item 3"}
    text = FILES[CITY].replace('passage = "item 1"', "")
    for leaf, passage in there.items():
        text = text.replace(leaf, f'{leaf[:-2]}, passage = "{passage}" }}')
    found = load({**FILES, CITY: text}).duties["city-2020/weibo"]
    assert [leaf.passage for leaf in leaves(found.when)] == ["item 1", "item 2", "item 3"]
    assert found.passage == ""
    assert load(FILES).duties["city-2020/weibo"].passage == "item 1"


def test_what_was_changed_for_an_error_is_otherwise_right() -> None:
    """The rulebook of these tests can be read as it stands, so each error above comes from its one change."""
    rulebook = load(FILES)
    assert list(rulebook.duties) == ["city-2020/weibo"]
    assert list(rulebook.facts) == ["platform", "followers", "residence"]
    assert rulebook.forms["city"].field("name").source == "notice"
    assert [note.id for note in rulebook.notes] == ["tip"]


def test_a_place_fact_has_an_option_for_the_place_and_one_for_elsewhere() -> None:
    """With one place the question is yes or no."""
    residence = load(FILES).facts["residence"]
    assert residence.ask == "Is your domicile or usual residence in {place}?"
    assert [(o.id, o.label, o.places) for o in residence.options] == [
        ("city", "Yes", ("City",)),
        ("elsewhere", "Neither", ("City",)),
    ]


def test_a_second_place_makes_the_question_a_choice_of_places() -> None:
    """A new city is a new file: every place fact then offers both, and asks in other words."""
    town = '[place.town]\nname = "Town"\nwords = ["town"]'
    residence = load({**FILES, "cn/town.toml": town}).facts["residence"]
    assert [(o.id, o.label, o.places) for o in residence.options] == [
        ("city", "City", ("City",)),
        ("town", "Town", ("Town",)),
        ("elsewhere", "Neither", ("City", "Town")),
    ]


def test_a_place_question_can_be_about_one_place_of_several() -> None:
    """It is yes or no then, and speaks of that place only."""
    town = '[place.town]\nname = "Town"\nwords = ["town"]'
    residence = load({**FILES, "cn/town.toml": town}).facts["residence"].narrowed({"town"})
    assert [(o.id, o.label, o.places) for o in residence.options] == [
        ("town", "Yes", ("Town",)),
        ("elsewhere", "Neither", ("Town",)),
    ]


def test_the_version_is_that_of_the_texts() -> None:
    """The same files have one version in whatever order they come; one changed letter is another."""
    version = load(FILES).version
    assert load(dict(reversed(FILES.items()))).version == version
    assert load(changed(CITY, "Good to know.", "Good to know!")).version != version
