"""Ways into a conversation, and what is waited for there."""

from __future__ import annotations

from bot.app import App
from tests.channels.golden import blocks, play
from tests.chats import Clock
from tests.telegram.chats import Message
from tests.telegram.person import Person
from tests.telegram.server import Telegram
from tests.test_transcripts import FOLDER

UNREADABLE = "I can only read text here."


def script_until(question: str, chat: str = "weibo-45000.en") -> str:
    """A golden chat until this is asked."""
    lines = (FOLDER / f"{chat}.txt").read_text(encoding="utf-8").splitlines()
    ends = next(place for place, line in enumerate(lines) if line.startswith("<") and question in line)
    return "\n".join(lines[: ends + 1])


HOLDER = script_until("In whose name is it?").splitlines()[-1].removeprefix("< ")
"""What is asked after `begins`: a question with buttons, to which "me" is an answer."""


async def walk(person: Person, app: App, clock: Clock, question: str) -> None:
    """Play a golden chat until this is asked."""
    shown = await play(person, app, clock, script_until(question))
    assert question in "".join(shown[-1][1])


async def begins(person: Person) -> None:
    """Opens the chat in English, and answers until `HOLDER` is asked."""
    person.starts("en")
    said = await reply(person)
    for block in list(blocks(script_until("In whose name is it?")))[2:]:
        person.says(block.typed)
        said = await reply(person)
    assert paragraphs(said)[-1] == HOLDER


async def reply(person: Person) -> Message:
    """The next new message of the bot."""
    (message,) = await person.answered()
    return message


def paragraphs(message: Message) -> list[str]:
    """What a message says."""
    return message.text.split("\n\n")


async def taken(server: Telegram) -> None:
    """Everything that was done so far has reached the bot and is committed."""
    await server.until(lambda: not server.state.updates.waiting())
