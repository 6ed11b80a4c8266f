from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import words
from dialogs.conversation import Check
from dialogs.interview import on_day
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.scenes.day import asked
from tests.dialogs.talks import WEIBO, Kind, Talk, a_talk

TODAY = date(2026, 11, 21)
NOVEMBER = date(2020, 11, 1)
SUMMER = date(2017, 7, 25)

SAID = [
    "1 November 2020", "on 1 November 2020", "On November 1st, 2020.", "and on 2020-11-01?",
    "what about 1 November 2020", "And what about on 1 November 2020?", "how about 2020/11/1",
    "as of 1 Nov 2020", "as at 2020-11-01", "for 1 November 2020", "what if it was 1 November 2020",
    "what if it were 1 November 2020?", "how was it on 1 November 2020",
    "2020年11月1日", "2020年11月1日呢", "2020年11月1日呢？", "那2020年11月1日呢", "那么在2020年11月1日呢",
    "按2020年11月1日", "按照2020年11月1日的情况", "截至2020年11月1日", "截止到2020-11-01", "在2020年11月1日",
    "2020年11月1日当天", "2020年11月1日的时候", "2020年11月1日那天呢？", "如果是2020年11月1日呢",
    "换成2020年11月1日",
    "要是2020年11月1日的话", "二〇二〇年十一月一日怎么样", "以2020年11月1日为准",
]  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_a_day_is_asked_in_words(text: str) -> None:
    """With whatever people put around it, in both languages."""
    assert asked(text, TODAY) == NOVEMBER


@pytest.mark.parametrize("text", SAID)
def test_the_words_are_understood_at_the_verdict(text: str) -> None:
    """Straight away, without a button before."""
    talk = decided().say(text)
    assert day_of(talk) == NOVEMBER
    assert talk.scene == "verdict"
    assert talk.text.startswith("For 1 November 2020, not for today:\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("today", TODAY),
        ("what about yesterday?", date(2026, 11, 20)),
        ("今天呢", TODAY),
        ("去年11月1日呢", date(2025, 11, 1)),
        ("on 1 January 2030", date(2030, 1, 1)),
        ("on 3/4/2017", Ambiguous((date(2017, 4, 3), date(2017, 3, 4)))),
        ("on 30 February 2020", Refused("no_such_day")),
        ("2020年2月30日呢", Refused("no_such_day")),
        ("1 May 1980", Refused("year_out_of_range", (("year", 1980),))),
        ("", Refused("not_a_date")),
        ("on", Refused("not_a_date")),
        ("呢", Refused("not_a_date")),
        ("July 2017", Refused("not_a_date")),
        ("why this result", Refused("not_a_date")),
        ("呢" * 9000 + "x", Refused("not_a_date")),
        ("on " * 3000 + "1 November 2020", Refused("not_a_date")),
    ],
)
def test_a_day_that_is_none_or_two(text: str, found: object) -> None:
    """Nothing is guessed."""
    assert asked(text, TODAY) == found


def decided(*more: str, kind: Kind = "none") -> Talk:
    """A chat with its verdict, for a personal Weibo account in Xi'an."""
    return a_talk(*WEIBO, *more, kind=kind)


def day_of(talk: Talk) -> date:
    """The day the check is about."""
    assert talk.conversation.check is not None
    return on_day(talk.conversation.check, talk.world)


def test_the_button_asks_for_the_day() -> None:
    """And takes it without words around it; the answers stay."""
    talk = decided()
    before = talk.conversation.check or Check()
    talk.press(":day")
    assert (talk.scene, talk.choices) == ("day", [":today", ":stay"])
    talk.say("2017-07-25")
    after = talk.conversation.check or Check()
    assert (talk.scene, after.on, after.answers) == ("verdict", SUMMER, before.answers)
    assert "This account is to be registered" in talk.text


def test_it_may_be_left_as_it_is() -> None:
    """Today stays today, and another day that day."""
    assert day_of(decided().press(":day").press(":stay")) == TODAY
    talk = decided("on 2017-07-25").press(":day").press(":stay")
    assert (talk.scene, day_of(talk)) == ("verdict", SUMMER)


@pytest.mark.parametrize("back", ["today", "Today", "今天呢", "21 November 2026", "what about today?"])
def test_back_to_today(back: str) -> None:
    """In words, or by naming it; the card is today's again, and it says so."""
    fresh = decided(kind="practice").text.partition("\n")[2]
    talk = decided("on 25 July 2017", kind="practice").say(back)
    assert talk.conversation.check is not None
    assert talk.conversation.check.on is None
    assert talk.text == f"For today.\n{fresh}"
    assert ":register" in talk.choices
    talk = decided("on 25 July 2017", kind="practice").press(":day").press(":today")
    assert talk.text == f"For today.\n{fresh}"


@pytest.mark.parametrize("day", ["2017-07-25", "2021-02-22", "2030-01-01", "1995-01-01", "1 July 2017"])
def test_no_form_is_offered_for_another_day(day: str) -> None:
    """Nor is a number taken; who wants to register is led back to today first."""
    talk = decided(day, kind="practice")
    assert {":register", ":prepare", ":registered"}.isdisjoint(talk.choices)
    talk.say("already registered")
    assert talk.conversation.draft is None
    talk.say("register")
    assert talk.conversation.draft is None
    assert day_of(talk) == TODAY
    assert talk.text.startswith("For today.")
    assert talk.say("register").conversation.draft is not None


