from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialogs.conversation import Remind
from dialogs.filing import Filing, State
from dialogs.messages import CalendarPaper
from dialogs.reminder import Standing
from dialogs.reminding.offers import correction
from dialogs.reminding.setting import MOST
from tests.dialogs.reminded import NEW, at, due, reminded, the_effect, the_reminder
from tests.dialogs.talks import NOW, WEIBO, Talk, a_talk

REMIND = (*WEIBO, "remind me")


def local_days(talk: Talk) -> list[str]:
    """The days of its notices in Xi'an."""
    return [moment.astimezone(UTC).date().isoformat() for moment in the_reminder(talk).at]


def test_the_button_is_under_todays_verdict_only() -> None:
    """For another day nobody can be reminded."""
    assert ":remind" in a_talk(*WEIBO).choices
    assert ":remind" not in a_talk(*WEIBO, "on 25 July 2017").choices


def test_a_past_deadline_is_called_past_and_not_offered() -> None:
    """What is still to come, and what only the owner knows, is."""
    talk = a_talk(*REMIND)
    assert talk.text.startswith("Now past: accounts that existed then, before 15 August 2017")
    assert [id_.partition(":")[0] for id_ in talk.choices] == ["new", "change", "expiry", "own", "rules", ""]


def test_where_no_date_is_given_none_is_invented() -> None:
    """It is said, and a day of one's own offered."""
    talk = a_talk("weibo", "xi'an", "me", "300", "none of these", "remind me")
    assert "The source gives no date that is still to come" in talk.text
    assert talk.choices == ["expiry", "own", "rules", ":done"]


@pytest.mark.parametrize(
    ("typed", "on", "days"),
    [
        (("1", "2026-11-10"), date(2026, 12, 10), ["2026-12-03", "2026-12-09"]),
        (("2", "2026-11-22"), date(2026, 12, 22), ["2026-11-22", "2026-12-15", "2026-12-21"]),
        (("own", "1 June"), date(2027, 6, 1), ["2027-06-01"]),
        (("own", "明年3月1日"), date(2027, 3, 1), ["2027-03-01"]),
        (("own", "03/04/2027", "2"), date(2027, 3, 4), ["2027-03-04"]),
        (("expiry", "2027-01-31"), date(2027, 1, 31), ["2027-01-01", "2027-01-24", "2027-01-30"]),
    ],
)
def test_the_days_of_the_notices_are_said_back(typed: tuple[str, ...], on: date, days: list[str]) -> None:
    """30, 7 and 1 days before as far as they are to come; of an own day the day itself."""
    talk = a_talk(*REMIND, *typed)
    assert the_reminder(talk).on == on
    assert local_days(talk) == days
    assert the_effect(talk) == Remind(the_reminder(talk).id, the_reminder(talk).at[0])
    assert "in the daytime (Beijing time)" in talk.text
    assert talk.scene == "remind"


def test_only_what_is_needed_is_kept() -> None:
    """No answer of the check, but for a change of the rules."""
    assert the_reminder(reminded()).facts == {}
    talk = a_talk(*REMIND, "rules")
    assert talk.conversation.check is not None
    assert the_reminder(talk).facts == talk.conversation.check.answers
    assert the_reminder(a_talk(*REMIND, "rules", "done", "reminders", "stop one", "1")).facts == {}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("1", "2019-01-01"), "By that, the last day was 31 January 2019, now past"),
        (("1", "2017-03-01"), "now past"),
        (("1", "2026-10-22"), "too near to remind you 30, 7 or 1 days before it"),
        (("1", "2027-01-01"), "still to come; please tell me after the first message"),
        (("own", "2020-01-01"), "not still to come"),
        (("expiry", "today"), "not still to come"),
        (("own", "whenever"), "could not read a date"),
        (("own", "30 February 2027"), "no such day"),
    ],
)
def test_what_cannot_be_reminded_of_is_refused_with_its_reason(typed: tuple[str, ...], words: str) -> None:
    """Nothing is set."""
    talk = a_talk(*REMIND, *typed)
    assert words in talk.text
    assert not talk.conversation.reminders
    assert not talk.turn.effects


def test_set_twice_it_replaces_the_earlier_one() -> None:
    """Of the same thing there is one; of two days of one's own there are two."""
    talk = reminded("remind me", "1", "2026-11-15")
    new = the_reminder(talk)
    assert new.on == date(2026, 12, 15)
    assert [effect.over for effect in talk.turn.effects if isinstance(effect, Remind)] == [True, False]
    talk.say("own", "2027-01-01", "own", "2027-01-02", "own", "2027-01-02", "rules", "rules")
    assert len(talk.conversation.reminders) == 4
    assert talk.message.buttons[0].label.msgid == "✓ {choice}"


