"""Owners who block the bot, and come back: nothing meanwhile, then what matters, then the question."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.app import App
from storage.records import Address
from tests.channels.conftest import Open
from tests.channels.golden import play
from tests.channels.walks import HOLDER, begins, paragraphs, reply, taken
from tests.chats import Clock
from tests.telegram.faults import Slow, Status
from tests.telegram.person import Person
from tests.telegram.server import LONGEST, Telegram
from tests.test_transcripts import FOLDER

pytestmark = pytest.mark.anyio

GOES_ON = "You are in the middle of something; it goes on here. “cancel” stops it."
RECEIPT = "Practice receipt PRACTICE-2026-000001"
BLOCKED = "bot was blocked by the user"
UNCHANGED = "message is not modified"


async def answers(other: Person) -> None:
    """Somebody else is answered: what failed before that is known to have failed."""
    other.says("/help")
    await other.answered()


async def fills_in(person: Person, app: App, clock: Clock) -> None:
    """Plays a golden chat until only "send" is to be said."""
    script = (FOLDER / "weibo-45000.en.txt").read_text(encoding="utf-8").partition("\n> send")[0]
    shown = await play(person, app, clock, script)
    assert shown[-1][1][-1].strip().startswith("Send · ")


async def office_answers(person: Person, app: App, clock: Clock) -> None:
    """The office answers, and it is known here."""
    stream = app.stream(Address("telegram", str(person.chat.id)))
    async with asyncio.timeout(LONGEST):
        while await stream.unfinished():
            assert app.outbox is not None
            if not await app.outbox.work():
                await stream.news.wait()
            stream.news.clear()
            clock.now += timedelta(seconds=15)


async def test_blocked_and_back(
    person: Person, other: Person, open_bot: Open, clock: Clock, refused: list[str]
) -> None:
    """Nothing is tried while blocked. Then the result that came meanwhile, then the question: no more."""
    refused.append(UNCHANGED)
    server, gate = person.server, asyncio.Event()
    async with open_bot() as app:
        await fills_in(person, app, clock)
        server.fail("sendMessage", how=Slow(gate, done=True), chat=person.chat.id)
        person.says("send")
        assert (await reply(person)).text.startswith("Sending.")
        person.blocks()  # while that is still on its way, so that no answer of the office can be before it
        await taken(server)
        gate.set()
        tried = len(server.calls)
        await office_answers(person, app, clock)
        await answers(other)
        assert not [call for call in server.calls[tried:] if call.chat_id == person.chat.id]
        person.returns()
        sending, receipt, question = await person.answered(3)
    assert sending.text.endswith("practice receipt given.")  # the report that was seen to be sent, at its end
    assert receipt.text.startswith(RECEIPT)
    assert (question.text, bool(question.buttons)) == ("What would you like to do?", True)
    assert question is person.chat.of_bot()[-1]


async def test_found_out_by_a_refusal(
    person: Person, other: Person, open_bot: Open, clock: Clock, refused: list[str]
) -> None:
    """The same where Telegram did not say so: one call is refused, and whoever writes again is answered."""
    refused += [BLOCKED, UNCHANGED]
    server = person.server
    async with open_bot() as app:
        await fills_in(person, app, clock)
        person.says("send")
        person.chat.membership = "kicked"
        await server.until(server.refusals)
        await answers(other)
        await office_answers(person, app, clock)
        await answers(other)
        assert len(server.refusals()) == 1
        person.chat.membership = "member"
        person.says("/check")
        sending, receipt, question = await person.answered(3)
    assert sending.text.endswith("practice receipt given.")
    assert receipt.text.startswith(RECEIPT)
    assert paragraphs(question)[-1].startswith("Which kind of account is it?")


@pytest.mark.parametrize("words", [BLOCKED, "user is deactivated"])
async def test_a_question_that_did_not_arrive(
    person: Person, other: Person, open_bot: Open, refused: list[str], words: str
) -> None:
    """It is not sent late; who writes again is answered at once."""
    refused.append(UNCHANGED)
    async with open_bot():
        await begins(person)
        before = len(person.chat.of_bot())
        person.server.fail("sendMessage", how=Status(403, f"Forbidden: {words}"), chat=person.chat.id)
        person.says("me")
        await person.server.until(lambda: not person.server.unmet())
        await answers(other)
        person.says("/start")
        assert paragraphs(await reply(person))[0] == GOES_ON
        assert "How many followers" in person.chat.of_bot()[-1].text
        await taken(person.server)
    assert len(person.chat.of_bot()) == before + 1


async def test_blocked_again_and_again(
    person: Person, other: Person, open_bot: Open, refused: list[str]
) -> None:
    """In one batch with what others say: they are answered, and in the end the question is asked once."""
    refused += [BLOCKED, UNCHANGED]
    async with open_bot():
        await begins(person)
        for _ in range(3):
            person.blocks()
            person.returns()
        person.blocks()
        await taken(person.server)
        await answers(other)
        before = len(person.chat.of_bot())
        person.returns()
        await person.server.until(lambda: len(person.chat.of_bot()) > before)
        person.starts()
        await person.sees(GOES_ON)
    assert [one.text for one in person.chat.of_bot()[before:]] == [HOLDER, f"{GOES_ON}\n\n{HOLDER}"]


async def test_who_never_spoke(person: Person, other: Person, open_bot: Open, server: Telegram) -> None:
    """Somebody may block the bot of whom it knows nothing."""
    async with open_bot():
        person.chat.membership = "member"
        person.blocks()
        other.starts()
        await other.answered()
        await taken(server)
        person.returns()
        assert paragraphs(await reply(person))[-1].startswith("Which kind of account is it?")


async def test_an_answer_of_the_office_interrupts_nothing(
    person: Person, open_bot: Open, clock: Clock
) -> None:
    """What is asked when it comes can still be answered, by its buttons too."""
    async with open_bot() as app:
        await fills_in(person, app, clock)
        person.says("send")
        sending, _question = await person.answered(2)
        assert sending.text.startswith("Sending.")
        person.says("/check")
        await office_answers(person, app, clock)
        told = {one.text.startswith(RECEIPT): one for one in await person.answered(2)}
        assert "Weibo" in [label for row in told[False].buttons for label in row]
        person.presses("Weibo", on=told[False])
        assert paragraphs(await reply(person))[0] == "A Weibo account."
    assert len(told) == 2