def test_what_an_office_states_concerns_today_only() -> None:
    """On another day its word lifts no doubt."""
    assert "Suppose the Xi'an internet information office still c" in decided(kind="practice").text
    talk = decided("on 21 November 2025", kind="practice")
    assert "Suppose" not in talk.text
    assert "whether it must still be registered is for" in talk.text


def test_a_day_to_come_is_told_by_what_is_known_today() -> None:
    """Nobody knows what the law will be."""
    talk = decided("on 1 January 2030")
    first = talk.message.lines[0]
    assert words("en").text(first) == (
        "For 1 January 2030, by what is known today; the rules may change before:"
    )
    assert words("zh_CN").text(first) == "以下按目前已知的规定判断2030年1月1日的情况，届时规定可能有变："
    assert "not for today" not in talk.text
    assert decided("on 20 November 2026").text.startswith("For 20 November 2026, not for today:")


def test_a_day_before_everything_knows_no_rule() -> None:
    """It is not said that nothing had to be registered, and no later condition is held against it."""
    talk = decided("1 January 1995")
    assert talk.text.split("\n")[:2] == [
        "For 1 January 1995, not for today:",
        "None of the rules listed here was in force on that day; what held then I do not know.",
    ]
    assert words("zh_CN").text(talk.message.lines[1]) == (
        "这里列出的规定在当日均未施行；当时另有什么规定，我不清楚。"
    )
    assert talk.choices == [":why", ":day", ":another"]
    talk.press(":why")
    duties = [line for line in talk.text.split("\n") if " (the " in line]
    assert len(duties) > 10
    assert all(
        line.endswith((": not in force on the day this is checked for.", ": a draft for comment only."))
        for line in duties
    )


def test_the_day_before_a_notice_it_is_not_in_force() -> None:
    """And on its day it is."""
    asked_for = "This account is to be registered"
    assert asked_for not in decided("on 13 July 2017").text
    assert asked_for in decided("on 14 July 2017").text


QUESTIONS = ("weibo", "xi'an", "me", "60000", "I don't know", "none of these")
"""Today the place on the ID changes nothing any more, as the office has to be asked anyway."""


def test_a_day_that_needs_other_answers_asks_for_them() -> None:
    """The day is said before the first of them; then comes the card of that day."""
    talk = a_talk(*QUESTIONS, kind="none")
    assert talk.scene == "verdict"
    talk.say("on 25 July 2017")
    assert talk.scene == "check"
    assert talk.text.split("\n")[0] == "For 25 July 2017."
    assert words("zh_CN").text(talk.message.lines[0]) == "按2017年7月25日查询。"
    assert talk.text.split("\n")[1].startswith("Does your ID document name a place")
    talk.say("yes")
    assert (talk.scene, day_of(talk)) == ("verdict", SUMMER)
    assert "This account is to be registered" in talk.text
    talk.say("today")
    assert (talk.scene, day_of(talk)) == ("verdict", TODAY)


@pytest.mark.parametrize("at", ["verdict", "day"])
def test_two_readings_are_told(at: str) -> None:
    """And the day is asked; nothing is taken meanwhile."""
    talk = decided()
    if at == "day":
        talk.press(":day")
    talk.say("on 3/4/2017")
    assert "That may be 3 April 2017 or 4 March 2017." in talk.text
    assert (talk.scene, day_of(talk)) == ("day", TODAY)
    assert day_of(talk.say("4 March 2017")) == date(2017, 3, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [("on 30 February 2020", "There is no such day."), ("1 May 1980", "That year is outside 1990 to 2100.")],
)
def test_a_day_there_is_not_is_refused(text: str, said: str) -> None:
    """In its own terms, at the verdict too; the day is asked again."""
    for talk in (decided(text), decided("another day", text)):
        assert talk.text.split("\n")[0] == said
        assert (talk.scene, day_of(talk)) == ("day", TODAY)


def test_words_that_are_no_day_are_not_understood() -> None:
    """At the verdict they may have meant anything; where a day is asked they are no date."""
    assert "I did not understand that." in decided("hmm").text
    talk = decided("another day", "someday")
    assert (talk.scene, talk.text.split("\n")[0]) == ("day", "I could not read a date in that.")


def test_another_account_is_about_today() -> None:
    """The day is part of the check that is over."""
    talk = decided("on 25 July 2017").press(":another")
    assert day_of(talk) == TODAY


def test_today_is_that_of_the_issuer() -> None:
    """In the evening of Greenwich it is tomorrow in Xi'an: that day is today, and has no date."""
    talk = decided()
    talk.world = replace(talk.world, now=talk.world.now.replace(day=20, hour=16))
    assert day_of(talk) == TODAY
    talk.say("21 November 2026")
    assert talk.text.startswith("For today.")
    assert talk.say("20 November 2026").text.startswith("For 20 November 2026, not for today:")
