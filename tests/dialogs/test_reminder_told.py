from __future__ import annotations

from datetime import timedelta

import pytest

from bot.catalogues import languages
from bot.i18n import words
from dialogs.conversation import Remind
from dialogs.messages import CalendarPaper, T
from dialogs.reminder import Standing
from tests.dialogs.places import at as at_place
from tests.dialogs.reminded import at, due, reminded, the_effect, the_reminder, told
from tests.dialogs.talks import a_talk

LANGUAGES = ["en", *languages()]
DAY = timedelta(days=1)


def revealing(language: str) -> set[str]:
    """Names that a stranger who sees the screen must not read: offices, notices, platforms."""
    book, said = a_talk().world.rulebook, words(language)
    names = {name for i in book.instruments.values() for name in (i.office, i.issuer, i.name, i.title)}
    names |= {option.label for option in book.facts["platform"].options} | {
        p.name for p in book.places.values()
    }
    names |= {word for option in book.facts["platform"].options for word in option.words}
    return {shown.casefold() for name in names if name for shown in (name, said.text(T(name)))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["reminder", "rules changed", "warning", "reminder, forgotten meanwhile"])
def test_a_lock_screen_tells_a_stranger_nothing(place: str, language: str) -> None:
    """No authority, no law, no kind of account, not one digit; on the buttons neither."""
    message, said = at_place(place).message, words(language)
    shown = "\n".join((*said.question(message), *(said.text(button.label) for button in message.buttons)))
    assert not any(character.isdigit() for character in shown)
    assert [name for name in revealing(language) if name in shown.casefold()] == []
    assert not message.files
    assert not message.papers


def test_the_details_come_after_a_press() -> None:
    """What, when, how long still, for what duty, and where it was read."""
    lines = told(reminded()).press(":details").text.splitlines()
    assert lines[-4:-1] == [
        "10 December 2026: newer ones, within 30 days of the first message.",
        "7 days are left.",
        "It is for: Registering a personal Weibo account (the Xi'an notice of 2017).",
    ]
    assert lines[-1].startswith("Source: Xi'an public notice")


@pytest.mark.parametrize("seen", [[], ["details"]])
@pytest.mark.parametrize("word", ["stop", "Stop", "停止", "3"])
def test_stop_stops_it(seen: list[str], word: str) -> None:
    """Of this reminder, not of what is going on behind it."""
    talk = told(reminded("check", "weibo")).say(*seen, word)
    assert the_reminder(talk).standing is Standing.STOPPED
    assert the_effect(talk) == Remind(the_reminder(talk).id, None, over=True)
    assert "Stopped." in talk.text


def test_what_is_typed_to_the_question_behind_it_is_taken() -> None:
    """The reminder came between question and answer; the answer is not lost."""
    talk = reminded()
    moment = the_reminder(talk).at[0]
    at(talk, moment - timedelta(minutes=30)).say("check", "weibo")
    assert due(at(talk, moment)).scene == "reminder"
    talk.say("xi'an")
    assert talk.conversation.check is not None
    assert dict(talk.conversation.check.answers) == {"platform": "weibo", "place": "xian"}


def test_it_does_not_keep_answers_longer() -> None:
    """The owner said nothing, so what was to be erased is erased; the reminder stays on the screen."""
    talk = reminded()
    moment = the_reminder(talk).at[0]
    at(talk, moment - timedelta(minutes=30)).say("check", "weibo")
    before = talk.turn.erase_at
    assert due(at(talk, moment)).turn.erase_at == before
    at(talk, moment + 3 * timedelta(hours=1)).press(":details")
    assert "10 December 2026" in talk.text
    assert talk.conversation.check is None


def test_again_tomorrow_puts_one_notice_off() -> None:
    """It is told the next day; the one that was to come still comes."""
    talk = told(reminded())
    last = the_reminder(talk).at[-1]
    talk.press(":tomorrow")
    again, then = the_reminder(talk).at
    assert again.date() == (talk.world.now + DAY).date()
    assert then == last
    assert the_effect(talk).due_at == again
    assert due(at(talk, again)).scene == "reminder"


def test_again_tomorrow_is_offered_up_to_the_day_itself() -> None:
    """The day before, it is put off to the day and the reminder lives on; on the day it would be too late."""
    talk = reminded()
    due(at(talk, the_reminder(talk).at[1])).press(":tomorrow")
    assert the_reminder(talk).standing is Standing.COMING
    due(at(talk, the_reminder(talk).at[0]))
    assert ":tomorrow" not in talk.choices
    assert "That is today." in talk.press(":details").text


def test_its_day_is_a_calendar_file_too() -> None:
    """Whose words tell nobody what it is about."""
    talk = told(reminded()).press(":details").press(":calendar")
    (paper,) = talk.message.papers
    assert isinstance(paper, CalendarPaper)
    assert (paper.on, paper.at) == (the_reminder(talk).on, the_reminder(talk).at)
    assert paper.summary.msgid == "A day to remember"
