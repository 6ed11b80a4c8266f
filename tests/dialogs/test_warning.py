from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.conversation import TimePassed
from tests.dialogs.reminded import at, reminded, warned
from tests.dialogs.talks import FORM, PERSON, WEIBO, Talk, a_talk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOMORROW = "What you began here is erased tomorrow. “go on” takes it up again."
TODAY = "What you began here is erased later today. “go on” takes it up again."


def a_form(*texts: str, said_at: str = "2026-11-21T10:00+08:00") -> Talk:
    """A form with everything in it, at its review, last answered at that time."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:-1])
    return at(talk, datetime.fromisoformat(said_at).astimezone(UTC)).say(PERSON[-1], *texts)


@pytest.mark.parametrize(
    ("said_at", "warned_at"),
    [
        ("2026-11-21T10:00+08:00", "2026-11-27T10:00+08:00"),
        ("2026-11-21T03:00+08:00", "2026-11-27T09:00+08:00"),
        ("2026-11-21T23:30+08:00", "2026-11-27T21:00+08:00"),
    ],
)
def test_one_warning_comes_on_the_day_before(said_at: str, warned_at: str) -> None:
    """Once, at a decent hour; nothing is kept longer for it."""
    talk = a_form(said_at=said_at)
    end = talk.world.now + 7 * DAY
    warned(talk)
    assert talk.world.now == datetime.fromisoformat(warned_at)
    assert talk.text == TOMORROW
    assert not talk.message.lasting
    assert talk.turn.erase_at == end
    talk.later(HOUR).take(TimePassed())
    assert not talk.turn.messages
    at(talk, end).take(TimePassed())
    assert talk.conversation.draft is None
    assert not talk.turn.messages


def test_a_program_that_was_off_warns_late_but_truly() -> None:
    """At the next decent hour, if that is before the end; then it says today."""
    talk = a_form(said_at="2026-11-21T15:00+08:00")
    at(talk, datetime.fromisoformat("2026-11-27T22:00+08:00")).take(TimePassed())
    assert not talk.turn.messages
    assert talk.turn.erase_at == datetime.fromisoformat("2026-11-28T09:00+08:00")
    at(talk, talk.turn.erase_at).take(TimePassed())
    assert talk.text == TODAY


@pytest.mark.parametrize("way", [[], ["not now"], ["back"]])
def test_go_on_takes_up_what_was_begun(way: list[str]) -> None:
    """The form in hand, or the one set aside; from then on it is kept for seven days again."""
    before = a_form(*way)
    talk = warned(a_form(*way)).say("go on")
    assert talk.scene in ("review", "register")
    assert talk.conversation.drafting == (before.conversation.draft or before.conversation.aside[-1])
    assert not talk.conversation.warned
    assert warned(talk).text == TOMORROW


def test_what_is_typed_to_the_question_behind_it_is_taken() -> None:
    """The warning asks nothing."""
    talk = warned(a_talk(*WEIBO, *FORM))
    talk.say("古城漫步")
    assert "account_name" in talk.conversation.drafting.answers


def test_nobody_else_is_written_to() -> None:
    """A channel that cannot push, a check, a form before consent, a reminder: not one unasked message."""
    silent = a_form()
    silent.world = replace(silent.world, pushes=False)
    for talk in (silent, a_talk(*WEIBO[:3]), a_talk(*WEIBO), a_talk(*WEIBO, "register"), reminded()):
        for _ in range(40):
            talk.later(6 * HOUR).take(TimePassed())
            assert not talk.turn.messages
