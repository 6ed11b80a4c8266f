from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import words
from dialogs.conversation import Remind
from dialogs.reminder import Standing
from tests.dialogs.reminded import RULES, changed, due, reminded, the_effect, the_reminder, under, watched

COMMENT = ("facts.toml", "# The vocabulary", "# A vocabulary")
HIGHER = ("cn/xian.toml", "more_than = 30000", "more_than = 50000")
HOURS = timedelta(hours=3)


def test_a_change_is_told_once_with_both_wordings() -> None:
    """What the answers came to by the earlier rules, and come to now; then the watch goes on."""
    talk = watched()
    version = talk.world.rulebook.version
    assert the_effect(talk) == Remind(the_reminder(talk).id, None)
    assert the_reminder(talk).rulebook == version
    assert the_reminder(talk).standing is Standing.COMING
    before, now = talk.press(":details").text.split("\nNow:\n")
    assert "This account is to be registered with the Xi'an internet information office." in before
    assert now.startswith(
        "Under the Xi'an notice of 2017 and the national rules listed here, this account does not"
    )
    due(talk.later(HOURS))
    assert not talk.turn.messages


def test_in_chinese_too() -> None:
    """Each wording as a card in Chinese has it."""
    talk = watched().press(":details")
    shown = "\n".join(words("zh_CN").question(talk.message))
    assert "此前：\n" in shown
    assert "\n现在：\n" in shown


@pytest.mark.parametrize("edit", [COMMENT, ("cn/xian.toml", "more_than = 50000", "more_than = 60000")])
def test_what_changes_nothing_for_these_answers_is_not_told(edit: tuple[str, str, str]) -> None:
    """The watch goes on from today's rules."""
    talk = due(under(reminded(begun=RULES).later(HOURS), changed(edit)))
    assert not talk.turn.messages
    assert the_effect(talk) == Remind(the_reminder(talk).id, None)
    assert the_reminder(talk).rulebook == talk.world.rulebook.version


def test_an_earlier_rulebook_that_is_lost_is_not_made_up() -> None:
    """What holds now is said, and that what held before is not known."""
    talk = under(reminded(begun=RULES).later(HOURS), changed(HIGHER))
    talk.world = replace(talk.world, earlier={})
    due(talk).press(":details")
    assert "What your answers came to before is no longer kept." in talk.text


def test_a_new_question_is_not_answered_for_the_owner() -> None:
    """By rules that ask more, nothing is said of these answers but that."""
    talk = reminded(begun=RULES)
    few = replace(the_reminder(talk), facts={"platform": "weibo", "place": "xian"})
    talk.conversation = replace(talk.conversation, reminders=(few,))
    talk = under(talk.later(HOURS), changed(HIGHER))
    talk.world = replace(talk.world, earlier={})
    due(talk).press(":details")
    assert talk.text.endswith("Now:\nA further question has to be answered first; “check” asks it.")


def test_who_comes_back_is_told_too() -> None:
    """At once and in full, and not again."""
    talk = under(reminded(begun=RULES).later(HOURS), changed(HIGHER)).arrive()
    assert "While you were away, something changed that you asked to be told of:\nBefore:" in talk.text
    assert "While you were away" not in talk.arrive().text
    due(talk)
    assert not talk.turn.messages


def test_stop_ends_the_watch_and_drops_the_answers() -> None:
    """Nothing is kept for it any more."""
    talk = watched().say("stop")
    assert the_reminder(talk).standing is Standing.STOPPED
    assert the_reminder(talk).facts == {}
    assert the_effect(talk) == Remind(the_reminder(talk).id, None, over=True)
