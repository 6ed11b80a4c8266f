from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import words
from bot.rulebook import rulebook
from dialogs.alike import Alike, alike
from dialogs.picture import Panel, Picture, picture
from dialogs.rules.classes import classes_of
from dialogs.rules.diagram import Branch, Diagram, Diagrams
from dialogs.rules.load import load
from dialogs.rules.logic import Node
from dialogs.rules.model import Outcome, Question
from dialogs.rules.values import UNKNOWN, Band, Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules.brute import CONDITIONS, FACTS, KNOWN, OUTCOMES
from tests.dialogs.rules.small import FILES

BOOK = rulebook()
TODAY = date(2026, 11, 21)
DAYS = (date(2017, 7, 25), date(2020, 11, 1), date(2022, 1, 20), TODAY)
MANY = settings(max_examples=200, deadline=None)


def values_of(question: Question) -> st.SearchStrategy[Value]:
    """Anything an owner may answer: counts on either side of every line, any set of options, unknown."""
    ids = [option.id for option in question.options]
    if question.kind == "count":
        edges = [0, 999, 1_000, 1_001, 10_000, 10_001, 30_000, 30_001, 50_000, 50_001, 9_999_999]
        return st.sampled_from([*edges, UNKNOWN]) | st.integers(0, 10**7)
    if question.kind == "several":
        sets = st.sets(st.sampled_from(ids)).map(lambda some: tuple(id_ for id_ in ids if id_ in some))
        return sets | st.just(UNKNOWN)
    return st.sampled_from([*ids, UNKNOWN])


FULL = st.fixed_dictionaries(
    {fact: values_of(question) for fact, question in BOOK.facts.items() if question.kind != "locality"}
)
"""Every fact answered."""


def takes(one: Alike, value: Value) -> bool:
    """Whether these answers, the rest aside, name this one."""
    if isinstance(value, tuple):
        return any(isinstance(answer, tuple) and set(answer) <= set(value) for answer in one.answers)
    if isinstance(value, int):
        return any(isinstance(answer, Band) and value in answer for answer in one.answers)
    return value in one.answers


def chosen(all_: tuple[Alike, ...], value: Value) -> Alike:
    """The first that names an answer, else the rest; which the unknown is no part of."""
    named = [one for one in all_ if takes(one, value)]
    assert len(named) <= 1 or isinstance(value, tuple)
    return named[0] if named else next(one for one in all_ if one.rest and value is not UNKNOWN)


def followed(panel: Panel, answers: Mapping[str, Value]) -> Outcome:
    """Where a reader ends who looks at nothing but the rows."""
    to = panel.begins
    while isinstance(to, int):
        box = panel.boxes[to - 1]
        one = chosen(tuple(row.alike for row in box.rows), answers[box.fact])
        to = next(row.to for row in box.rows if row.alike is one)
    return to


@cache
def drawn(instrument: str, day: date = TODAY) -> Picture:
    """The picture of a shipped instrument."""
    return picture(BOOK.instruments[instrument], BOOK, day)


def panel(duty: str, day: date = TODAY) -> Panel:
    """The panel of a shipped duty."""
    return next(one for one in drawn(duty.partition("/")[0], day).panels if one.duty.id == duty)


def said(panel: Panel, language: str = "en") -> list[str]:
    """Everything a panel says, row by row."""
    spoken, lines = words(language), []
    for box in panel.boxes:
        lines.append(f"{box.number} {spoken.text(box.label)}")
        for row in box.rows:
            end = str(row.to) if isinstance(row.to, int) else spoken.text(panel.end(row.to))
            lines.append(f"{spoken.text(row.label)} -> {end}")
    return lines


@MANY
@given(answers=FULL, day=st.sampled_from(DAYS), id_=st.sampled_from(sorted(BOOK.instruments)))
def test_the_rows_lead_to_what_the_verdict_is(answers: dict[str, Value], day: date, id_: str) -> None:
    """Whoever is concerned, and follows a picture with his answers, ends where the bot would tell him."""
    place = BOOK.instruments[id_].place
    verdict = assess({**answers, "place": place} if place else answers, BOOK, day)
    for one in drawn(id_, day).panels:
        assert followed(one, answers) is verdict.result(one.duty.id).outcome


@MANY
@given(condition=CONDITIONS)
def test_every_answer_is_in_the_group_that_leads_where_it_leads(condition: Node) -> None:
    """Whatever the condition: bands, options and sets of options are put together without losing any."""
    classes = classes_of(FACTS, [condition])
    open_: list[Diagram] = [Diagrams(classes).build(condition, OUTCOMES)]
    while open_:
        branch = open_.pop()
        if not isinstance(branch, Branch):
            continue
        to = dict(branch.children)
        open_ += to.values()
        groups = alike(branch, FACTS[branch.fact], classes[branch.fact])
        for value in (*KNOWN[branch.fact], UNKNOWN):
            assert chosen(groups, value).to is to[classes[branch.fact].of(value)[0]]


