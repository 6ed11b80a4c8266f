"""Groups hear one line and nothing personal; channels hear nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.i18n import words
from dialogs.scenes.about import in_group
from tests.channels.conftest import Open
from tests.channels.walks import HOLDER, begins, paragraphs, reply, taken
from tests.telegram.chats import Chat
from tests.telegram.groups import changes_membership
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

LINE = "I speak in private only: https://t.me/beian_bot"
CHINESE = words("zh_CN").text(in_group("https://t.me/beian_bot"))


def heard_in(chat: Chat) -> list[str]:
    """What the bot ever said in a group."""
    return [message.text for message in chat.of_bot()]


def kept(folder: Path) -> list[str]:
    """The chats of which anything is kept."""
    database = sqlite3.connect(folder / "beian.db")
    try:
        return [chat for (chat,) in database.execute("SELECT chat FROM conversations ORDER BY chat")]
    finally:
        database.close()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_hears_one_line(
    person: Person, other: Person, open_bot: Open, tmp_path: Path, kind: str
) -> None:
    """One when the bot comes, one to each command, in the sender's language; nothing to other talk."""
    async with open_bot():
        await begins(person)
        group = person.adds_bot(kind, "Neighbours")
        await person.server.until(lambda: len(group.of_bot()) == 1)
        for talk in ("weibo", "me", "@beian_bot 45000", "my ID is 11010519491231002X"):
            person.says(talk, group)
        person.sends_sticker()
        await person.answered()
        person.says("/check@beian_bot", group)
        await person.server.until(lambda: len(group.of_bot()) == 2)
        other.says("/start zh", group)
        await person.server.until(lambda: len(group.of_bot()) == 3)
        person.says("/help@another_bot", group)
        other.edits(other.says("hello", group), "/check")
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
        await taken(person.server)
    assert heard_in(group) == [LINE, LINE, CHINESE]
    assert "私聊" in CHINESE
    assert not any(message.buttons for message in group.of_bot())
    assert kept(tmp_path) == ["1001"]


async def test_a_press_in_a_group(person: Person, open_bot: Open, server: Telegram) -> None:
    """A program may press there what is no button: it is answered, and nothing is said or changed."""
    async with open_bot():
        await begins(person)
        group = person.adds_bot("group")
        await server.until(group.of_bot)
        person.forges("3.0", group.of_bot()[0])
        await server.until(lambda: not server.unanswered())
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
    assert heard_in(group) == [LINE]


async def test_a_group_that_became_a_supergroup(
    person: Person, open_bot: Open, server: Telegram, refused: list[str], tmp_path: Path
) -> None:
    """What was said at the old id is answered at the new one; whoever asks meanwhile is answered by that."""
    refused.append("group chat was upgraded to a supergroup chat")
    group = person.adds_bot("group")
    person.says("/check", group)
    moved = person.migrates(group)
    async with open_bot():
        await server.until(lambda: len(moved.of_bot()) == 1)
        person.says("/help", moved)
        await server.until(lambda: len(moved.of_bot()) == 2)
    assert (heard_in(group), heard_in(moved)) == ([], [LINE] * 2)
    assert kept(tmp_path) == []


async def test_a_group_is_left(person: Person, open_bot: Open, refused: list[str]) -> None:
    """Nothing is said where the bot is not any more; a command that came before stops nobody else."""
    refused.append("bot was kicked from the group chat")
    group = person.adds_bot("group")
    person.says("/check", group)
    person.removes_bot(group)
    person.starts()
    async with open_bot():
        await person.answered()
    assert heard_in(group) == []


async def test_raised_in_a_group(person: Person, open_bot: Open, server: Telegram) -> None:
    """To become an administrator is not to come."""
    async with open_bot():
        group = person.adds_bot("supergroup")
        await server.until(group.of_bot)
        changes_membership(server.state, group, person.user, "administrator")
        await taken(server)
    assert heard_in(group) == [LINE]


async def test_a_channel_hears_nothing(
    person: Person, open_bot: Open, server: Telegram, tmp_path: Path
) -> None:
    """Not when the bot comes, nor to a post, a command or an edit there."""
    async with open_bot():
        await begins(person)
        channel = person.adds_bot("channel")
        for post in ("weibo", "/check", "/start zh"):
            person.edits(person.says(post, channel), "/help")
        person.says("me")
        assert HOLDER not in (await reply(person)).text
        await taken(server)
    assert (heard_in(channel), kept(tmp_path)) == ([], ["1001"])
