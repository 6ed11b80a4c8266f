from __future__ import annotations

import asyncio

import pytest

from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline

pytestmark = pytest.mark.anyio

SEEN = """\
> /start zh
< Which?
<   [A] [B]
<   [C]
> [B]
<! Noted
<~ 2 Which? ✓ B
< (document document.pdf)
< Your receipt
> (sticker)
> helo
>~ 5 hello
<x 5
< Your number?
<   (Mine)
> (contact)
"""
NOW = """\
> /start zh
< Which? ✓ B
< (document document.pdf)
< Your receipt
> (sticker)
< Your number?
<   (Mine)
> (contact)
"""


async def test_what_was_seen_and_what_is_seen(api: Raw, stranger: Person) -> None:
    """The transcript tells all that happened, the screen what stands there now."""
    stranger.starts("zh")
    number = await api.say("Which?", 1001, reply_markup=inline(["A", "B"], ["C"]))
    press = stranger.presses("B")
    await api("answerCallbackQuery", callback_query_id=press.id, text="Noted")
    await api("editMessageText", chat_id=1001, message_id=number, text="Which? ✓ B")
    await api("sendDocument", chat_id=1001, document=b"%PDF", caption="Your receipt")
    stranger.sends_sticker()
    typo = stranger.says("helo")
    stranger.edits(typo, "hello")
    await api("deleteMessage", chat_id=1001, message_id=typo.id)
    keyboard = {"keyboard": [[{"text": "Mine", "request_contact": True}]]}
    await api.say("Your number?", 1001, reply_markup=keyboard)
    stranger.shares_contact("+8613800000021")
    assert api.server.transcript(stranger.chat) == SEEN.replace("~ 5", f"~ {typo.id}")
    assert api.server.screen(stranger.chat) == NOW


async def test_answers_are_waited_for(api: Raw, person: Person) -> None:
    """Each call of `answered` returns the next ones; edits are waited for by what they show."""
    asked = asyncio.create_task(person.answered(2))
    first = await api.say("1", 1001)
    await api.say("2", 1001)
    await api.say("3", 1001)
    assert [message.text for message in await asked] == ["1", "2"]
    assert [message.text for message in await person.answered()] == ["3"]
    shown = asyncio.create_task(person.sees("✓"))
    await api("editMessageText", chat_id=1001, message_id=first, text="1 ✓")
    assert (await shown).id == first


async def test_waiting_has_an_end(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that says nothing fails the test."""
    monkeypatch.setattr("tests.telegram.server.LONGEST", 0.01)
    with pytest.raises(TimeoutError):
        await person.answered()


async def test_an_album_is_several_messages_of_one_group(api: Raw, person: Person) -> None:
    """They share a media_group_id, which another album does not have."""
    person.sends_album(2)
    person.sends_album(2)
    albums = [update["message"]["media_group_id"] for update in await api("getUpdates")]
    assert albums[0] == albums[1] != albums[2] == albums[3]


async def test_own_contacts_and_others(api: Raw, person: Person) -> None:
    """A contact names its user; who is not on Telegram has none."""
    person.shares_contact("+8613800000021")
    person.sends_contact("+8613800000022", Person(api.server, 1002).user)
    person.sends_contact("+8613800000023")
    contacts = [update["message"]["contact"] for update in await api("getUpdates")]
    assert [contact.get("user_id") for contact in contacts] == [1001, 1002, None]


async def test_deleting_is_not_told(api: Raw, person: Person) -> None:
    """The bot finds out when it edits."""
    number = await api.say("x", 1001)
    person.deletes(person.chat.messages[number])
    assert await api("getUpdates") == []
    assert api.server.transcript(person.chat).endswith(f">x {number}\n")


async def test_a_command_is_marked_and_the_bot_joins_groups(api: Raw, person: Person) -> None:
    """/start has its entity; a new group tells that the bot is in."""
    person.starts("payload")
    person.adds_bot("supergroup", "G")
    start, joined, welcome = await api("getUpdates")
    assert start["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert welcome["message"]["new_chat_members"][0]["is_bot"]


async def test_only_ones_own_words_are_edited(api: Raw, person: Person) -> None:
    """A slip of a test is told to it."""
    number = await api.say("x", 1001)
    with pytest.raises(AssertionError, match="not theirs"):
        person.edits(person.chat.messages[number], "y")
