from __future__ import annotations

import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline

pytestmark = pytest.mark.anyio

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def test_a_press_comes_with_its_message_and_data(api: Raw, person: Person) -> None:
    """The bot learns who pressed what, and on which message."""
    number = await api.say("Q", person.chat.id, reply_markup=inline(["A"], ["B"], data="t1"))
    press = person.presses("B")
    (update,) = await api("getUpdates")
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (press.id, "t1", 1001)
    assert query["message"]["message_id"] == number
    assert api.server.unanswered() == [press]


async def test_a_press_may_be_answered_twice(api: Raw, person: Person) -> None:
    """With or without words; words are seen."""
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    press = person.presses("A")
    assert await api("answerCallbackQuery", callback_query_id=press.id) is True
    await api("answerCallbackQuery", callback_query_id=press.id, text="字" * 200, show_alert=True)
    assert press.answers == ["", "字" * 200]
    assert api.server.unanswered() == []


async def test_a_press_is_answered_within_150_seconds(api: Raw, person: Person) -> None:
    """After that it is too old, and so is one that never was."""
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    press = person.presses("A")
    api.server.clock.advance(seconds=150)
    await api("answerCallbackQuery", callback_query_id=press.id)
    api.server.clock.advance(seconds=1)
    for wrong in (press.id, "1", ""):
        with pytest.raises(Refused) as refusal:
            await api("answerCallbackQuery", callback_query_id=wrong)
        assert str(refusal.value) == f"Bad Request: {TOO_OLD}"


async def test_a_popup_is_short(api: Raw, person: Person) -> None:
    """200 UTF-16 units."""
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    with pytest.raises(Refused, match="MESSAGE_TOO_LONG"):
        await api("answerCallbackQuery", callback_query_id=person.presses("A").id, text="😀" * 101)


async def test_a_stale_press(api: Raw, person: Person) -> None:
    """A button can be pressed that was just taken away, as the person still saw it."""
    number = await api.say("Q", person.chat.id, reply_markup=inline(["A"], data="old"))
    question = person.chat.messages[number]
    await api("editMessageText", chat_id=1001, message_id=number, text="Q ✓")
    assert person.presses("A", on=question).data == "old"
    with pytest.raises(LookupError, match="no message has buttons"):
        person.presses("A")
    with pytest.raises(LookupError, match="no button 'B'"):
        person.presses("B", on=question)


async def test_a_press_on_a_deleted_message(api: Raw, person: Person) -> None:
    """It comes with a message that cannot be accessed: date 0."""
    number = await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    question = person.chat.messages[number]
    await api("deleteMessage", chat_id=1001, message_id=number)
    message = person.presses("A", on=question).json()["message"]
    assert (message["message_id"], message["date"], "text" in message) == (number, 0, False)


async def test_a_forged_press(api: Raw, person: Person) -> None:
    """A program can press what was never shown."""
    number = await api.say("Q", person.chat.id)
    person.forges("forged", person.chat.messages[number])
    (update,) = await api("getUpdates")
    assert update["callback_query"]["data"] == "forged"
