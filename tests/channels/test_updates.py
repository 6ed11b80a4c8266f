"""What an owner may send besides typed answers, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.channels.conftest import Open
from tests.channels.walks import HOLDER, UNREADABLE, begins, paragraphs, reply, taken, walk
from tests.chats import Clock
from tests.telegram import attachments
from tests.telegram.chats import Message
from tests.telegram.person import PHOTO, Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

PHONE = "Which mobile number can the office call? (11 digits such as 13800138000; 1 more after this)"
OTHERS = "That is another person's contact. Only your own can be taken here, or a number you type."
EDITED = "Editing a message changes nothing here. To change an answer, say “change”."
NONSENSE = (
    "12345", "weibo", "cancel", "check zh", "en-check", "ZH", "zh\nzh", "/check", "../..", "’",
    "x" * 64, "x" * 4000,
)  # fmt: skip
"""What a link may carry that asks for nothing."""

NO_TEXT: dict[str, Callable[[Person], Message]] = {
    "sticker": Person.sends_sticker,
    "voice": Person.sends_voice,
    "location": Person.sends_location,
    "poll": Person.sends_poll,
    "dice": lambda person: person.sends({"dice": {"emoji": "🎲", "value": 3}}),
    "photo": Person.sends_photo,
    "photo with a caption": lambda person: person.sends_photo(caption="a company"),
    "document": lambda person: person.sends_document("licence.pdf", b"%PDF"),
    "document with a caption": lambda person: person.sends_document("a.pdf", b"%PDF", caption="a company"),
}


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_is_no_text_is_no_answer(person: Person, open_bot: Open) -> None:
    """Each gets one reply that says so and asks again; then the question is answered as ever."""
    async with open_bot():
        await begins(person)
        for sends in NO_TEXT.values():
            sends(person)
            said = await reply(person)
            assert paragraphs(said) == [UNREADABLE, HOLDER]
            assert said.buttons
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."


async def test_a_forwarded_text_is_a_text(person: Person, open_bot: Open) -> None:
    """Whoever wrote it: the owner has sent it."""
    async with open_bot():
        await begins(person)
        person.forwards("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."


@pytest.mark.parametrize("number", ["+8613800138000", "8613800138000", "+86 138 0013 8000"])
async def test_ones_own_contact_is_ones_number(
    person: Person, other: Person, open_bot: Open, clock: Clock, number: str
) -> None:
    """It answers the phone field, masked; another person's does not, whether they are on Telegram or not."""
    async with open_bot() as app:
        await walk(person, app, clock, PHONE)
        for whom in (other.user, None):
            person.sends_contact("+8613900139000", whom)
            assert paragraphs(await reply(person)) == [OTHERS, PHONE]
        person.shares_contact(number)
        assert paragraphs(await reply(person))[0] == "Noted: **********00."


async def test_ones_own_contact_where_no_number_is_asked(person: Person, open_bot: Open) -> None:
    """It is no answer to another question, and not kept."""
    async with open_bot():
        await begins(person)
        person.shares_contact("+8613800138000")
        said = paragraphs(await reply(person))
        assert said == ["That is your telephone number. It is not asked for here, and not kept.", HOLDER]


async def test_an_edit_of_an_accepted_answer(person: Person, open_bot: Open) -> None:
    """It changes nothing and says how to change an answer; the next question is the same."""
    async with open_bot():
        await begins(person)
        answer = [one for one in person.chat.visible() if not one.of_bot][-1]
        for text in ("wechat", "a company"):
            person.edits(answer, text)
            assert paragraphs(await reply(person)) == [EDITED, HOLDER]
        person.says("me")
        assert "How many followers" in paragraphs(await reply(person))[-1]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_an_album_gets_one_reply(person: Person, open_bot: Open, server: Telegram) -> None:
    """However many parts it has, whenever they come, and if they come once more."""
    async with open_bot():
        await begins(person)
        before = len(person.chat.of_bot())
        person.sends_album(3)
        assert paragraphs(await reply(person)) == [UNREADABLE, HOLDER]
        await taken(server)
        server.state.updates.repeat(*server.state.updates.every[-3:])
        await taken(server)
    assert len(person.chat.of_bot()) == before + 1


