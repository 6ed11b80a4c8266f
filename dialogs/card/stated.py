"""What a connected office states beside that it collects. A practice office states nothing of an authority's."""

from __future__ import annotations

from dialogs.messages import T, Text
from dialogs.rules.statement import Statement
from dialogs.rules.verdict import Result


def stated_by(result: Result) -> Statement | None:
    """An authority's own word on a duty, if the verdict rests on it."""
    return None if result.word is None or result.word.practice else result.word


def deadline_stated(result: Result) -> tuple[Text, ...]:
    """When to register, in the office's words."""
    word = stated_by(result)
    if word is None or not word.deadline:
        return ()
    return (T("The office states as the deadline: “{words}”", words=word.deadline),)


def basis_stated(result: Result) -> tuple[Text, ...]:
    """What the office rests on, in its words."""
    word = stated_by(result)
    return (T("The office states as its basis: “{words}”", words=word.basis),) if word and word.basis else ()


def contact_stated(result: Result) -> tuple[Text, ...]:
    """Where to ask the office, in its words."""
    word = stated_by(result)
    if word is None or not word.contact:
        return ()
    return (T("The office states where to ask: “{words}”", words=word.contact),)
