"""How the bot introduces itself: commands and descriptions in each language, set only when they differ."""

from __future__ import annotations

from bot.channels.telegram.api import Library
from bot.i18n import Words, words
from dialogs.messages import T

LANGUAGES = (("", "en"), ("zh", "zh_CN"))
"""Telegram's language code ('' for all others), and ours."""

COMMANDS = {
    "check": T("Check an account"),
    "register": T("Register it"),
    "filings": T("My filings and receipts"),
    "language": T("Change the language"),
    "privacy": T("What is kept"),
    "cancel": T("Stop"),
    "help": T("Help"),
}
LONG = T(
    "Does your account have to be registered? I ask what matters, say whether and how, with the source,"
    " and help you register. I am not an authority."
)
SHORT = T("Whether and how a social-media account has to be registered. Not an authority.")


async def introduce(library: Library) -> int:
    """Set what differs from what Telegram shows now; returns how many calls changed something."""
    changed = 0
    for code, language in LANGUAGES:
        spoken = words(language)
        changed += await _commands(library, code, spoken)
        changed += await _descriptions(library, code, spoken)
    return changed


async def _commands(library: Library, code: str, spoken: Words) -> int:
    wanted = [(name, spoken.text(text)) for name, text in COMMANDS.items()]
    if await library.commands(code) == wanted:
        return 0
    await library.set_commands(code, wanted)
    return 1


async def _descriptions(library: Library, code: str, spoken: Words) -> int:
    wanted = spoken.text(LONG), spoken.text(SHORT)
    if await library.descriptions(code) == wanted:
        return 0
    await library.set_descriptions(code, *wanted)
    return 1