async def test_an_album_in_several_batches(
    person: Person, other: Person, open_bot: Open, server: Telegram
) -> None:
    """One reply, though a part comes later. Another person's album is another one, whatever its id."""
    part = attachments.photo(server.state.files, PHOTO, "") | {"media_group_id": "77"}
    async with open_bot():
        await begins(person)
        before = len(person.chat.of_bot())
        person.sends(part)
        assert paragraphs(await reply(person)) == [UNREADABLE, HOLDER]
        other.sends(part)
        await other.answered()
        person.sends(part)
        await taken(server)
        person.sends(part | {"media_group_id": "78"})
        await taken(server)
    assert [len(one.chat.of_bot()) for one in (person, other)] == [before + 2, 1]


@pytest.mark.parametrize("payload", ["check", "en"])
async def test_a_link_to_a_check(person: Person, open_bot: Open, payload: str) -> None:
    """It begins as one does without a link."""
    async with open_bot():
        person.starts(payload)
        assert paragraphs(await reply(person))[-1].startswith("Which kind of account is it?")


async def test_a_link_to_an_entry_point(person: Person, open_bot: Open) -> None:
    """The form begins with the check, the list of filings is empty."""
    async with open_bot():
        person.starts("register")
        assert paragraphs(await reply(person))[0].startswith("First a few questions")
        person.starts("filings")
        assert paragraphs(await reply(person)) == ["There are no filings."]


async def test_a_link_with_a_language(person: Person, other: Person, open_bot: Open) -> None:
    """It is spoken from then on, whatever Telegram is set to."""
    async with open_bot():
        person.starts("zh")
        assert paragraphs(await reply(person))[-1].startswith("您要查的是哪一类账号")
        person.says("/help")
        assert "/privacy" in (await reply(person)).text
        assert paragraphs(person.chat.of_bot()[-1])[-1].startswith("您要查的是哪一类账号")
        other.starts("en")
        assert paragraphs(await reply(other))[-1].startswith("Which kind of account is it?")


async def test_a_link_with_anything_else(open_bot: Open, server: Telegram) -> None:
    """It only opens the chat: it answers no question, and is no command."""
    async with open_bot():
        for number, payload in enumerate(NONSENSE):
            person = Person(server, 3000 + number)
            person.starts(payload)
            assert paragraphs(await reply(person))[-1].startswith("Which kind of account is it?")
            await begins(person)
            person.says("me")
            asked = paragraphs(await reply(person))[-1]
            assert asked.startswith("How many followers")
            person.starts(payload)
            assert paragraphs(await reply(person))[-1] == asked


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_updates_that_cannot_be_read(
    person: Person, other: Person, open_bot: Open, server: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """They stop nobody, are counted, and their owner is told if the chat is known."""
    person.starts()
    for content in attachments.BROKEN:
        person.sends_broken(content)
    for body in (7, {"chat": {"id": "x", "type": "private"}}, {"chat": {"type": "private"}, "date": ""}):
        server.state.updates.push("message", body, "nobody")
    server.state.updates.push("callback_query", {"id": "no id", "from": "x", "message": []}, "nobody")
    other.starts()
    async with open_bot():
        assert len(await other.answered()) == 1
        said = await person.answered(4)
        assert [UNREADABLE in one.text for one in said] == [False, True, True, True]
        person.says("weibo")
        assert paragraphs(await reply(person))[0] == "A Weibo account."
        await taken(server)
    counts = [vars(one)["count"] for one in caplog.records if one.getMessage() == "update unreadable"]
    assert counts == [1, 2, 3, 4, 5, 6, 7]


async def test_a_press_that_cannot_be_read(person: Person, open_bot: Open, server: Telegram) -> None:
    """Its button spins no longer, and the owner is told."""
    async with open_bot():
        await begins(person)
        press = server.state.presses.add(person.user, person.chat.of_bot()[-1], "2.0")
        body = press.json() | {"from": press.json()["from"] | {"first_name": 7, "is_bot": "perhaps"}}
        body["message"] |= {"date": "yesterday"}
        server.state.updates.push("callback_query", body, "press")
        assert paragraphs(await reply(person)) == [UNREADABLE, HOLDER]
    assert not server.unanswered()
