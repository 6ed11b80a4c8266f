"""A form that has changed while it was being filled: what still stands of it, and what the owner is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dialogs.conversation import Draft, World
from dialogs.form import AGREED, SKIPPED, fields_for
from dialogs.interview import fits
from dialogs.messages import Items, Part, T
from dialogs.rules.model import Field
from dialogs.rules.values import Value

Fields = Mapping[str, Field]


def offered(draft: Draft, world: World) -> bool:
    """Whether its form is still there, and one of the duties it is for."""
    named = [id_ for id_ in draft.duties if id_ in world.rulebook.duties]
    return draft.form in world.rulebook.forms and (bool(named) or not draft.duties)


def reformed(draft: Draft, world: World) -> tuple[Draft, tuple[Part, ...]]:
    """A draft of an earlier form as one of today's, and what has changed. What is no longer asked is erased.

    Raises KeyError for one that is not `offered`.
    """
    book, old = world.rulebook, world.earlier.get(draft.rulebook)
    before = _fields(draft, replace(world, rulebook=old)) if old else None
    facts = {f: v for f, v in draft.facts.items() if f in book.facts and fits(v, book.facts[f])}
    duties = tuple(id_ for id_ in draft.duties if id_ in book.duties)
    today = replace(draft, duties=duties, facts=facts, rulebook=book.version)
    now = _fields(today, world)
    answers = {id_: v for id_, v in draft.answers.items() if _stands(id_, v, now, before)}
    told = _told(draft, answers, now, before) if draft.answers else ()
    return replace(today, answers=answers), told


def _fields(draft: Draft, world: World) -> Fields:
    """The fields that may be asked, by id."""
    return {entry.question.id: entry for entry in fields_for(draft, world)}


def _stands(id_: str, value: Value, now: Fields, before: Fields | None) -> bool:
    """Whether an answer is one to today's field of that id: asked in the same way, as far as that is known."""
    if id_ == AGREED.question.id:
        return any(entry.others for entry in now.values())
    entry = now.get(id_)
    if entry is None or (value == SKIPPED and not entry.optional):
        return False
    same = before is None or id_ not in before or before[id_].question.kind == entry.question.kind
    return same and (value == SKIPPED or fits(value, entry.question))


def _told(draft: Draft, kept: Mapping[str, Value], now: Fields, before: Fields | None) -> tuple[Part, ...]:
    """One line on what is asked now and was not, what is asked again, and what is asked no more."""
    if before is None:
        return (T("The form may have changed meanwhile; only what is missing is asked."),)
    new = [entry for id_, entry in now.items() if id_ not in before]
    again = [entry for id_, entry in now.items() if id_ in draft.answers and id_ not in kept]
    gone = [entry for id_, entry in before.items() if id_ not in now]
    changes = (
        *((T("now also asked: {fields}", fields=_named(new)),) if new else ()),
        *((T("asked again: {fields}", fields=_named(again)),) if again else ()),
        *((T("no longer asked: {fields}", fields=_named(gone)),) if gone else ()),
    )
    return (
        (T("The form has changed meanwhile: {changes}.", changes=Items(changes, "apart")),) if changes else ()
    )


def _named(fields: Iterable[Field]) -> Items:
    return Items(tuple(T(entry.question.label) for entry in fields))
