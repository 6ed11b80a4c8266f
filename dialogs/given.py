"""Facts written out exactly, as a program gives them: `holder=individual`, `followers=30001+`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dialogs.rules.model import Question, Rulebook
from dialogs.rules.values import UNKNOWN, Band, Unknown, Value

_MOST_DIGITS = 12


class NotAcceptedError(Exception):
    """A fact or a value that is not in the vocabulary; the text names those that are."""


def given_facts(pairs: Sequence[tuple[str, str]], rulebook: Rulebook) -> dict[str, Value]:
    """The facts in these pairs; a list is given by repeating its name. Raises NotAcceptedError."""
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        if name not in rulebook.facts:
            raise NotAcceptedError(f"{name[:40]!r} is not a fact; facts are {', '.join(rulebook.facts)}")
        texts.setdefault(name, []).append(text)
    return {name: _value(rulebook.facts[name], given) for name, given in texts.items()}


def _value(question: Question, given: list[str]) -> Value:
    if UNKNOWN.value in given and len(given) == 1:
        return UNKNOWN
    if question.kind == "several":
        return tuple(o.id for o in question.options if o.id in [_option(question, text) for text in given])
    if len(given) > 1:
        raise NotAcceptedError(f"{question.id} is given {len(given)} times, but has one value")
    if question.kind == "count":
        return _count(question, given[0])
    return _day(question, given[0]) if question.kind == "date" else _option(question, given[0])


def _option(question: Question, text: str) -> str:
    ids = [option.id for option in question.options]
    if question.kind == "several" and re.search(r"[^\w-]", text):
        one, two = ids[:2]
        raise NotAcceptedError(
            f"{question.id} takes one value at a time: repeat it, as in"
            f" --fact {question.id}={one} --fact {question.id}={two}"
        )
    if text not in ids:
        raise NotAcceptedError(f"{question.id} is one of {', '.join(ids)}, unknown; not {text[:40]!r}")
    return text


def _count(question: Question, text: str) -> int | Band:
    expected = f"{question.id} is a whole number such as 45000, a band such as 0-30000 or 30001+, or unknown"
    if any(len(digits) > _MOST_DIGITS for digits in re.findall("[0-9]+", text)):
        raise NotAcceptedError(f"{expected}, with at most {_MOST_DIGITS} digits")
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        return Band.parse(text)
    except ValueError:
        raise NotAcceptedError(f"{expected}; not {text[:40]!r}") from None


def _day(question: Question, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotAcceptedError(
            f"{question.id} is a date such as 2017-07-25, or unknown; not {text[:40]!r}"
        ) from None


def plain(value: Value) -> str | int | list[str]:
    """A value as it is given: the reverse of reading it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Unknown):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Band) else value
