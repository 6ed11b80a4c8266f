from __future__ import annotations

import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.rates import Rates
from tests.telegram.raw import Raw

pytestmark = pytest.mark.anyio


def test_a_chat_takes_a_burst_then_one_a_second() -> None:
    """What is refused does not count."""
    now = [100.0]
    rates = Rates(lambda: now[0], overall=30, chat=1, burst=3)
    assert [rates.take(1) for _ in range(5)] == [0, 0, 0, 1, 1]
    assert rates.take(2) == 0
    now[0] += 1
    assert [rates.take(1), rates.take(1)] == [0, 1]
    now[0] += 60
    assert [rates.take(1) for _ in range(4)] == [0, 0, 0, 1]


def test_thirty_a_second_overall() -> None:
    """However many chats there are."""
    now = [100.0]
    rates = Rates(lambda: now[0])
    assert [rates.take(chat) for chat in range(31)] == [0] * 30 + [1]
    now[0] += 0.1
    assert [rates.take(chat) for chat in range(40, 44)] == [0, 0, 0, 1]


async def test_rates_are_off_until_they_are_switched_on(api: Raw, person: Person) -> None:
    """Then sends are limited by 429; edits and answers are not."""
    number, *_ = [await api.say("x", person.chat.id) for _ in range(9)]
    api.server.state.rates = Rates(api.server.clock.unix)
    for _ in range(3):
        await api.say("x", person.chat.id)
    with pytest.raises(Refused) as refusal:
        await api.say("x", person.chat.id)
    assert (refusal.value.status, refusal.value.parameters) == (429, {"retry_after": 1})
    for text in "abcd":
        await api("editMessageText", chat_id=1001, message_id=number, text=text)
    api.server.clock.advance(seconds=1)
    assert await api.say("x", person.chat.id)
