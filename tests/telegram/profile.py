"""What the bot says of itself: commands and descriptions, by language.

Command names and lengths are checked as the manual has them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.telegram.entities import units
from tests.telegram.errors import Json, bad_request
from tests.telegram.parameters import Asked

MOST_COMMANDS = 100
LONGEST = {"description": 512, "short_description": 120}
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"}

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Profile:
    """Commands by scope and language, and texts by name and language; language "" is for all others."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def set_commands(self, asked: Asked) -> bool:
        """`setMyCommands`."""
        given = asked.json("commands")
        if not isinstance(given, list):
            raise bad_request("expected an Array of BotCommand")
        if len(given) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[_scope(asked), language(asked)] = [_command(one) for one in given]
        return True

    def get_commands(self, asked: Asked) -> list[Json]:
        """`getMyCommands`."""
        return self.commands.get((_scope(asked), language(asked)), [])

    def set_text(self, name: str, asked: Asked) -> bool:
        """`setMyDescription` and `setMyShortDescription`."""
        if units(asked.text(name)) > LONGEST[name]:
            raise bad_request(f"{name.upper()}_TOO_LONG")
        self.texts[name, language(asked)] = asked.text(name)
        return True

    def get_text(self, name: str, asked: Asked) -> Json:
        """`getMyDescription` and `getMyShortDescription`: the language's, or the one for all others."""
        there = (self.texts.get((name, code)) for code in (language(asked), ""))
        return {name: next(filter(None, there), "")}


def language(asked: Asked) -> str:
    """The language code: two letters or nothing."""
    code = asked.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _scope(asked: Asked) -> str:
    given = asked.json("scope") or {"type": "default"}
    if not isinstance(given, dict) or given.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(given, sort_keys=True)


def _command(given: Any) -> Json:
    match given:
        case {"command": str(name), "description": str(description), **rest} if not rest:
            if not _COMMAND.fullmatch(name):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= units(description.strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
            return {"command": name, "description": description.strip()}
    raise bad_request("can't parse BotCommand: expected an Object")
