"""The sink under every test here: it finds what was told, in whatever way."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

import pytest

from tests.channels.conftest import Open
from tests.channels.walks import begins
from tests.sink import CANARIES, Sink, nothing_told, secrets_of
from tests.telegram.person import Person
from tests.telegram.server import Telegram

log = logging.getLogger("telegram_library.deep.inside")
ours = logging.getLogger("bot.told")

CANARY = "a canary 金丝雀"


def raised() -> None:
    """An exception that quotes what was typed."""
    try:
        int(CANARY)
    except ValueError:
        log.exception("failed")


WAYS: dict[str, Callable[[], None]] = {
    "message": lambda: log.debug(f"typed: {CANARY}"),  # noqa: G004
    "argument": lambda: log.info("typed: %s", CANARY),
    "within an argument": lambda: log.info("typed: %s", {"text": [CANARY]}),
    "extra": lambda: ours.warning("typed", extra={"event": CANARY}),
    "other extra": lambda: ours.warning("typed", extra={"chat_text": CANARY}),
    "exception": raised,
    "address": lambda: log.debug("GET /a%20canary%20%E9%87%91%E4%B8%9D%E9%9B%80/x"),
    "escaped": lambda: log.debug(r'{"text": "a canary \u91d1\u4e1d\u96c0"}'),
}


def watched(monkeypatch: pytest.MonkeyPatch, tells: Callable[[Sink], None]) -> None:
    """What happens under a sink that knows the canary."""
    with nothing_told(monkeypatch) as opened:
        opened.planted.add(CANARY)
        tells(opened)


@pytest.mark.parametrize("way", WAYS)
def test_it_fails_for_what_is_told(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """In a message, beside it, in an exception, escaped."""
    with pytest.raises(AssertionError, match="canary"):
        watched(monkeypatch, lambda _: WAYS[way]())


def test_it_passes_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a longer word or number is another one."""
    with nothing_told(monkeypatch) as opened:
        opened.planted |= {"1001", "name"}
        log.warning("row 31001, filename")
    assert any("filename" in line for line in opened.lines)


def test_what_is_printed_counts(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """On either stream, as when a library prints."""

    def prints(opened: Sink) -> None:
        sys.stderr.write(f"{CANARY}\n")
        opened.lines += capfd.readouterr()

    with pytest.raises(AssertionError, match="canary"):
        watched(monkeypatch, prints)


@pytest.mark.anyio
async def test_it_knows_what_is_secret(person: Person, open_bot: Open, server: Telegram, sink: Sink) -> None:
    """The token and its half, who wrote and what, and all that the bot said; and it did see records."""
    async with open_bot():
        await begins(person)
        person.shares_contact("+8613800000021")
        await person.answered()
    known = secrets_of(server)
    assert {server.token, server.token.partition(":")[2], "1001", "weibo", "A Weibo account."} <= known
    assert {"+8613800000021", "In whose name is it?"} <= known | {one.partition(" (")[0] for one in known}
    assert len(CANARIES) == len(set(CANARIES))
    assert sink.lines


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["webhook"])
async def test_it_knows_the_webhook_s_secret(person: Person, open_bot: Open, server: Telegram) -> None:
    """As it was told to Telegram."""
    async with open_bot():
        person.starts()
        await person.answered()
    assert "a-secret-for-tests-only" in secrets_of(server)
