"""The terminal: lines in, lines out. Choices are numbered; everything is typed."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TextIO

from bot.shown import Shown
from bot.terminal import Keyboard, heard, width, words, wrapped
from dialogs.conversation import Arrived, Event, Said

LAST_WORD = 15.0
"""Seconds to wait, at the end of the input, for the answer to what was confirmed."""


class Chat(Protocol):
    """What the console needs of a chat."""

    news: asyncio.Event

    async def take(self, event: Event) -> None:
        """Take one event; its messages wait after this."""

    async def waiting(self) -> list[Shown]:
        """The messages not shown yet, in order."""

    async def shown(self, ids: list[int]) -> None:
        """These have been shown, and need not be kept."""

    async def unfinished(self) -> bool:
        """Whether something confirmed here has no answer from the office yet."""


async def converse(
    chat: Chat, source: TextIO, target: TextIO, ready: Callable[[], Awaitable[None]], shelf: Shelf
) -> None:
    """Talk until the input ends. `ready` is awaited after the first prompt, before the first line.

    Raises Unheard when nothing can be printed; what was not shown then is shown the next time.
    """
    keyboard = Keyboard(source)
    try:
        await _talk(chat, source, _Screen(target, shelf, keyboard), ready)
    finally:
        keyboard.hide(hidden=False)


async def _talk(chat: Chat, source: TextIO, screen: _Screen, ready: Callable[[], Awaitable[None]]) -> None:
    await chat.take(Arrived())
    await _print(chat, screen)
    lines = _lines(source)
    await ready()
    reading = asyncio.ensure_future(lines.get())
    while True:
        news = asyncio.ensure_future(chat.news.wait())
        await asyncio.wait({reading, news}, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()
        chat.news.clear()
        if reading.done():
            line = reading.result()
            if line is None:
                break
            if screen.typed(line):
                await chat.take(Said(line))
            reading = asyncio.ensure_future(lines.get())
        await _print(chat, screen)
    await _last_word(chat, screen)


async def _last_word(chat: Chat, screen: _Screen) -> None:
    """Wait a while for what was confirmed, and say it."""
    screen.interrupt()
    try:
        async with asyncio.timeout(LAST_WORD):
            while await chat.unfinished():
                await chat.news.wait()
                chat.news.clear()
    except TimeoutError:
        pass
    await _print(chat, screen, ask=False)


async def _print(chat: Chat, screen: _Screen, *, ask: bool = True) -> None:
    waiting = await chat.waiting()
    for message in waiting:
        screen.show(message)
    await chat.shown([message.id for message in waiting])
    if ask:
        screen.prompt()


def _lines(source: TextIO) -> asyncio.Queue[str | None]:
    """The input's lines, then None. Read in a thread of its own, so that news can be shown meanwhile."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(OSError):  # of a terminal that is gone: it has no more lines
            for line in source:
                loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\r\n"))
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue


class _Screen:
    """Where messages are printed, and where one sees that it is one's turn."""

    def __init__(self, target: TextIO, shelf: Shelf, keyboard: Keyboard) -> None:
        self._target = target
        self._shelf = shelf
        self._keyboard = keyboard
        self._turn = 0
        self._sensitive = False
        self._prompting = False

    def prompt(self) -> None:
        """On a terminal, show where to type; what is typed next is shown unless it is sensitive."""
        if self._keyboard.typed and not self._prompting:
            self._keyboard.hide(hidden=self._sensitive)
            self._print("> ")
            self._prompting = True

    def typed(self, line: str) -> bool:
        """Whether a line says something. It is printed, or its cover, if it does not stand there anyway."""
        self._prompting = False
        if line.strip() and not self._keyboard.typed:
            self._print(f"> {'*' * 10 if self._sensitive else line}\n")
        return bool(line.strip())

    def interrupt(self) -> None:
        """Leave the line of a prompt at which nothing was typed yet."""
        if self._prompting:
            self._prompting = False
            self._print("\n")

    def show(self, message: Shown) -> None:
        """One message: its lines, its choices, and its files."""
        self.interrupt()
        with heard():
            columns = width(self._target)
        single = [one for line in message.lines for one in line.split("\n")]
        lines = [part for line in single for part in wrapped(words(line), columns)]
        if message.choices:
            *others, last = labels(message)
            lines.extend(wrapped([*(f"{label} · " for label in others), last], columns, "  "))
        lines.extend(f"  → {self._shelf.keep(name, content)}" for name, _kind, content in message.files)
        if message.turn != self._turn:  # news between two turns leaves the question open
            self._turn, self._sensitive = message.turn, False
        self._sensitive = self._sensitive or message.sensitive
        self._print("".join(f"{line}\n" for line in (*lines, "")))

    def _print(self, text: str) -> None:
        with heard():
            self._target.write(text)
            self._target.flush()


def labels(message: Shown) -> list[str]:
    """The choices as they are printed: with their number where it can be typed."""
    if not message.numbered:
        return [choice.label for choice in message.choices]
    return [f"{place} {choice.label}" for place, choice in enumerate(message.choices, 1)]


class Shelf:
    """Where files the owner may keep are put: readable by their owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content: bytes) -> Path:
        """Store a file under its own name; returns where."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / Path(name).name
        path.unlink(missing_ok=True)  # of one that is there, the mode would stay
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
        return path
