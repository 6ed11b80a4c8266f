"""What a receipt's files state, for machines: one sealed JSON document that all of them carry."""

from __future__ import annotations

import json
from typing import Any

import orjson

from bot.i18n import words
from bot.papers.seal import Seal
from dialogs.messages import ReceiptPaper

Document = dict[str, Any]
"""A receipt's facts by name as the paper has them, and these: `beian`, `version`, `language`, `title`, `rows`
(label and value, as people read them), `notes`, and the `seal` over all the others."""

MARK = {"beian": "receipt", "version": 1}
"""What every document begins with."""


def sealed(paper: ReceiptPaper, language: str, seal: Seal) -> Document:
    """The document of a paper."""
    spoken = words(language)
    shown = {
        "language": language,
        "title": spoken.text(paper.title),
        "rows": [[spoken.text(label), spoken.text(value)] for label, value in paper.rows],
        "notes": [spoken.text(note) for note in paper.notes],
    }
    document = MARK | dict(paper.data) | shown | MARK
    return {**document, "seal": seal(canonical(document))}


def canonical(document: Document) -> bytes:
    """All but the seal: its members in the order of their names, no spaces, UTF-8.

    Raises TypeError for what no JSON document of ours can hold.
    """
    stated = {name: value for name, value in document.items() if name != "seal"}
    return orjson.dumps(stated, option=orjson.OPT_SORT_KEYS)


def compact(document: Document) -> bytes:
    """The document on one line, the mark first."""
    return orjson.dumps(document)


def parsed(raw: bytes) -> Document:
    """A document as it stands in a file. Raises ValueError; no member may be there twice."""
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - it is the text that is wrong
    return value


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise ValueError("a member is there twice")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
