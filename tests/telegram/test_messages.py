from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline

pytestmark = pytest.mark.anyio

A = inline(["A"])
BOLD = {"type": "bold", "offset": 0, "length": 2}
ENTITY = "can't parse MessageEntity"
ENTITIES = "can't parse entities: Can't"


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x" * 40_000}, "text is too long"),
        ({"text": "<b>", "parse_mode": "HTML"}, f'{ENTITIES} find end tag corresponding to start tag "b"'),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "colour": "red"}, "unknown parameter colour"),
        ({"text": "x", "protect_content": "yes"}, "invalid protect_content specified"),
        ({"text": "x", "entities": [BOLD]}, f"{ENTITY}: expected an Object within the text"),
        ({"text": "x", "entities": "["}, "can't parse entities JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": "@somebody"}, "invalid chat_id specified"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
    ],
)  # fmt: skip
async def test_what_no_message_can_be(api: Raw, person: Person, parameters: dict[str, Any], why: str) -> None:
    """Refused with 400; nothing is sent."""
    with pytest.raises(Refused) as refusal:
        await api("sendMessage", **{"chat_id": person.chat.id} | parameters)
    assert (refusal.value.status, str(refusal.value)) == (400, f"Bad Request: {why}")
    assert person.chat.of_bot() == []


@pytest.mark.parametrize(
    ("text", "mode"),
    [("字" * 4096, ""), ("😀" * 2048, ""), ("&amp;" * 4096, "HTML"), (f" {'x' * 4096} ", "")],
)
async def test_the_longest_text(api: Raw, person: Person, text: str, mode: str) -> None:
    """4096 UTF-16 units count, after markup is parsed and ends are trimmed."""
    await api.say(text, person.chat.id, parse_mode=mode)
    assert len(person.chat.of_bot()) == 1


async def test_a_message_as_it_is_told(api: Raw, person: Person) -> None:
    """The answer is the message with its text, entities and buttons; numbers grow by chat."""
    told = await api("sendMessage", chat_id=1001, text="<b>Hi</b>", parse_mode="html", reply_markup=A)
    assert told == {
        "message_id": 2,
        "date": 1795226400,
        "chat": {"id": 1001, "type": "private", "first_name": "Li"},
        "from": {"id": 4200000042, "is_bot": True, "first_name": "Beian", "username": "beian_bot"},
        "text": "Hi",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "reply_markup": A,
    }
    assert await api.say("next", person.chat.id) == 3


async def test_a_reply_shows_what_it_answers(api: Raw, person: Person) -> None:
    """A reply carries the message; a lost one is passed over if that is allowed."""
    told = await api("sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": 1})
    assert told["reply_to_message"]["text"] == "/start"
    lost = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", chat_id=1001, text="x", reply_parameters=lost)


async def test_an_edit_takes_the_buttons_unless_it_brings_some(api: Raw, person: Person) -> None:
    """The text changes in place, and so do the buttons."""
    number = await api.say("Q", person.chat.id, reply_markup=A)
    told = await api("editMessageText", chat_id=1001, message_id=number, text="Q ✓")
    assert (told["text"], told["edit_date"], "reply_markup" in told) == ("Q ✓", 1795226400, False)
    told = await api("editMessageReplyMarkup", chat_id=1001, message_id=number, reply_markup=A)
    assert (told["text"], told["reply_markup"]) == ("Q ✓", A)


@pytest.mark.parametrize(
    "same",
    [
        {"text": "Q", "reply_markup": A},
        {"text": " Q ", "reply_markup": A},
        {"text": "&#81;", "parse_mode": "HTML", "reply_markup": A},
    ],
)
async def test_an_edit_must_change_something(api: Raw, person: Person, same: dict[str, Any]) -> None:
    """What would look the same is refused."""
    number = await api.say("Q", person.chat.id, reply_markup=A)
    with pytest.raises(Refused, match="message is not modified: specified new message content"):
        await api("editMessageText", chat_id=1001, message_id=number, **same)
    with pytest.raises(Refused, match="message is not modified"):
        await api("editMessageReplyMarkup", chat_id=1001, message_id=number, reply_markup=A)


async def test_a_change_of_markup_is_a_change(api: Raw, person: Person) -> None:
    """The same letters in bold are not the same."""
    number = await api.say("Q", person.chat.id)
    told = await api("editMessageText", chat_id=1001, message_id=number, text="<b>Q</b>", parse_mode="HTML")
    assert told["entities"]
    assert "entities" not in await api("editMessageText", chat_id=1001, message_id=number, text="Q")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (99, "message to edit not found"),
        (0, "message identifier is not specified"),
        (1, "message can't be edited"),
        (2, "there is no text in the message to edit"),
        (3, "message can't be edited"),
        (4, "message to edit not found"),
    ],
)
async def test_what_cannot_be_edited(api: Raw, person: Person, number: int, why: str) -> None:
    """Another's message, one without text, one with a keyboard below the chat, one that is gone."""
    await api("sendDocument", chat_id=1001, document=b"%PDF")
    await api.say(
        "Your number?", 1001, reply_markup={"keyboard": [[{"text": "It", "request_contact": True}]]}
    )
    await api.say("gone", 1001)
    person.deletes(person.chat.messages[4])
    with pytest.raises(Refused) as refusal:
        await api("editMessageText", chat_id=1001, message_id=number, text="new")
    assert str(refusal.value) == f"Bad Request: {why}"


async def test_own_messages_can_be_edited_at_any_age_but_not_deleted(api: Raw, person: Person) -> None:
    """After 48 hours nothing can be deleted."""
    number = await api.say("Q", person.chat.id)
    api.server.clock.advance(hours=48, seconds=1)
    await api("editMessageText", chat_id=1001, message_id=number, text="A")
    for old in (number, 1):
        with pytest.raises(Refused, match="message can't be deleted for everyone"):
            await api("deleteMessage", chat_id=1001, message_id=old)


async def test_both_sides_messages_can_be_deleted_once(api: Raw, person: Person) -> None:
    """In a private chat the bot removes its own words and the person's."""
    number = await api.say("Q", person.chat.id)
    for one in (number, 1):
        assert await api("deleteMessage", chat_id=1001, message_id=one) is True
        with pytest.raises(Refused, match="message to delete not found"):
            await api("deleteMessage", chat_id=1001, message_id=one)
    assert person.chat.visible() == []


async def test_a_document(api: Raw, person: Person) -> None:
    """A file is uploaded with a caption, and sent again by its id."""
    told = await api("sendDocument", chat_id=1001, document=b"%PDF", caption="<i>c</i>", parse_mode="HTML")
    assert (told["document"]["file_name"], told["document"]["file_size"]) == ("document.pdf", 4)
    assert (told["caption"], told["caption_entities"][0]["type"]) == ("c", "italic")
    again = await api("sendDocument", chat_id=1001, document=told["document"]["file_id"])
    assert again["document"]["file_id"] == told["document"]["file_id"]


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"document": b"%PDF", "caption": "字" * 1025}, "message caption is too long"),
        ({"document": b""}, "file must be non-empty"),
        ({}, "there is no document in the request"),
        ({"document": "unknown"}, "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_what_no_document_can_be(
    api: Raw, person: Person, parameters: dict[str, Any], why: str
) -> None:
    """Captions are shorter than texts, and files hold something."""
    with pytest.raises(Refused) as refusal:
        await api("sendDocument", chat_id=person.chat.id, **parameters)
    assert str(refusal.value) == f"Bad Request: {why}"
