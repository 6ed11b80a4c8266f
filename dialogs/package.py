"""The package an owner submits himself where no backend is connected: the filled form and what goes with it."""

from __future__ import annotations

import json

from dialogs import form
from dialogs.card.sources import documents_of
from dialogs.conversation import Check, Conversation, World
from dialogs.filing import Filing
from dialogs.messages import Items, Part, T, Text
from dialogs.rules.model import Field

File = tuple[str, str, str]
"""A file to keep: its name, media type and content."""


def package(c: Conversation, filing: Filing, world: World) -> tuple[tuple[Part, ...], tuple[File, ...]]:
    """The package as lines to read, and as files: a text to print and hand in, and JSON for machines."""
    sent_to_nobody = T(
        "Your form, to hand in yourself. It was sent to nobody. Your reference: {reference}.",
        reference=filing.reference,
    )
    where = _where(c, filing, world)
    number = T("When you have a number, say “I have a number”, and it is kept here as you told it.")
    shown = (form.answer_line(c, entry) for entry in _entries(c, world))
    plain = (form.answer_line(c, entry, masked=False) for entry in _entries(c, world))
    text = [world.label(c.language, line) for line in (sent_to_nobody, *plain, *where)]
    files = (
        (f"{filing.reference}.txt", "text/plain", "\n".join(text) + "\n"),
        (f"{filing.reference}.json", "application/json", _json(filing, world)),
    )
    return (
        sent_to_nobody,
        *shown,
        *where,
        number,
        T("The form is made as files too, below: a text to print, and JSON."),
    ), files


def _entries(c: Conversation, world: World) -> list[Field]:
    return [entry for entry in form.fields_of(c, world) if entry is not form.AGREED]


def _where(c: Conversation, filing: Filing, world: World) -> list[Text]:
    """The documents the source lists, and the channel as the source names it."""
    duties = [world.rulebook.duties[id_] for id_ in filing.duties]
    check = Check(c.drafting.facts)
    documents = tuple(dict.fromkeys(text for duty in duties for text in documents_of(duty, check)))
    lines = (
        [T("Documents the source lists: {documents}.", documents=Items(documents, "apart"))]
        if documents
        else []
    )
    return lines + [T(where) for where in dict.fromkeys(duty.where for duty in duties if duty.where)]


def _json(filing: Filing, world: World) -> str:
    """The package for machines: what was answered, under which duties, by which rulebook."""
    content = {
        "reference": filing.reference,
        "form": filing.form,
        "duties": filing.duties,
        "rulebook": filing.rulebook,
        "prepared_at": filing.confirmed_at.isoformat(),
        "sent_to": None,
        "fields": dict(filing.fields),
        "documents": [text for id_ in filing.duties for text, _ in world.rulebook.duties[id_].documents],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
