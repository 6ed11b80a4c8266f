"""What no log may say: a sink for every record of every logger, and for all that is printed, during a test.

A test fails at its end if anything there holds a secret of the bot, the id of a person or a chat, a text that
was typed or sent, or the details that the golden chats are filled in with.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from bot.channels.telegram import with_aiogram, with_ptb  # noqa: F401 - what they silence is silent
from bot.observability import Discreet
from tests.telegram.server import TOKEN
from tests.telegram.server import Telegram as Server

CANARIES = ("李华", "李小华", "11010519491231002X", "13800138000")
"""Name, ID number and telephone of the golden chats."""
LONGER_THAN = 3
"""Characters of a typed text: a shorter one may stand anywhere."""
OF_THE_TEST_SERVER = ("aiohttp.access", "aiohttp.server", "aiohttp.web")
"""Loggers of an HTTP server by aiohttp, which the bot never runs."""

NOBODYS = {"None", "True", "False"}
"""Words that Python itself prints; somebody may have typed them."""

_WORDED = {
    "text",
    "caption",
    "phone_number",
    "file_name",
    "first_name",
    "title",
    "data",
    "username",
    "question",
}
_ORDINARY = frozenset(vars(logging.makeLogRecord({})))


class Sink(logging.Handler):
    """Keeps all that is logged, as it is before our formatter, and as that prints it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Discreet())
        self.lines: list[str] = []
        self.planted: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """One record: its message, what stands beside it, its exception's own words, and what is printed."""
        if record.name.startswith(OF_THE_TEST_SERVER):
            return
        beside = {name: value for name, value in vars(record).items() if name not in _ORDINARY}
        raw = f"{record.name}: {record.getMessage()} {record.args!r} {beside!r}"
        if record.exc_info and record.exc_info[1] is not None:
            raw += "".join(traceback.format_exception(record.exc_info[1]))
        self.lines += [raw, f"printed: {self.format(record)}"]

    def leaks(self) -> list[str]:
        """The lines that say what no log may say, each with what that is."""
        everything = "\n".join(self.lines)
        met = {secret: pattern for secret in self.planted if (pattern := _pattern(secret)).search(everything)}
        return [
            f"{secret!r} in {line!r}"
            for secret, pattern in met.items()
            for line in self.lines
            if pattern.search(line)
        ]


def _pattern(secret: str) -> re.Pattern[str]:
    """Finds a text also where it is quoted; at its edges, a longer word or number is another one."""
    forms = {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], quote(secret, errors="surrogatepass")}
    return re.compile("|".join(map(_whole, sorted(forms))))


def _whole(text: str) -> str:
    before = r"(?<![A-Za-z0-9_])" if re.match("[A-Za-z0-9_]", text) else ""
    after = r"(?![A-Za-z0-9_])" if re.search("[A-Za-z0-9_]$", text) else ""
    return before + re.escape(text) + after


def secrets_of(server: Server) -> set[str]:
    """All that a bot at this server must not log: its own secrets, who writes to it, what is said."""
    hooks = {call.parameters.get("secret_token", "") for call in server.called("setWebhook")}
    found = {server.token, server.token.partition(":")[2], *hooks}
    for update in server.state.updates.every:
        found |= _said(update.body)
    for chat in server.state.chats.values():
        found.add(str(chat.id))
        found |= {line for entry in chat.history for line in entry.text.split("\n\n")}
    for call in server.calls:
        found |= {
            unescape(re.sub("</?b>", "", line)) for line in call.parameters.get("text", "").split("\n\n")
        }
    return {one for one in found if len(one) > LONGER_THAN} - NOBODYS


def _said(body: Any) -> set[str]:
    """The words and the ids of people and chats in an update."""
    if isinstance(body, list):
        return set().union(*map(_said, body))
    if not isinstance(body, dict):
        return set()
    told = {str(value) for name, value in body.items() if name in _WORDED}
    told |= {str(body["id"])} if "id" in body else set()
    return told.union(*map(_said, body.values()))


@contextmanager
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A sink for what is logged meanwhile. In the end, raises AssertionError for what was told."""
    servers: list[Server] = []
    begin = Server.__init__

    def noted(server: Server, *args: Any, **options: Any) -> None:
        begin(server, *args, **options)
        servers.append(server)

    monkeypatch.setattr(Server, "__init__", noted)
    sink, root = Sink(), logging.getLogger()
    before = root.level
    root.addHandler(sink)
    root.setLevel(logging.DEBUG)
    try:
        yield sink
    finally:
        root.setLevel(before)
        root.removeHandler(sink)
    sink.planted |= {TOKEN, TOKEN.partition(":")[2], *CANARIES}.union(*map(secrets_of, servers))
    leaks = sink.leaks()
    assert not leaks, "\n".join(["told in a log or printed:", *leaks])


@pytest.fixture(autouse=True)
def sink(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Sink]:
    """Every test fails at its end for what it logged or printed and should not have.

    A test that reads what is printed itself adds it to `lines`, as it does for what other processes print.
    """
    reads_itself = {"capsys", "capfd"} & set(request.fixturenames)
    printed = None if reads_itself else request.getfixturevalue("capfd")
    with nothing_told(monkeypatch) as opened:
        yield opened
        if printed is not None:
            opened.lines += printed.readouterr()
