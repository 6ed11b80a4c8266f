"""A golden chat played over Telegram: what the owner sees there is what the transcript says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.listening import address_of, listener
from bot.settings import Settings
from bot.telegram import Telegram
from tests.chats import Clock, normal
from tests.telegram.chats import Message
from tests.telegram.person import Person
from tests.telegram.server import Telegram as Server

UNHURRIED = 10_000.0
"""Messages a second: these tests are about what is said, not how fast."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the owner, and what the bot says to it: lines, labels of buttons, names of files."""

    typed: str
    said: list[str] = field(default_factory=list)


def blocks(script: str) -> Iterator[Block]:
    """The exchanges of a transcript; the first is the bot's own beginning."""
    block = Block("")
    for line in _without_empty_lines(script):
        if line.startswith(("> ", "~")):
            yield block
            block = Block(line.removeprefix("> "))
        elif line.startswith("<"):
            block.said.append(line[2:])
    yield block


def _without_empty_lines(script: str) -> Iterator[str]:
    """The script without what cannot be sent on Telegram: a line with nothing in it, and its answer."""
    skipping = False
    for line in script.splitlines():
        if line.startswith(">"):
            skipping = not line[1:].strip()
        if not skipping:
            yield line


def seen(messages: list[Message]) -> list[str]:
    """Messages as the transcript writes them."""
    lines: list[str] = []
    for message in messages:
        if document := message.content.get("document"):
            lines.append(f"  → {normal(document['file_name'])}")
            continue
        lines.extend(normal(line) for line in message.text.split("\n") if line)
        labels = [label for row in message.buttons for label in row]
        if labels:
            lines.append("  " + " · ".join(labels))
    return lines


def unnumbered(said: list[str]) -> list[str]:
    """A block without the numbers of its choices, which a channel with buttons does not need."""
    return [
        "  " + " · ".join(re.sub(r"^\d+ ", "", label) for label in line[2:].split(" · "))
        if line.startswith("  ") and not line.startswith("  →")
        else line
        for line in said
    ]


@asynccontextmanager
async def bot(
    folder: Path,
    server: Server,
    library: str,
    mode: str,
    *,
    office: str = "sandbox",
    clock: Clock | None = None,
) -> AsyncIterator[App]:
    """The bot on Telegram, in this process."""
    door = listener("127.0.0.1", 0)
    settings = Settings(
        data=folder,
        office=office,
        telegram_token=server.token,
        telegram_api=server.url,
        telegram_library=library,
        telegram_mode=mode,
        telegram_rate=UNHURRIED,
        telegram_chat_rate=UNHURRIED,
        public_url=address_of(door),
        webhook_secret="a-secret-for-tests-only",  # noqa: S106
    )
    async with App(settings, "en", clock or Clock()) as app:
        await app.connect()
        channel = Telegram(app, settings, door if mode == "webhook" else None)
        running = asyncio.create_task(channel.run())
        try:
            yield app
        finally:
            running.cancel()
            (ended,) = await asyncio.gather(running, return_exceptions=True)
            if not isinstance(ended, asyncio.CancelledError | None):
                raise ended
            door.close()
            assert not channel.trouble


async def play(person: Person, app: App, clock: Clock, script: str) -> list[tuple[str, list[str]]]:
    """What the owner sees to each line of a transcript."""
    shown: list[tuple[str, list[str]]] = []
    for block in blocks(script):
        expected = block.said
        if block.typed == "":
            person.starts()
        elif block.typed == "~":
            await _office(person, app, clock)
        else:
            _type_or_press(person, block.typed)
        messages = await person.answered()
        while len(seen(messages)) < len(expected):
            messages += await person.answered()
        shown.append((block.typed, seen(messages)))
    return shown


def _type_or_press(person: Person, typed: str) -> None:
    """A number presses the button it stands for in a transcript; everything else is typed."""
    labels = [label for message in person.chat.of_bot()[-1:] for row in message.buttons for label in row]
    if typed.isdigit() and int(typed) <= len(labels):
        person.presses(labels[int(typed) - 1])
    else:
        person.says(typed)


async def _office(person: Person, app: App, clock: Clock) -> None:
    """What the outbox leaves for later is made due by moving the clock."""
    before = len(person.chat.of_bot())
    while app.outbox is not None and len(person.chat.of_bot()) == before:
        if not await app.outbox.work():
            await person.server.until(lambda: len(person.chat.of_bot()) > before)
        clock.now += timedelta(seconds=15)  # less than a lease, so that nothing on its way is sent again
