from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.conversation import Remind, ReminderDue
from dialogs.filing import Filing, State
from dialogs.messages import Message
from dialogs.reminder import Standing
from dialogs.reminding.telling import CHANGED, DUE
from tests.dialogs.places import PLACES
from tests.dialogs.places import at as at_place
from tests.dialogs.reminded import at, changed, due, reminded, the_effect, the_reminder, told, under
from tests.dialogs.talks import Talk

DUTY = "cn-xian-2017/weibo-individual"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHORTER = ("cn/xian.toml", "days = 30", "days = 20")
GONE = ("cn/xian.toml", 'id = "cn-xian-2017/weibo-individual"', 'id = "cn-xian-2017/weibo-person"')
OVER = ("cn/xian.toml", "current_until = 2017-08-15", "valid_to = 2026-11-30")
REWORDED = ("cn/xian.toml", "newer ones, within {n} days of", "newer ones: {n} days after")


def a_filing(state: State, since: datetime) -> Filing:
    """A filing that names the duty of the reminder."""
    return Filing("BN-1", 1, "", "xian", ("cn-xian-2017/body", DUTY), "", (), since, since, state=state)


def with_filing(talk: Talk, state: State, after: timedelta) -> Talk:
    """A talk with a filing that came to that state so long after the reminder was set."""
    filing = a_filing(state, the_reminder(talk).since + after)
    talk.conversation = replace(talk.conversation, filings=(filing,))
    return talk


def said(talk: Talk) -> list[Message]:
    """What was said in the last turn."""
    return list(talk.turn.messages)


def test_it_is_told_at_each_of_its_moments_and_then_no_more() -> None:
    """With what comes next for the outbox each time."""
    talk = reminded()
    first, second = the_reminder(talk).at
    told(talk)
    assert [message.lines for message in said(talk)] == [(DUE,)]
    assert the_effect(talk) == Remind(the_reminder(talk).id, second)
    due(at(talk, second))
    assert len(said(talk)) == 1
    assert the_effect(talk) == Remind(the_reminder(talk).id, None, over=True)
    assert the_reminder(talk).told == (first, second)
    assert the_reminder(talk).standing is Standing.TOLD


@pytest.mark.parametrize("place", PLACES)
def test_wherever_the_owner_is_there_is_one_word_for_the_outbox(place: str) -> None:
    """Also of a reminder that nobody knows."""
    talk = at_place(place)
    for id_ in ("unknown", *(one.id for one in talk.conversation.reminders)):
        turn = at_place(place).take(ReminderDue(id_))
        assert [effect.id for effect in turn.effects if isinstance(effect, Remind)] == [id_]
        assert len(turn.messages) <= 1
        if id_ == "unknown":
            assert turn.effects == (Remind(id_, None, over=True),)


@pytest.mark.parametrize("standing", [Standing.STOPPED, Standing.TOLD, Standing.WITHDRAWN])
def test_what_is_over_is_not_told(standing: Standing) -> None:
    """It may have been on its way already when it was stopped."""
    talk = reminded()
    talk.conversation = replace(
        talk.conversation, reminders=(replace(the_reminder(talk), standing=standing, why="filed"),)
    )
    told(talk)
    assert not said(talk)
    assert the_effect(talk).over


Change = Callable[[Talk], Talk]
WITHDRAWN: dict[str, tuple[Change, str]] = {
    "blocked": (lambda talk: due(talk, reachable=False), "blocked"),
    "received": (lambda talk: due(with_filing(talk, State.RECEIVED, MINUTE)), "filed"),
    "filed": (lambda talk: due(with_filing(talk, State.FILED, MINUTE)), "filed"),
    "recorded": (lambda talk: due(with_filing(talk, State.RECORDED, MINUTE)), "filed"),
    "other days": (lambda talk: due(under(talk, changed(SHORTER))), "rules"),
    "no such duty": (lambda talk: due(under(talk, changed(GONE))), "rules"),
    "out of force": (lambda talk: due(under(talk, changed(OVER))), "rules"),
    "after the day": (lambda talk: due(talk.later(10 * DAY)), "late"),
}


@pytest.mark.parametrize("case", WITHDRAWN)
def test_what_no_longer_holds_is_withdrawn(case: str) -> None:
    """Without a word; but that a rule has changed is said, as the owner relies on it."""
    change, why = WITHDRAWN[case]
    talk = reminded()
    change(at(talk, the_reminder(talk).at[0]))
    assert (the_reminder(talk).standing, the_reminder(talk).why) == (Standing.WITHDRAWN, why)
    assert the_effect(talk) == Remind(the_reminder(talk).id, None, over=True)
    assert [message.lines for message in said(talk)] == ([(CHANGED,)] if why == "rules" else [])
    assert not the_reminder(talk).at


