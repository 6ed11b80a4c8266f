"""The two rates, by a clock that goes only while somebody waits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.delivered import Flooded
from bot.pace import CHAT_BURST, REMEMBERED, Pace

pytestmark = pytest.mark.anyio


class Watch:
    """A clock that goes on by what is waited for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now

    async def pause(self, seconds: float) -> None:
        """They pass at once."""
        self.now += seconds


@pytest.fixture
def watch() -> Watch:
    """A clock at 0."""
    return Watch()


def paced(watch: Watch, rate: float = 1000.0, chat_rate: float = 1.0) -> Pace:
    """A pace by that clock."""
    return Pace(rate, chat_rate, watch, watch.pause)


async def taken(pace: Pace, watch: Watch, *chats: str) -> list[float]:
    """When messages to these chats may go, one asked for after the other."""
    times = []
    for chat in chats:
        await pace.take(chat)
        times.append(watch.now)
    return times


async def test_a_chat_has_a_burst_and_then_its_rate(watch: Watch) -> None:
    """Three at once, then one a second."""
    assert CHAT_BURST == 3
    assert await taken(paced(watch), watch, *"aaaaaa") == pytest.approx([0, 0, 0, 1, 2, 3])


async def test_a_burst_comes_back_as_time_passes_but_grows_no_further(watch: Watch) -> None:
    """Two seconds give two, a day three."""
    pace = paced(watch)
    await taken(pace, watch, *"aaa")
    watch.now = 2
    assert await taken(pace, watch, *"aaa") == pytest.approx([2, 2, 3])
    watch.now = 86_400
    assert await taken(pace, watch, *"aaaa") == pytest.approx([86_400] * 3 + [86_401])


async def test_a_chat_does_not_wait_for_another(watch: Watch) -> None:
    """Each has a burst of its own."""
    pace = paced(watch)
    await taken(pace, watch, *"aaaa")
    assert await taken(pace, watch, *"bbb") == [watch.now] * 3


async def test_all_chats_together_have_a_rate(watch: Watch) -> None:
    """As many at once as in a second, then one after the other."""
    times = await taken(paced(watch, rate=10), watch, *map(str, range(30)))
    assert times[:10] == [0] * 10
    assert [later - sooner for sooner, later in pairwise(times[9:])] == pytest.approx([0.1] * 20)


async def test_a_message_counts_when_it_goes_in_both_rates(watch: Watch) -> None:
    """A chat that had to wait for all others is not given that time back."""
    pace = paced(watch, rate=1)
    await taken(pace, watch, *"xyaaaa")
    times = await taken(pace, watch, *"aaaa")
    assert all(later - sooner >= 1 - 1e-9 for sooner, later in pairwise(times))


async def test_less_than_one_a_second(watch: Watch) -> None:
    """Is a rate too; one message may always go at once."""
    assert await taken(paced(watch, rate=0.5, chat_rate=0.25), watch, *"abc") == pytest.approx([0, 2, 4])


async def test_nothing_goes_in_a_quiet_time(watch: Watch) -> None:
    """It is said how long that lasts; the longest counts."""
    pace = paced(watch)
    pace.be_quiet(30)
    pace.be_quiet(5)
    watch.now = 10
    with pytest.raises(Flooded) as caught:
        await pace.take("a")
    assert (caught.value.retry_after, pace.quiet) == (20, 20)
    with pytest.raises(Flooded):
        pace.check()
    watch.now = 30
    pace.check()
    assert (pace.quiet, await taken(pace, watch, "a")) == (0, [30])


async def test_who_waits_when_a_quiet_time_begins_does_not_go_in_it(watch: Watch) -> None:
    """Though its turn has come."""
    pace = paced(watch)
    await taken(pace, watch, *"aaa")

    async def disturbed(seconds: float) -> None:
        pace.be_quiet(30)
        watch.now += seconds

    pace.pause = disturbed
    with pytest.raises(Flooded) as caught:
        await pace.take("a")
    assert caught.value.retry_after == 29


async def test_of_many_chats_those_last_written_to_are_kept_in_mind(watch: Watch) -> None:
    """So memory does not grow for ever."""
    pace = paced(watch, rate=1e9)
    await taken(pace, watch, *"aaa")
    await taken(pace, watch, *(str(number) for number in range(REMEMBERED - 1)))
    assert await taken(pace, watch, "a") == pytest.approx([1])