@pytest.mark.parametrize("id_", BOOK.instruments)
def test_every_arrow_leads_on(id_: str) -> None:
    """The boxes are numbered as they stand, in the order of asking, and nothing leads back up."""
    order = list(BOOK.facts)
    for one in drawn(id_).panels:
        assert [box.number for box in one.boxes] == list(range(1, len(one.boxes) + 1))
        assert [order.index(box.fact) for box in one.boxes] == sorted(
            order.index(box.fact) for box in one.boxes
        )
        assert one.begins == 1 or not one.boxes
        led_to = {row.to for box in one.boxes for row in box.rows if isinstance(row.to, int)}
        assert led_to == {box.number for box in one.boxes[1:]}
        assert all(row.to > box.number for box in one.boxes for row in box.rows if isinstance(row.to, int))


def test_a_panel_says_it_in_few_words() -> None:
    """A row says its answers, the larger part of them as 'anything else', and counts as bands."""
    assert said(panel("cn-xian-2017/weibo-individual")) == [
        "1 Kind of account",
        "Weibo; not known -> 2",
        "anything else -> does not apply",
        "2 Holder",
        "Me, as a person; not known -> 3",
        "anything else -> does not apply",
        "3 Followers",
        "30,000 followers or fewer -> does not apply",
        "more than 30,000 followers; not known -> 4",
        "4 Residence",
        "Xi'an; not known -> ask the office",
        "anything else -> 5",
        "5 Place on ID",
        "Xi'an; not known -> ask the office",
        "anything else -> does not apply",
    ]


def test_of_several_fields_the_first_that_decides_is_said_to_count() -> None:
    """Finance decides whatever else is posted; economy only without it."""
    lines = said(panel("cn-self-media-2023/qualifications"))
    place = lines.index("2 Content: the first that fits")
    assert lines[place + 1 : place + 4] == [
        "Finance; Education; Health; Justice -> applies",
        "Economy; not known -> uncertain",
        "anything else -> does not apply",
    ]


def test_at_least_is_not_said_as_more_than() -> None:
    """A line drawn by 以上 is said as its source draws it."""
    assert "at least 1,000 followers; not known -> 6" in said(panel("cn-miluo-2022/account"))
    assert "fewer than 1,000 followers -> does not apply" in said(panel("cn-miluo-2022/account"))


def test_a_panel_speaks_chinese_too() -> None:
    """The same rows, in the other language."""
    assert said(panel("cn-xian-2017/weibo-individual"), "zh_CN")[6:9] == [
        "3 粉丝数",
        "粉丝不超过3万 -> 不适用",
        "粉丝超过3万；未知 -> 4",
    ]


def test_a_draft_asks_nothing() -> None:
    """What was never in force is one outcome, by its own name, and no rule of reading is given."""
    (one,) = drawn("cn-public-accounts-2020-draft").panels
    assert (one.boxes, one.begins) == ((), Outcome.NOT_IN_FORCE)
    assert words("en").text(one.end(Outcome.NOT_IN_FORCE)) == "a draft for comment only"
    assert drawn("cn-public-accounts-2020-draft").notes == ()


def test_the_day_decides_what_is_drawn() -> None:
    """Within its window a notice applies, before it there is none, after it there is a doubt."""
    within = picture(BOOK.instruments["cn-xian-2017"], BOOK, date(2017, 7, 25), dated=True)
    notes = [words("en").text(note) for note in within.notes]
    assert notes[:2] == ["On 25 July 2017", "For accounts that have to do with Xi'an."]
    assert "Xi'an -> applies" in said(within.panels[0])
    assert "Xi'an -> applies" not in said(panel("cn-xian-2017/weibo-individual"))
    assert panel("cn-xian-2017/wechat", date(2017, 7, 1)).begins is Outcome.NOT_IN_FORCE
    doubts = ["Not certain" in words("en").text(note) for note in drawn("cn-xian-2017").notes]
    assert (any(doubts), any("Not certain" in note for note in notes)) == (True, False)


def test_with_one_place_its_name_is_said_not_yes() -> None:
    """A rulebook of one city asks 'in City?'; in a picture 'Yes' would not say where."""
    book = load(FILES)
    (one,) = picture(book.instruments["city-2020"], book, TODAY).panels
    assert said(one)[-3:] == [
        "3 Residence",
        "City; not known -> ask the office",
        "anything else -> does not apply",
    ]
