from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.office.breaker import LONGEST_REST, MOST_FAILURES, SHORTEST_REST, WHILE_TRYING, Breaker
from dialogs.office import (
    Absent,
    Answer,
    Blocked,
    Busy,
    NotOffered,
    Received,
    Rejected,
    Unclear,
    Withdrawn,
)

NOW = datetime(2026, 11, 20, 6, 32, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FAILED = Unclear("timeout")


def a_breaker(chance: float = 0.5) -> Breaker:
    """One whose rests are spread by that chance; by 0.5 they are as long as they are called."""
    return Breaker(lambda: chance)


def resting(breaker: Breaker, *, since: datetime = NOW) -> Breaker:
    """The same after as many failures as it bears."""
    for _ in range(MOST_FAILURES):
        assert breaker.wait(since) == 0
        breaker.ended(since, FAILED)
    return breaker


@pytest.mark.parametrize(
    "answer",
    [
        *map(Unclear, ("timeout", "cut", "unreachable", "redirect", "garbage", "too_large", "http_500")),
        Busy(),
    ],
)
def test_five_failures_of_the_line_in_a_row_open_it(answer: Answer) -> None:
    """Four do not, however often, if there is an answer between them."""
    breaker = a_breaker()
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            breaker.ended(NOW, answer)
        assert breaker.wait(NOW) == 0
        breaker.ended(NOW, Absent())
    for _ in range(MOST_FAILURES):
        breaker.ended(NOW, answer)
    assert breaker.wait(NOW) == SHORTEST_REST


@pytest.mark.parametrize(
    "answer",
    [
        Received(),
        Rejected("no"),
        Withdrawn(),
        NotOffered(),
        Blocked(401),
        Busy(0),
        *map(Unclear, ("foreign_receipt", "foreign_address", "contradiction", "practice")),
    ],
)
def test_what_an_office_says_closes_it(answer: Answer) -> None:
    """Also what it refuses, and what is strange about one filing: the line is there, for all others."""
    breaker = resting(a_breaker())
    later = NOW + SHORTEST_REST * SECOND
    assert breaker.wait(later) == 0
    breaker.ended(later, answer)
    assert [breaker.wait(later) for _ in range(20)] == [0] * 20


def test_after_its_rest_one_request_goes_through() -> None:
    """Of twenty that come together; the others go once it has been answered."""
    breaker = resting(a_breaker())
    assert breaker.wait(NOW + (SHORTEST_REST - 1) * SECOND) == 1
    later = NOW + SHORTEST_REST * SECOND
    assert [breaker.wait(later) for _ in range(20)] == [0] + [WHILE_TRYING] * 19
    breaker.ended(later, Absent())
    assert [breaker.wait(later) for _ in range(20)] == [0] * 20


def test_a_try_that_was_broken_off_leaves_room_for_the_next() -> None:
    """It says nothing of the office."""
    breaker = resting(a_breaker())
    later = NOW + SHORTEST_REST * SECOND
    assert breaker.wait(later) == 0
    breaker.ended(later, None)
    assert [breaker.wait(later) for _ in range(2)] == [0, WHILE_TRYING]


def test_rests_grow_until_the_office_answers() -> None:
    """From half a minute to ten, and from half a minute again."""
    breaker, now, rests = resting(a_breaker()), NOW, []
    for _ in range(7):
        rests.append(breaker.wait(now))
        now += rests[-1] * SECOND
        assert breaker.wait(now) == 0
        breaker.ended(now, FAILED)
    assert rests == [30, 60, 120, 240, 480, LONGEST_REST, LONGEST_REST]
    breaker.answered(now)
    assert resting(breaker, since=now).wait(now) == SHORTEST_REST


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 27), (1.0, 33)])
def test_rests_are_spread_a_little(chance: float, seconds: int) -> None:
    """Several bots do not come back at the same moment."""
    assert resting(a_breaker(chance)).wait(NOW) == seconds


def test_what_was_under_way_when_the_rest_began_makes_it_no_longer() -> None:
    """Twenty requests that fail together are one failure of the office."""
    breaker = resting(a_breaker())
    for _ in range(15):
        breaker.ended(NOW + SECOND, FAILED)
    assert breaker.wait(NOW) == SHORTEST_REST


@pytest.mark.parametrize("answer", [Busy(900), Unclear("http_503", 900)])
def test_the_time_an_office_asks_for_holds_for_all_its_filings(answer: Answer) -> None:
    """Whatever is answered meanwhile to requests that were under way, or about what it collects."""
    breaker = a_breaker()
    assert breaker.wait(NOW) == 0
    breaker.ended(NOW, answer)
    breaker.ended(NOW + SECOND, Absent())
    breaker.ended(NOW + SECOND, Busy(60))
    breaker.answered(NOW + SECOND)
    assert breaker.wait(NOW + SECOND) == 899
    later = NOW + 900 * SECOND
    assert [breaker.wait(later) for _ in range(2)] == [0, WHILE_TRYING]
    breaker.ended(later, Absent())
    assert breaker.until is None


def test_what_the_office_states_ends_a_rest() -> None:
    """What it collects is asked at all times."""
    breaker = resting(a_breaker())
    breaker.answered(NOW)
    assert breaker.wait(NOW) == 0
