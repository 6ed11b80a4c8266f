"""How the screen behaves: one live question, every press answered, and nothing in a button but its place."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.channels.conftest import Open
from tests.channels.golden import blocks, seen
from tests.channels.walks import HOLDER, begins, paragraphs, reply, taken
from tests.chats import Clock
from tests.telegram.chats import Message
from tests.telegram.faults import Slow, Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram
from tests.test_transcripts import FOLDER

pytestmark = pytest.mark.anyio

CHOSEN = ("Website", "Xi'an", "A state-owned enterprise", "Yes", "Yes")
"""Choices on a way on which everything is asked with buttons."""
STALE = "That button belongs to an earlier question."
FORGED = (
    "", "1", "999.0", "1.99", "{}.99", "{}.-1", "{}.0.0", "{}.²", "{}.0\n", "me", "\x00", "x" * 64, "9" * 64,
)  # fmt: skip
"""What never was a button's data; {} is the turn that would be right."""


def live(person: Person) -> list[Message]:
    """The messages that have buttons now."""
    return [message for message in person.chat.visible() if message.buttons]


def turn(message: Message) -> str:
    """The turn that its buttons name."""
    assert message.keyboard is not None
    return str(message.keyboard["inline_keyboard"][0][0]["callback_data"]).partition(".")[0]


def labels(message: Message) -> list[str]:
    """Its buttons, in order."""
    return [label for row in message.buttons for label in row]


@pytest.mark.parametrize("chat", ["weibo-45000.en", "interruptions.en", "counts.zh"])
async def test_one_live_question(person: Person, open_bot: Open, server: Telegram, chat: str) -> None:
    """At any time only the last message has buttons, which say nothing but a turn and a place."""
    script = (FOLDER / f"{chat}.txt").read_text(encoding="utf-8").partition("\n~")[0]
    async with open_bot():
        for block in blocks(script):
            person.says(block.typed or "/start")
            messages = await person.answered()
            while len(seen(messages)) < len(block.said):
                messages += await person.answered()
            assert live(person) in ([], person.chat.of_bot()[-1:])
            assert bool(live(person)) == block.said[-1].startswith("  ")
    sent = [call.parameters["reply_markup"] for call in server.calls if call.parameters.get("reply_markup")]
    data = [found for markup in sent for found in re.findall(r'"callback_data": ?"([^"]*)"', markup)]
    assert data
    assert all(re.fullmatch(r"[0-9]{1,10}\.[0-9]{1,3}", one) for one in data)


async def test_the_answered_question_shows_its_answer(person: Person, open_bot: Open) -> None:
    """And has no buttons any more; one that was not answered stays as it is, without buttons."""
    async with open_bot():
        person.starts()
        first = await reply(person)
        person.presses("Weibo")
        second = await reply(person)
        assert first.text == "Which kind of account is it?\n\n✓ A Weibo account."
        person.says("/help")
        third = await reply(person)
        assert second.text.startswith("A Weibo account.\n\n")
        person.says("xi'an")
        await person.answered()
        assert third.text.endswith("?\n\n✓ Noted: Xi'an.")
        assert not any(message.buttons for message in (first, second, third))


async def test_typing_does_what_pressing_does(person: Person, open_bot: Open, server: Telegram) -> None:
    """By its words or its number: what is seen then is the same."""
    others = [Person(server, 3000 + number) for number in range(2)]
    async with open_bot():
        person.starts()
        for typing in others:
            typing.starts()
        asked = await reply(person)
        assert [seen(await typing.answered()) for typing in others] == [seen([asked])] * 2
        for label in CHOSEN:
            person.presses(label)
            others[0].says(label.swapcase())
            others[1].says(str(labels(asked).index(label) + 1))
            asked = await reply(person)
            assert [seen(await typing.answered()) for typing in others] == [seen([asked])] * 2
    assert not server.unanswered()


async def test_a_stale_press(person: Person, open_bot: Open, server: Telegram) -> None:
    """One on an earlier question, or the same button twice: said so, and the question shown again."""
    async with open_bot():
        await begins(person)
        first = live(person)[0]
        person.presses("Me, as a person")
        person.presses("Me, as a person", on=first)
        held, question = paragraphs(await reply(person))
        assert held == "Held by you as a person."
        assert paragraphs(await reply(person)) == [STALE, question]
        person.presses("Another company", on=first)
        assert paragraphs(await reply(person)) == [STALE, question]
        person.says("45000")
        assert paragraphs(await reply(person))[0] == "45,000 followers."
    assert not server.unanswered()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_press_delivered_once_more(person: Person, open_bot: Open, server: Telegram) -> None:
    """It is the same press: nothing happens twice, and nothing is said."""
    async with open_bot():
        await begins(person)
        person.presses("Me, as a person")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
        await taken(server)
        server.state.updates.repeat(server.state.updates.every[-1])
        await taken(server)
        person.says("45000")
        assert paragraphs(await reply(person))[0] == "45,000 followers."
    assert not server.unanswered()


async def test_forged_presses(person: Person, open_bot: Open, server: Telegram) -> None:
    """Data that never was a button's: nothing changes, it is said so, and the question is shown again."""
    async with open_bot():
        await begins(person)
        for data in FORGED:
            person.forges(data.format(turn(live(person)[-1])), live(person)[-1])
            said = await reply(person)
            assert paragraphs(said) == [STALE, HOLDER]
            assert live(person) == [said]
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
    assert not server.unanswered()


async def test_a_foreign_press(person: Person, other: Person, open_bot: Open, server: Telegram) -> None:
    """On another person's message: it answers for neither; who pressed is told, and asked again."""
    async with open_bot():
        for one in (person, other):
            await begins(one)
        before = len(person.chat.of_bot())
        other.presses("Me, as a person", on=live(person)[0])
        assert paragraphs(await reply(other)) == [STALE, HOLDER]
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
    assert not server.unanswered()
    assert len(person.chat.of_bot()) == before + 1


async def test_a_message_that_is_not_modified(
    person: Person, other: Person, open_bot: Open, server: Telegram, clock: Clock, refused: list[str]
) -> None:
    """A question that is closed already, because sending the next one failed: that is normal."""
    refused.append("message is not modified")
    async with open_bot():
        await begins(person)
        before = len(person.chat.of_bot())
        server.fail("sendMessage", how=Status(500), chat=person.chat.id)
        person.says("me")
        await server.until(lambda: not server.unmet())
        while len(person.chat.of_bot()) == before:
            clock.now = clock().replace(minute=clock().minute + 1)
            other.says("/help")  # what is due is looked for when anything was said
            await other.answered()
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
    assert {call.method for call in server.refusals()} == {"editMessageText"}


async def test_a_query_that_is_too_old(
    person: Person, open_bot: Open, server: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """A press that could not be answered in time is answered too late: that is normal, and no trouble."""
    gate = asyncio.Event()
    async with open_bot():
        await begins(person)
        server.fail("answerCallbackQuery", how=Slow(gate))
        press = person.presses("Me, as a person")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."
        await taken(server)
        (call,) = await server.until(lambda: server.called("answerCallbackQuery"))
        server.clock.advance(seconds=151)
        gate.set()
        await server.until(lambda: call.answer)
    assert "query is too old" in call.description
    assert server.unanswered() == [press]
    assert not [one for one in caplog.records if one.name.startswith("bot") and one.levelname != "DEBUG"]