def test_twenty_are_enough() -> None:
    """It is said; what takes the place of one is still set."""
    talk = a_talk(*REMIND)
    for day in range(1, MOST + 1):
        talk.say("own", f"2027-03-{day:02}")
    assert len(talk.conversation.reminders) == MOST
    talk.say("own", "2027-04-01")
    assert "There are 20 reminders already" in talk.text
    assert len(talk.conversation.reminders) == MOST
    talk.say("own", "2027-03-01")
    assert "There are" not in talk.text


def test_erasing_the_check_erases_no_reminder() -> None:
    """Nor does another check, nor stopping what is going on."""
    before = reminded().conversation.reminders
    for typed in (("another account",), ("cancel",), ("register", "go on", "i agree", "cancel")):
        assert reminded(*typed).conversation.reminders == before


def returned(state: State = State.RETURNED, by: date | None = date(2026, 12, 20)) -> Filing:
    """A filing that an office has returned."""
    return Filing(
        "BN-1", 1, "o", "xian", ("cn-xian-2017/body",), "", (), NOW, NOW, state=state, correct_by=by
    )


def test_a_correction_is_offered_in_the_list() -> None:
    """By the day the office names; it is withdrawn once the filing is no longer returned."""
    talk = a_talk("cancel")
    talk.conversation = replace(talk.conversation, filings=(returned(),))
    talk.say("reminders")
    assert "correction:BN-1" in talk.choices
    talk.press("correction:BN-1")
    assert local_days(talk) == ["2026-12-13", "2026-12-19"]
    assert "20 December 2026: Correction of BN-1" in talk.text
    talk.conversation = replace(talk.conversation, filings=(returned(State.CONFIRMED),))
    due(at(talk, the_reminder(talk).at[0]))
    assert (the_reminder(talk).standing, the_reminder(talk).why) == (Standing.WITHDRAWN, "filed")


def test_no_correction_is_offered_without_a_day() -> None:
    """None is invented, and none for what is over."""
    assert correction(returned(by=None)) is None
    assert correction(returned(State.FILED)) is None


def test_the_list_tells_what_is_coming_told_stopped_and_withdrawn() -> None:
    """The coming ones first, each of the others with its reason."""
    talk = a_talk(*REMIND, "1", "2026-11-10", "own", "2026-12-04", "own", "2027-01-01", "done")
    talk.say("reminders", "stop one", "3")
    assert talk.text.splitlines() == [
        "Stopped.",
        "4 December 2026: A day of your own. Next reminder: 4 December 2026.",
        "10 December 2026: newer ones, within 30 days of the first message. Next reminder: 3 December 2026.",
        "1 January 2027: A day of your own. Stopped by you.",
        "Dates are in Beijing time.",
    ]
    at(talk, datetime(2026, 12, 4, 6, tzinfo=UTC)).say("go on")
    talk.arrive().say("/reminders")
    assert "4 December 2026: A day of your own. Told on 4 December 2026." in talk.text
    assert "first message. Told on 4 December 2026; next reminder: 9 December 2026." in talk.text


def test_all_coming_days_are_calendar_files() -> None:
    """One for each, with its alarms."""
    talk = a_talk(*NEW, "remind me", "rules", "done", "reminders", "calendar")
    (paper,) = talk.message.papers
    assert isinstance(paper, CalendarPaper)
    assert paper.at == talk.conversation.reminders[0].at


def test_another_zone_moves_what_is_coming() -> None:
    """The same days, at decent hours there."""
    talk = reminded("reminders", "zone", "America")
    assert talk.choices == [
        "=America/New_York",
        "=America/Chicago",
        "=America/Denver",
        "=America/Los_Angeles",
        ":leave",
    ]
    talk.press("=America/Los_Angeles")
    assert talk.conversation.zone == "America/Los_Angeles"
    assert [moment.hour in range(17, 20) for moment in the_reminder(talk).at] == [True, True]
    assert local_days(talk) == ["2026-12-03", "2026-12-09"]
    assert the_effect(talk) == Remind(the_reminder(talk).id, the_reminder(talk).at[0])
    assert "Dates are in Pacific Time." in talk.text


def test_a_zone_where_the_hour_has_passed_misses_nothing() -> None:
    """What was to be told today is told as soon as it may be."""
    talk = reminded("reminders", "zone")
    at(talk, datetime(2026, 12, 3, 0, 30, tzinfo=UTC)).say("Auckland")
    assert the_reminder(talk).at[0] == talk.world.now
    late = at(reminded("reminders", "zone"), datetime(2026, 12, 3, 8, 30, tzinfo=UTC)).say("Auckland")
    assert the_reminder(late).at[0] == datetime(2026, 12, 3, 20, 0, tzinfo=UTC)


def test_what_is_over_is_forgotten_after_thirty_days() -> None:
    """At the moment that was announced to the outbox."""
    talk = reminded("reminders", "stop one", "1")
    assert talk.turn.erase_at is not None
    talk.conversation = replace(talk.conversation, check=None)
    at(talk, the_reminder(talk).since).arrive()
    while talk.conversation.reminders:
        assert talk.turn.erase_at is not None
        at(talk, talk.turn.erase_at).arrive()
    assert (talk.world.now - NOW).days == 30
