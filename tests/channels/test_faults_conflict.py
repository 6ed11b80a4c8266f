"""409 and 401: what the operator has to mend stops Telegram, says why, and stops nothing else."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.received import Received
from dialogs.conversation import Said
from storage.records import Address
from tests.channels.bots import AS_IT_IS, SAID, TALK, Bot, about_chats, bot, talk, texts
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.telegram.faults import Conflict, Unauthorized
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

ANOTHER = "another process receives this bot's updates; stop it first"
NO_TOKEN = "Telegram does not accept the token; set BEIAN_TELEGRAM_TOKEN to the one BotFather shows"  # noqa: S105 - a text


async def stopped(running: Bot, caplog: pytest.LogCaptureFixture) -> str:
    """Why the channel has ended, as soon as it has; that is one line of the log."""
    await running.time.until(running.running.done)
    lines = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [(line.getMessage(), vars(line)["why"]) for line in lines] == [
        ("telegram stopped", running.channel.trouble)
    ]
    return running.channel.trouble


async def says_to_nobody(running: Bot, server: Telegram, person: Person) -> None:
    """Whatever is still committed for Telegram is kept, and not sent."""
    calls = len(server.calls)
    taken = Received(str(person.chat.id), Said("weibo"), "later")
    await running.app.inbox("telegram").take([taken])
    server.clock.advance(hours=1)
    waiting = await running.app.stream(Address("telegram", taken.chat)).waiting()
    assert waiting
    assert len(server.calls) == calls


async def test_another_receiver_that_goes_is_borne_with(
    tmp_path: Path, server: Telegram, person: Person, library: str
) -> None:
    """For most of a minute; the next time is counted anew."""
    server.fail("getUpdates", how=Conflict(), times=5)
    server.fail("getUpdates", how=Conflict(), times=5, at=3)
    async with bot(tmp_path, server, library) as running:
        await talk(running, person)
        assert running.channel.trouble == ""
    assert server.unmet() == []


async def test_another_receiver_that_stays_stops_telegram(
    tmp_path: Path, server: Telegram, person: Person, library: str, caplog: pytest.LogCaptureFixture
) -> None:
    """After a minute, and not before."""
    async with bot(tmp_path, server, library) as running:
        await talk(running, person, TALK[:1], SAID[:1])
        server.fail("getUpdates", how=Conflict(), times=1000)
        person.says(TALK[1])
        assert await stopped(running, caplog) == ANOTHER
        await says_to_nobody(running, server, person)
    met = [call for call in server.called("getUpdates") if call.planned]
    assert 60 <= (met[-1].at - met[0].at).total_seconds() < 70


@pytest.mark.parametrize(
    "call",
    [
        ("polling", "getMe"),
        ("polling", "deleteWebhook"),
        ("polling", "getUpdates"),
        ("polling", "sendMessage"),
        ("polling", "editMessageText"),
        ("webhook", "setWebhook"),
        ("webhook", "sendMessage"),
    ],
    ids=" ".join,
)
async def test_a_token_that_is_not_accepted_stops_telegram_at_once(
    tmp_path: Path,
    server: Telegram,
    person: Person,
    library: str,
    caplog: pytest.LogCaptureFixture,
    call: tuple[str, str],
) -> None:
    """Whichever call finds it out."""
    mode, method = call
    server.fail(method, how=Unauthorized(), times=1000)
    person.starts()
    person.says("weibo")
    async with bot(tmp_path, server, library, mode) as running:
        assert await stopped(running, caplog) == NO_TOKEN
        assert len([one for one in server.called(method) if one.planned]) == 1
        await says_to_nobody(running, server, person)


async def test_the_office_still_gets_what_was_confirmed(
    tmp_path: Path, server: Telegram, person: Person, library: str, refused: list[str]
) -> None:
    """The owner learns of it when Telegram is back."""
    refused.append(AS_IT_IS)
    async with bot(tmp_path, server, library, office="sandbox") as running:
        for number, line in enumerate(("/start", *WEIBO, *FORM, *PERSON), 1):
            person.says(line)
            await running.time.until(lambda number=number: len(texts(person)) == number)
        server.fail("sendMessage", how=Unauthorized())
        calls = len(about_chats(server))
        person.says("send")
        await running.time.until(running.running.done)
        stream = running.app.stream(Address("telegram", str(person.chat.id)))
        while await stream.unfinished():
            await stream.news.wait()
        receipt = (await stream.waiting())[-1]
    assert receipt.lines[0].startswith("Practice receipt PRACTICE-2026-000001")
    assert len(about_chats(server)) <= calls + 2
    async with bot(tmp_path, server, library, office="sandbox") as running:
        await running.time.until(lambda: any("Practice receipt" in text for text in texts(person)))
