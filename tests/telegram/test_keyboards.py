from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline

pytestmark = pytest.mark.anyio

INLINE = "can't parse inline keyboard button"
CONTACT = {"keyboard": [[{"text": "My number", "request_contact": True}]], "one_time_keyboard": True}


def button(**what: Any) -> dict[str, Any]:
    """A keyboard of one button."""
    return {"inline_keyboard": [[what]]}


@pytest.mark.parametrize(
    "keyboard",
    [
        inline(["A"], data="x" * 64),
        inline(["A"], data="字" * 21),
        inline(*[["A"] * 8] * 12, ["A"] * 4),
        button(text="A", url="https://example.org"),
        button(text="A", copy_text={"text": "BN-1"}),
        {"inline_keyboard": []},
        {"keyboard": []},
        {"keyboard": [[{"text": "A"}]]},
        CONTACT,
        {"remove_keyboard": True},
        {"force_reply": True},
    ],
)
async def test_keyboards_that_there_are(api: Raw, person: Person, keyboard: dict[str, Any]) -> None:
    """Up to 8 buttons in a row and 100 in all, with 1 to 64 bytes of data."""
    assert await api.say("Q", person.chat.id, reply_markup=keyboard)


@pytest.mark.parametrize(
    ("keyboard", "why"),
    [
        (inline(["A"], data=""), "BUTTON_DATA_INVALID"),
        (inline(["A"], data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline(["A"], data="字" * 22), "BUTTON_DATA_INVALID"),
        (button(text="A", callback_data=1), "BUTTON_DATA_INVALID"),
        (button(text="A", url="here"), "BUTTON_URL_INVALID"),
        (button(text="A"), f"{INLINE}: Text buttons are unallowed in the inline keyboard"),
        (button(text="A", callback_data="x", url="https://a.b"), f"{INLINE}: callback_data, url"),
        (button(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
        (button(callback_data="x"), f'{INLINE}: Field "text" must be of type String'),
        (inline(["A"] * 9), "reply markup is too long"),
        (inline(*[["A"] * 8] * 13), "reply markup is too long"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"keyboard": [["A"]]}, 'can\'t parse keyboard button: Field "text" must be of type String'),
        ({"keyboard": [[{"text": "A", "callback_data": "x"}]]}, "can't parse keyboard button: callback_data"),
        ({}, "object expected as reply markup"),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply_markup JSON object"),
    ],
)  # fmt: skip
async def test_keyboards_that_there_are_not(api: Raw, person: Person, keyboard: Any, why: str) -> None:
    """Each fault is refused in Telegram's words where it has some."""
    with pytest.raises(Refused) as refusal:
        await api.say("Q", person.chat.id, reply_markup=keyboard)
    assert str(refusal.value) == f"Bad Request: {why}"


async def test_an_edit_brings_buttons_only(api: Raw, person: Person) -> None:
    """A keyboard below the chat cannot be edited into a message."""
    number = await api.say("Q", person.chat.id)
    with pytest.raises(Refused, match="inline keyboard expected"):
        await api("editMessageText", chat_id=1001, message_id=number, text="N", reply_markup=CONTACT)


async def test_a_phone_number_is_asked_for_in_private(api: Raw, person: Person) -> None:
    """In a group there is no such button."""
    group = person.adds_bot("group", "G")
    with pytest.raises(Refused, match="phone number can be requested in private chats only"):
        await api.say("Q", group.id, reply_markup=CONTACT)


async def test_the_keyboard_below_the_chat_stays_until_it_is_taken(api: Raw, person: Person) -> None:
    """It is the chat's, not a message's."""
    await api.say("Your number?", person.chat.id, reply_markup=CONTACT)
    await api.say("Well?", person.chat.id)
    assert person.chat.reply_keyboard == CONTACT
    await api.say("Thanks", person.chat.id, reply_markup={"remove_keyboard": True})
    assert person.chat.reply_keyboard is None
