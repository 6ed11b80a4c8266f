"""Choosing the language. Answers stay as they are."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import Conversation, World
from dialogs.messages import Message, T
from dialogs.parsing.text import fold
from dialogs.scenes.scene import Reply, Scene, left
from dialogs.words import COMMANDS

CODES = ENGLISH, CHINESE = "en", "zh_CN"


_WORDS = re.compile(r"[A-Za-z']{2,}")
_A_SENTENCE = 3


def show(c: Conversation, world: World) -> Message:
    """Both languages, each in its own words."""
    return Message(
        (T("Which language?"),), (choice(ENGLISH, T("English")), choice(CHINESE, T("Chinese (中文)")))
    )


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """From now on in this language, whatever is typed."""
    return Reply(replace(left(c), language=choice_[1:], language_chosen=True), (T("I go on in English."),))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these."),))


def arrived(c: Conversation, world: World, wish: str) -> Conversation:
    """The language of somebody who has typed nothing yet: as a link asks, else as the channel suggests.

    While something is going on, or kept for them, it stays as it is.
    """
    if wish in CODES:
        return replace(c, language=wish, language_chosen=True)
    known = bool(c.check or c.draft or c.aside or c.filings or c.reminders)
    return c if c.language_chosen or (known and c.language) else replace(c, language=world.language)


def heard(c: Conversation, world: World, text: str) -> Conversation:
    """The language by what was typed, as long as none was chosen and no form, with its names, is being filled.

    More Chinese characters than Latin letters tell (one may be the 万 of a number), and so do a greeting and a
    sentence of three Latin words.
    """
    if c.language_chosen or c.draft is not None:
        return c
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    latin = sum(len(word) for word in _WORDS.findall(text))
    if chinese > max(1, latin):
        return replace(c, language=CHINESE)
    if fold(text) in COMMANDS["start"] or (not chinese and len(_WORDS.findall(text)) >= _A_SENTENCE):
        return replace(c, language=ENGLISH)
    return c if c.language else replace(c, language=world.language)


SCENE = Scene(show, pick, say)
