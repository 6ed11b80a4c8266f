from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import dialogs
from bot.catalogues import languages
from bot.i18n import words
from dialogs.asking import words_of
from dialogs.messages import Button
from dialogs.parsing.text import fold
from dialogs.rules.model import Question
from dialogs.words import CHOICES, COMMANDS
from tests.dialogs.places import PLACES, at
from tests.dialogs.talks import Talk, a_world

LANGUAGES = ["en", *languages()]
COMMAND_WORDS = {fold(word) for words in COMMANDS.values() for word in words}


def offered() -> set[str]:
    """The ids of all choices that are made anywhere in `dialogs`."""
    calls = (
        node
        for path in Path(dialogs.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "choice"
    )
    constants = (str(one.value) for call in calls for one in call.args[:1] if isinstance(one, ast.Constant))
    return {*constants, "en", "zh_CN"}


def test_every_choice_has_words() -> None:
    """Of its own, or as a command that does the same."""
    assert offered() - CHOICES.keys() - COMMANDS.keys() == set()


def test_no_words_stand_for_a_choice_that_is_nowhere_offered() -> None:
    """That one has none is read where it is typed; all else is on a button."""
    assert CHOICES.keys() - offered() == {"without"}


def test_a_command_word_is_of_one_command() -> None:
    """Else one of the two would never be reached by it."""
    counted = Counter(fold(word) for words in COMMANDS.values() for word in set(words))
    assert {word for word, times in counted.items() if times > 1} == set()


def test_words_are_written_as_they_are_compared() -> None:
    """Without capitals, wide letters or final stops."""
    written = [word for words in (*COMMANDS.values(), *CHOICES.values()) for word in words]
    assert list(map(fold, written)) == written


def questions() -> list[Question]:
    """Every fact, and every field of every form, that has options."""
    book = a_world().rulebook
    fields = (entry.question for form in book.forms.values() for entry in form.fields)
    return [one for one in (*book.facts.values(), *fields) if one.options]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_an_option_is_hidden_by_no_command(question: Question) -> None:
    """No word of an option is a command, so neither stands in the other's way."""
    mine = {fold(word) for words in words_of(question).values() for word in words}
    assert mine & COMMAND_WORDS == set()


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_a_word_is_of_one_option(question: Question) -> None:
    """A word that stands for two options stands for neither."""
    counted = Counter(
        fold(word) for option in question.options for word in {option.label.casefold(), *option.words}
    )
    assert {word for word, times in counted.items() if times > 1} == set()


def come_to(talk: Talk) -> object:
    """What a turn came to, but for the count of turns."""
    return replace(talk.conversation, turn=0), talk.turn.messages


def in_language(place: str, language: str) -> Talk:
    """A talk that stands there in that language, with its buttons shown."""
    talk = at(place)
    talk.conversation = replace(talk.conversation, language=language, language_chosen=True)
    return talk.arrive()


def typed(button: Button, language: str) -> set[str]:
    """What may be typed for a button: its label as shown, and, which need be tried only once, its words."""
    return {words(language).text(button.label), *(button.words if language == "en" else ())}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_every_choice_can_be_typed_as_it_stands(place: str, language: str) -> None:
    """Its label and each of its words come to what its press comes to, unless an earlier choice has them."""
    start = in_language(place, language)
    earlier: set[str] = set()
    for number, button in enumerate(start.message.buttons, 1):
        pressed = come_to(replace(start).press(button.id))
        mine = typed(button, language)
        assert words(language).text(button.label) not in earlier
        for word in (*(mine - earlier), *([str(number)] if start.message.numbered else [])):
            assert come_to(replace(start).say(word)) == pressed, word
        earlier |= mine


def test_every_question_is_met_in_some_place() -> None:
    """So that every option of every fact and field was typed above."""
    lines = {at(place).arrive().message.lines[-1] for place in PLACES}
    asked = {line.msgid for line in lines if not isinstance(line, str) and hasattr(line, "msgid")}
    book = a_world().rulebook
    fields = (entry.question for form in book.forms.values() for entry in form.fields)
    assert {question.ask for question in (*book.facts.values(), *fields)} - asked == set()
