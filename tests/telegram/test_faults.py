from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.telegram.errors import Refused
from tests.telegram.faults import (
    Conflict,
    CutAfter,
    CutBefore,
    Fault,
    Flood,
    Garbage,
    Slow,
    Status,
    Unauthorized,
)
from tests.telegram.person import Person
from tests.telegram.polling import ANOTHER_POLL
from tests.telegram.raw import Raw
from tests.telegram.server import DOWNLOAD

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("how", "status", "description"),
    [
        (Status(500), 500, "Internal Server Error"),
        (Status(403, "Forbidden: no"), 403, "Forbidden: no"),
        (Flood(7), 429, "Too Many Requests: retry after 7"),
        (Conflict(), 409, f"Conflict: {ANOTHER_POLL}"),
        (Unauthorized(), 401, "Unauthorized"),
    ],
)  # fmt: skip
async def test_scripted_refusals(api: Raw, person: Person, how: Fault, status: int, description: str) -> None:
    """Told as Telegram tells them; nothing is done, and it is no fault of the bot's."""
    api.server.fail("sendMessage", how=how)
    with pytest.raises(Refused) as refusal:
        await api.say("x", person.chat.id)
    assert (refusal.value.status, str(refusal.value)) == (status, description)
    assert person.chat.of_bot() == []
    assert api.server.refusals() == []
    assert await api.say("x", person.chat.id)


async def test_a_flood_says_how_long(api: Raw, person: Person) -> None:
    """In the answer and in its head."""
    api.server.fail("sendMessage", how=Flood(7))
    async with api.http.post(api.address("sendMessage"), data={"chat_id": "1001", "text": "x"}) as response:
        assert response.headers["Retry-After"] == "7"
        assert (await response.json())["parameters"] == {"retry_after": 7}


@pytest.mark.parametrize(("how", "done"), [(CutBefore(), False), (CutAfter(), True)])
async def test_cut_lines(api: Raw, person: Person, how: Fault, *, done: bool) -> None:
    """The bot hears nothing either way; the ledger knows."""
    api.server.fail("sendMessage", how=how)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.say("x", person.chat.id)
    (call,) = api.server.called("sendMessage")
    assert (call.status, call.acted, len(person.chat.of_bot())) == (0, done, int(done))


@pytest.mark.parametrize("done", [False, True])
async def test_slow_answers(api: Raw, person: Person, *, done: bool) -> None:
    """The gate holds back the deed, or only the answer."""
    gate = asyncio.Event()
    api.server.fail("sendMessage", how=Slow(gate, done=done))
    sending = asyncio.create_task(api.say("x", person.chat.id))
    await api.server.until(lambda: api.server.called("sendMessage"))
    assert len(person.chat.of_bot()) == int(done)
    gate.set()
    await sending
    assert len(person.chat.of_bot()) == 1


async def test_garbage(api: Raw, person: Person) -> None:
    """It is done, and answered with these bytes."""
    api.server.fail("sendMessage", how=Garbage(b"<html>", 502))
    async with api.http.post(api.address("sendMessage"), data={"chat_id": "1001", "text": "x"}) as response:
        assert (response.status, await response.read()) == (502, b"<html>")
    assert len(person.chat.of_bot()) == 1


async def test_faults_meet_the_calls_they_are_meant_for(api: Raw, person: Person) -> None:
    """By number, by chat, and in the order in which they were scripted."""
    other = Person(api.server, 1002)
    other.starts()
    api.server.fail("sendMessage", how=Status(500), times=2, at=2, chat=1001)
    api.server.fail("sendMessage", how=Status(502), chat=1002)
    statuses = []
    for chat in (1001, 1002, 1001, 1001, 1002, 1001):
        async with api.http.post(
            api.address("sendMessage"), data={"chat_id": str(chat), "text": "x"}
        ) as response:
            statuses.append(response.status)
    assert statuses == [200, 502, 500, 500, 200, 200]
    assert api.server.unmet() == []
    api.server.fail("getMe", how=Status(500))
    assert api.server.unmet() == ["getMe"]
    with pytest.raises(KeyError):
        api.server.fail("getHim", how=Status(500))


async def test_downloads_can_fail(api: Raw, person: Person) -> None:
    """Under a name of their own."""
    document = person.sends_document("a.pdf", b"%PDF").content["document"]
    path = (await api("getFile", file_id=document["file_id"]))["file_path"]
    api.server.fail(DOWNLOAD, how=Status(500))
    statuses = []
    for _ in range(2):
        async with api.http.get(f"{api.server.url}/file/bot{api.server.token}/{path}") as response:
            statuses.append(response.status)
    assert statuses == [500, 200]
