"""Both libraries talk to the server: what they send is understood, what it says they understand."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import aiogram.exceptions as by_aiogram
import pytest
import telegram.error as by_ptb
from pydantic import ValidationError

from tests.telegram.attachments import BROKEN
from tests.telegram.errors import Json
from tests.telegram.faults import (
    Conflict,
    CutAfter,
    CutBefore,
    Fault,
    Flood,
    Garbage,
    Status,
    Unauthorized,
)
from tests.telegram.libraries import KINDS, Aiogram, Ptb
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

Client = Aiogram | Ptb


@pytest.fixture
async def clients(server: Telegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Aiogram, Ptb]]:
    """Both libraries; python-telegram-bot counts time by timedelta, as it always will one day."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    both = Aiogram(server), Ptb(server)
    for client in both:
        await client.open()
    yield both
    for client in both:
        await client.close()


@pytest.fixture(params=[0, 1], ids=["aiogram", "ptb"])
def client(request: pytest.FixtureRequest, clients: tuple[Aiogram, Ptb]) -> Client:
    """Each library in turn."""
    return clients[request.param]


async def test_a_short_conversation(server: Telegram, stranger: Person, client: Client) -> None:
    """Start, question, press, answer, edit, file: the same transcript by both, and no refusal."""
    stranger.starts("zh")
    (start,) = await client.updates()
    assert client.decode(start).message.text == "/start zh"
    number = await client.send(stranger.chat.id, "<b>Which?</b> A &amp; B", "A")
    stranger.presses("A")
    (press,) = await client.updates(start["update_id"] + 1)
    assert client.decode(press).callback_query.data == "data"
    await client.answer(press["callback_query"]["id"])
    await client.edit(stranger.chat.id, number, "<b>Which?</b> ✓ A")
    file = await client.upload(stranger.chat.id, "回执.pdf", b"%PDF \r\n\x00")
    assert await client.download(file) == b"%PDF \r\n\x00"
    assert server.transcript(stranger.chat) == (
        "> /start zh\n< Which? A & B\n<   [A]\n> [A]\n<~ 2 Which? ✓ A\n< (document 回执.pdf)\n"
    )
    assert stranger.chat.messages[2].content["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert (server.refusals(), server.unanswered()) == ([], [])


async def test_both_introduce_themselves(client: Client) -> None:
    """Commands and descriptions by language."""
    assert await client.introduce("备案", "start") == ["备案", "start"]


@pytest.mark.parametrize(
    ("how", "one", "other"),
    [
        (Status(400, "Bad Request: no"), by_aiogram.TelegramBadRequest, by_ptb.BadRequest),
        (Unauthorized(), by_aiogram.TelegramUnauthorizedError, by_ptb.InvalidToken),
        (Status(403, "Forbidden: no"), by_aiogram.TelegramForbiddenError, by_ptb.Forbidden),
        (Status(404), by_aiogram.TelegramNotFound, by_ptb.InvalidToken),
        (Conflict(), by_aiogram.TelegramConflictError, by_ptb.Conflict),
        (Flood(7), by_aiogram.TelegramRetryAfter, by_ptb.RetryAfter),
        (Status(429), by_aiogram.TelegramAPIError, by_ptb.NetworkError),
        (Status(500), by_aiogram.TelegramServerError, by_ptb.NetworkError),
        (Status(502), by_aiogram.TelegramServerError, by_ptb.NetworkError),
        (CutBefore(), by_aiogram.TelegramNetworkError, by_ptb.NetworkError),
        (CutAfter(), by_aiogram.TelegramNetworkError, by_ptb.NetworkError),
        (Garbage(), by_aiogram.ClientDecodeError, by_ptb.TelegramError),
        (Garbage(b"<html>", 502), by_aiogram.ClientDecodeError, by_ptb.NetworkError),
    ],
)
async def test_what_each_raises(
    clients: tuple[Aiogram, Ptb], person: Person, how: Fault, one: type[Exception], other: type[Exception]
) -> None:
    """Exactly these types: what adapters can tell apart."""
    person.server.fail("sendMessage", how=how, times=2)
    with pytest.raises(one) as by_one:
        await clients[0].send(person.chat.id, "x")
    with pytest.raises(other) as by_other:
        await clients[1].send(person.chat.id, "x")
    assert (by_one.type, by_other.type) == (one, other)


async def test_what_they_tell_of_a_flood(clients: tuple[Aiogram, Ptb], person: Person) -> None:
    """The seconds to wait."""
    person.server.fail("sendMessage", how=Flood(7), times=2)
    with pytest.raises(by_aiogram.TelegramRetryAfter) as one:
        await clients[0].send(person.chat.id, "x")
    with pytest.raises(by_ptb.RetryAfter) as other:
        await clients[1].send(person.chat.id, "x")
    assert (one.value.retry_after, other.value.retry_after) == (7, dt.timedelta(seconds=7))


async def test_what_they_tell_of_a_move(clients: tuple[Aiogram, Ptb], person: Person) -> None:
    """The new id of a group, and who has blocked the bot."""
    group = person.adds_bot("group", "G")
    moved = person.migrates(group)
    with pytest.raises(by_aiogram.TelegramMigrateToChat) as one:
        await clients[0].send(group.id, "x")
    with pytest.raises(by_ptb.ChatMigrated) as other:
        await clients[1].send(group.id, "x")
    assert (one.value.migrate_to_chat_id, other.value.new_chat_id) == (moved.id, moved.id)
    person.blocks()
    with pytest.raises(by_aiogram.TelegramForbiddenError, match="bot was blocked by the user"):
        await clients[0].send(person.chat.id, "x")
    with pytest.raises(by_ptb.Forbidden, match="bot was blocked by the user"):
        await clients[1].send(person.chat.id, "x")


async def test_every_kind_of_update_can_be_decoded(server: Telegram, person: Person, client: Client) -> None:
    """Whatever a person can do here is as the libraries know it from Telegram."""
    await client.send(person.chat.id, "Q", "A")
    person.sends_sticker()
    person.sends_voice()
    person.sends_location()
    person.sends_poll()
    person.sends_contact("+8613800000023")
    person.shares_contact("+8613800000021")
    person.sends_photo(caption="me")
    person.sends_document("a.pdf", b"%PDF")
    person.sends_album()
    person.forwards("theirs")
    person.edits(person.says("helo"), "hello")
    person.presses("A")
    person.blocks()
    person.returns()
    channel = person.adds_bot("channel", "C")
    person.edits(person.says("post", channel), "better")
    group = person.migrates(person.adds_bot("group", "G"))
    person.removes_bot(group)
    updates = await client.updates()
    assert {kind for update in updates for kind in update if kind != "update_id"} == set(KINDS)
    for update in updates:
        assert client.decode(update).update_id == update["update_id"]


@pytest.mark.parametrize("content", BROKEN)
async def test_a_broken_update_can_be_fetched_but_not_decoded(
    clients: tuple[Aiogram, Ptb], person: Person, content: Json
) -> None:
    """By neither, though its chat can be read."""
    person.sends_broken(content)
    for client in clients:
        (update,) = await client.updates()
        assert update["message"]["chat"]["id"] == person.chat.id
        with pytest.raises((ValidationError, TypeError)):
            client.decode(update)