@pytest.mark.parametrize(
    "change",
    [
        lambda talk: with_filing(talk, State.FILED, -MINUTE),
        lambda talk: with_filing(talk, State.CONFIRMED, MINUTE),
        lambda talk: with_filing(talk, State.PREPARED, MINUTE),
        lambda talk: with_filing(talk, State.REJECTED, MINUTE),
        lambda talk: under(talk, changed(REWORDED)),
        lambda talk: talk.later(timedelta(hours=5)),
    ],
)
def test_what_still_holds_is_told(change: Change) -> None:
    """Filed before, not filed yet, or the same rule in other words."""
    talk = reminded()
    due(change(at(talk, the_reminder(talk).at[0])))
    assert [message.lines for message in said(talk)] == [(DUE,)]


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-12-03T22:00+08:00", "2026-12-04T09:00+08:00"),
        ("2026-12-04T03:00+08:00", "2026-12-04T09:00+08:00"),
        ("2026-12-08T21:30+08:00", "2026-12-09T09:00+08:00"),
    ],
)
def test_a_late_worker_wakes_nobody(now: str, again: str) -> None:
    """It comes back in the morning, and tells it then."""
    talk = reminded()
    due(at(talk, datetime.fromisoformat(now)))
    assert not said(talk)
    assert the_effect(talk) == Remind(the_reminder(talk).id, datetime.fromisoformat(again).astimezone(UTC))
    due(at(talk, the_reminder(talk).at[0]))
    assert len(said(talk)) == 1


def test_in_another_zone_it_is_another_hour() -> None:
    """Ten in the morning in Xi'an is three at night in Paris."""
    talk = reminded("reminders", "zone", "Paris", "go on")
    (first, second) = the_reminder(talk).at
    assert [one.astimezone(UTC).hour in (8, 9, 10) for one in (first, second)] == [True, True]
    due(at(talk, datetime(2026, 12, 3, 2, 0, tzinfo=UTC)))
    assert not said(talk)
    assert the_effect(talk).due_at == first


def test_nobody_is_interrupted_while_answering() -> None:
    """Ten minutes of silence, or a question that is not open, and it is told."""
    talk = reminded()
    moment = the_reminder(talk).at[0]
    at(talk, moment - MINUTE).say("check", "weibo")
    due(at(talk, moment))
    assert not said(talk)
    assert the_effect(talk).due_at == moment + 10 * MINUTE
    due(at(talk, moment + 10 * MINUTE))
    assert [message.lines for message in said(talk)] == [(DUE,)]


def test_missed_moments_are_told_once() -> None:
    """The program was off: one word for both, and nothing for the past."""
    talk = reminded()
    due(at(talk, the_reminder(talk).at[1] + MINUTE))
    assert len(said(talk)) == 1
    assert the_effect(talk).over
    assert len(the_reminder(talk).told) == 1


@pytest.mark.parametrize("back", [MINUTE, DAY, 400 * DAY])
def test_a_clock_set_back_tells_nothing_twice(back: timedelta) -> None:
    """Not what was told, nor what comes later."""
    talk = told(reminded())
    (second,) = the_reminder(talk).at
    for moment in (talk.world.now - back, talk.world.now):
        due(at(talk, moment))
        assert not said(talk)
        assert the_effect(talk) == Remind(the_reminder(talk).id, second)


def test_a_channel_that_cannot_push_keeps_it_for_the_next_visit() -> None:
    """There it is told at once and in full, whatever the hour, and only once."""
    talk = reminded()
    talk.world = replace(talk.world, pushes=False)
    told(talk)
    assert not said(talk)
    assert the_effect(talk) == Remind(the_reminder(talk).id, None)
    at(talk, datetime(2026, 12, 4, 20, 0, tzinfo=UTC)).arrive()
    assert "While you were away, it was time to remind you of this:\n10 December 2026: " in talk.text
    assert the_effect(talk) == Remind(the_reminder(talk).id, the_reminder(talk).at[0])
    assert "While you were away" not in talk.arrive().text


@pytest.mark.parametrize("pushes", [True, False])
def test_whoever_comes_too_late_is_told_nothing(pushes: bool) -> None:
    """The day is over; the list says so."""
    talk = reminded()
    talk.world = replace(talk.world, pushes=pushes)
    at(talk, datetime(2026, 12, 11, 4, 0, tzinfo=UTC)).arrive()
    assert "While you were away" not in talk.text
    assert the_effect(talk).over
    assert "Withdrawn: the day was over" in talk.say("/reminders").text
