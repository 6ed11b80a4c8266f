"""What typed words are: a command after a slash, a choice by number or words, or the word of a command."""

from __future__ import annotations

from dialogs.conversation import Conversation, World
from dialogs.messages import Button, Message
from dialogs.parsing.options import number
from dialogs.parsing.text import fold
from dialogs.scenes.language import CODES
from dialogs.words import CHOICES, COMMANDS

COMMAND_OF = {fold(word): command for command, words in COMMANDS.items() for word in words}
"""The command of each word, in both languages."""
LANGUAGE_OF = {fold(word): f":{code}" for code in CODES for word in CHOICES[code]}
"""The choice of the language scene that each name of a language means."""
CHOICE_WORDS = {fold(word) for words in CHOICES.values() for word in words}
"""What choices that are nobody's answer may be typed as."""


def slashed(text: str) -> str | None:
    """The name after a slash, without the bot's own; None for other words."""
    plain = fold(text)
    return plain[1:].partition("@")[0].partition(" ")[0] if plain.startswith("/") else None


def chosen(text: str, message: Message, c: Conversation, world: World) -> str | None:
    """The choice of a message that is meant, by its number, its label or one of its words."""
    plain = fold(text)
    place = number(text, len(message.buttons)) if message.numbered else None
    for i, button in enumerate(message.buttons):
        if i == place or plain in {fold(word) for word in _words(button, c, world)}:
            return button.id
    return None


def _words(button: Button, c: Conversation, world: World) -> tuple[str, ...]:
    """What a choice may be typed as: its label as shown, its label in English, its words."""
    return (world.label(c.language, button.label), button.label.msgid, *button.words)
