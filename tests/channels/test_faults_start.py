"""Calls that fail when the bot starts, and when it asks for updates: it goes on trying."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.channels.bots import WITH_EFFECT, WITHOUT_EFFECT, bot, named, talk, texts
from tests.telegram.faults import Conflict, Fault, Flood, Garbage, Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

ANY = [*WITHOUT_EFFECT, *WITH_EFFECT, Flood(7), Status(400), Status(403, "Forbidden: not now")]
NO_UPDATES = [
    Garbage(b'{"ok":true,"result":[{}]}'),
    Garbage(b'{"ok":true,"result":[1]}'),
    Garbage(b'{"ok":true,"result":{}}'),
    Garbage(b'{"ok":true,"result":[{"update_id":"1"}]}'),
]


@pytest.mark.parametrize("how", [*ANY, Conflict()], ids=named)
@pytest.mark.parametrize(
    ("mode", "method"),
    [("polling", "getMe"), ("polling", "deleteWebhook"), ("webhook", "getMe"), ("webhook", "setWebhook")],
)
async def test_the_bot_begins_in_the_end(
    tmp_path: Path, server: Telegram, person: Person, mode: str, method: str, how: Fault
) -> None:
    """And says until then that it has not; what was written meanwhile is answered."""
    library = "ptb" if method.startswith("get") == (mode == "polling") else "aiogram"
    server.fail(method, how=how, times=3)
    person.starts()
    async with bot(tmp_path, server, library, mode) as running:
        await server.until(lambda: len(server.called(method)) == 1)
        assert running.channel.trouble
        await running.time.until(lambda: texts(person) and not running.channel.trouble)
    assert server.unmet() == [] or how in WITH_EFFECT  # of some, half an answer is enough
    assert len(texts(person)) == 1


@pytest.mark.parametrize("how", [*WITHOUT_EFFECT, *WITH_EFFECT, Flood(7)], ids=named)
async def test_the_profile_is_set_in_the_end(
    tmp_path: Path, server: Telegram, library: str, how: Fault
) -> None:
    """In every language."""
    for method in ("getMyCommands", "setMyCommands", "setMyDescription", "getMyShortDescription"):
        server.fail(method, how=how)
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: ("short_description", "zh") in server.state.profile.texts)
    assert len(server.state.profile.commands) == 2


@pytest.mark.parametrize("how", [Flood(86_400), Status(400), Status(500)], ids=named)
async def test_owners_are_answered_whatever_becomes_of_the_profile(
    tmp_path: Path, server: Telegram, person: Person, library: str, how: Fault
) -> None:
    """Telegram may put off such a change for a day."""
    server.fail("setMyCommands", how=how, times=1000)
    async with bot(tmp_path, server, library):
        person.starts()
        await person.answered()
    assert len(server.called("setMyCommands")) == 1


@pytest.mark.parametrize("how", [*ANY, *NO_UPDATES], ids=named)
async def test_updates_are_asked_for_until_they_come(
    tmp_path: Path, server: Telegram, person: Person, library: str, how: Fault
) -> None:
    """None is lost, and none is answered twice."""
    for at in (1, 4, 6):
        server.fail("getUpdates", how=how, times=2, at=at)
    async with bot(tmp_path, server, library) as running:
        await talk(running, person)
    assert server.unmet() == []
    assert len(texts(person)) == len(set(texts(person)))
