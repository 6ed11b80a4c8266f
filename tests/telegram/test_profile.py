from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.errors import Refused
from tests.telegram.raw import Raw

pytestmark = pytest.mark.anyio

SCOPE = "can't parse BotCommandScope"
START = {"command": "start", "description": "Start"}


async def test_commands_by_scope_and_language(api: Raw) -> None:
    """What was set for one is not set for another."""
    private = {"type": "all_private_chats"}
    assert await api("setMyCommands", commands=[START], scope=private, language_code="zh") is True
    assert await api("getMyCommands", scope=private, language_code="zh") == [START]
    assert await api("getMyCommands", scope=private) == []
    assert await api("getMyCommands", language_code="zh") == []


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({}, "expected an Array of BotCommand"),
        ({"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [START | {"command": "Start"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [START | {"command": "x" * 33}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [START | {"description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [START | {"description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": ["start"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [START], "language_code": "zh-CN"}, "invalid language code specified"),
        ({"commands": [START], "scope": {"type": "all"}}, f"{SCOPE}: Unsupported type specified"),
    ],
)  # fmt: skip
async def test_commands_that_there_are_not(api: Raw, parameters: dict[str, Any], why: str) -> None:
    """Names are small letters, languages two of them."""
    with pytest.raises(Refused) as refusal:
        await api("setMyCommands", **parameters)
    assert str(refusal.value) == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_descriptions(api: Raw, method: str, name: str, longest: int) -> None:
    """By language, falling back to the one for all others; with a longest length."""
    assert await api(f"getMy{method}") == {name: ""}
    await api(f"setMy{method}", **{name: "all"})
    await api(f"setMy{method}", **{name: "字" * longest}, language_code="zh")
    assert await api(f"getMy{method}", language_code="en") == {name: "all"}
    assert await api(f"getMy{method}", language_code="zh") == {name: "字" * longest}
    await api(f"setMy{method}", language_code="zh")
    assert await api(f"getMy{method}", language_code="zh") == {name: "all"}
    with pytest.raises(Refused, match=f"{name.upper()}_TOO_LONG"):
        await api(f"setMy{method}", **{name: "x" * (longest + 1)})
