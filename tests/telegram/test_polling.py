from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio


def texts(updates: list[dict[str, Any]]) -> list[str]:
    """What the messages among updates say."""
    return [update["message"]["text"] for update in updates]


async def polls(server: Telegram, number: int) -> None:
    """Until so many getUpdates have come in."""
    await server.until(lambda: len(server.called("getUpdates")) >= number)


async def test_an_offset_confirms(api: Raw, person: Person) -> None:
    """What lies before the offset is forgotten, the rest comes again and again; ids grow by one."""
    for text in "abc":
        person.says(text)
    first = await api("getUpdates")
    again = await api("getUpdates", offset=first[1]["update_id"])
    assert (texts(first), texts(again)) == (["a", "b", "c"], ["b", "c"])
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]
    assert texts(await api("getUpdates")) == ["b", "c"]
    assert texts(await api("getUpdates", offset=0, limit=1)) == ["b"]


async def test_a_negative_offset_counts_from_the_end(api: Raw, person: Person) -> None:
    """Only the last ones are left."""
    for text in "abc":
        person.says(text)
    assert texts(await api("getUpdates", offset=-2)) == ["b", "c"]
    assert texts(await api("getUpdates")) == ["b", "c"]


async def test_an_offset_far_ahead_confirms_nothing(api: Raw, person: Person) -> None:
    """So a bot that remembers an offset from before a change of numbers loses nothing."""
    person.says("a")
    ahead = api.server.state.updates.next_id + 11
    assert texts(await api("getUpdates", offset=ahead)) == ["a"]
    assert await api("getUpdates", offset=api.server.state.updates.next_id) == []


async def test_a_poll_wakes_on_an_update(api: Raw, person: Person) -> None:
    """It waits for one, and not a moment longer."""
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await polls(api.server, 1)
    person.says("a")
    assert texts(await poll) == ["a"]


async def test_a_poll_ends_by_the_clock(api: Raw) -> None:
    """After `timeout` seconds there are none."""
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await polls(api.server, 1)
    api.server.clock.advance(seconds=29)
    assert not poll.done()
    api.server.clock.advance(seconds=1)
    assert await poll == []


async def test_a_second_poll_ends_the_first(api: Raw, person: Person) -> None:
    """409 for the older; the newer gets what comes."""
    older = asyncio.create_task(api("getUpdates", timeout=50))
    await polls(api.server, 1)
    newer = asyncio.create_task(api("getUpdates", timeout=50))
    with pytest.raises(Refused, match="Conflict: terminated by other getUpdates request") as refusal:
        await older
    assert refusal.value.status == 409
    person.says("a")
    assert texts(await newer) == ["a"]


async def test_no_polls_beside_a_webhook(api: Raw) -> None:
    """409 while one is set, and for the poll that hangs when it is."""
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await polls(api.server, 1)
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    with pytest.raises(Refused, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Refused, match="can't use getUpdates method while webhook is active"):
        await api("getUpdates")
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_a_poll_whose_client_hangs_up_takes_nothing(api: Raw, person: Person) -> None:
    """What comes then is for the next poll, which finds no other."""
    with pytest.raises(TimeoutError):
        async with api.http.post(
            api.address("getUpdates"), data={"timeout": "50"}, timeout=aiohttp.ClientTimeout(total=0.05)
        ):
            pass
    await api.server.until(lambda: api.server.calls[0].hung_up)
    person.says("a")
    assert texts(await api("getUpdates", timeout=50)) == ["a"]


async def test_the_bot_gets_what_it_asked_for(api: Raw, person: Person) -> None:
    """allowed_updates holds from then on; [] means all but the rare ones; unknown kinds are refused."""
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    await api("getUpdates", allowed_updates=["callback_query"])
    person.says("unheard")
    person.presses("A")
    assert [update.keys() - {"update_id"} for update in await api("getUpdates")] == [{"callback_query"}]
    await api("getUpdates", allowed_updates=[])
    person.says("heard")
    assert texts((await api("getUpdates"))[1:]) == ["heard"]
    with pytest.raises(Refused, match="unknown update type"):
        await api("getUpdates", allowed_updates=["massage"])


async def test_updates_are_kept_a_day_and_presses_150_seconds(api: Raw, person: Person) -> None:
    """Whoever comes back later has missed them."""
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    person.says("a")
    person.presses("A")
    api.server.clock.advance(seconds=149)
    assert len(await api("getUpdates")) == 2
    api.server.clock.advance(seconds=1)
    assert texts(await api("getUpdates")) == ["a"]
    api.server.clock.advance(hours=24)
    assert await api("getUpdates") == []


@pytest.mark.parametrize(("quiet", "jumps"), [(timedelta(days=7), True), (timedelta(days=6), False)])
async def test_ids_jump_after_a_quiet_week(
    api: Raw, person: Person, quiet: timedelta, *, jumps: bool
) -> None:
    """The next id is random then, perhaps lower."""
    next_id = api.server.state.updates.next_id
    api.server.clock.advance(days=quiet.days)
    person.says("b")
    assert (api.server.state.updates.every[-1].id != next_id) is jumps


async def test_updates_can_be_repeated(api: Raw, person: Person) -> None:
    """Once more, though confirmed: as after a failure of Telegram's."""
    person.says("a")
    person.says("b")
    updates = api.server.state.updates
    assert len(await api("getUpdates")) == 2
    assert await api("getUpdates", offset=updates.next_id) == []
    updates.repeat(*reversed(updates.every[-2:]))
    assert texts(await api("getUpdates", offset=updates.next_id)) == ["b", "a"]
    assert await api("getUpdates", offset=updates.next_id) == []
