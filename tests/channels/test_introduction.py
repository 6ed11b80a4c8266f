"""How the bot introduces itself on Telegram: set at the first start, left alone at the next."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Open
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

SETTING = ("setMyCommands", "setMyDescription", "setMyShortDescription")
COMMANDS = ["check", "register", "filings", "language", "privacy", "cancel", "help"]


async def started(open_bot: Open, server: Telegram) -> list[int]:
    """Starts the bot once more; returns how often each was set since the server began."""
    last = server.called("getMyShortDescription")
    async with open_bot():
        await server.until(lambda: len(server.called("getMyShortDescription")) == len(last) + 2)
        await server.until(lambda: ("short_description", "zh") in server.state.profile.texts)
    return [len(server.called(method)) for method in SETTING]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_it_is_set_once(open_bot: Open, server: Telegram) -> None:
    """Commands and both descriptions, for Chinese and for all others; the second start changes nothing."""
    assert await started(open_bot, server) == [2, 2, 2]
    profile = server.state.profile
    shown = {code: commands for (_scope, code), commands in profile.commands.items()}
    assert {code: [one["command"] for one in commands] for code, commands in shown.items()} == {
        "": COMMANDS,
        "zh": COMMANDS,
    }
    assert [word in shown[code][0]["description"] for code, word in (("", "account"), ("zh", "账号"))] == [
        True
    ] * 2
    for code, words in (("", "not an authority"), ("zh", "政府机构")):
        texts = [profile.texts[name, code].lower() for name in ("description", "short_description")]
        assert [words in text for text in texts] == [True, True]
    assert await started(open_bot, server) == [2, 2, 2]


async def test_what_was_changed_is_mended(open_bot: Open, server: Telegram) -> None:
    """Only what differs is set anew."""
    assert await started(open_bot, server) == [2, 2, 2]
    next(iter(server.state.profile.commands.values())).pop()
    assert await started(open_bot, server) == [3, 2, 2]
