"""Texts and captions: markup, trimming, and lengths in UTF-16 units after markup is parsed."""

from __future__ import annotations

from typing import Any

from tests.telegram.entities import KINDS, parse_html, units
from tests.telegram.errors import Json, bad_request
from tests.telegram.parameters import Asked

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_SOURCE = 1 << 15
PLAIN_KINDS = set(KINDS.values()) | {"expandable_blockquote"}


def text_of(asked: Asked) -> Json:
    """The `text` of a message, as its content. Raises Refused."""
    if not asked.text("text"):
        raise bad_request("message text is empty")
    text, entities = _worded(asked, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_of(asked: Asked) -> Json:
    """The `caption` of a file, as content; empty if there is none. Raises Refused."""
    text, entities = _worded(asked, "caption", "caption_entities")
    if units(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return {
        **({"caption": text} if text else {}),
        **({"caption_entities": entities} if entities else {}),
    }


def _worded(asked: Asked, name: str, its_entities: str) -> tuple[str, list[Json]]:
    source = asked.text(name)
    if len(source.encode()) > LARGEST_SOURCE:
        raise bad_request("text is too long")
    mode = asked.text("parse_mode").lower()
    if mode == "html":
        return trimmed(*parse_html(source))
    if mode:
        raise bad_request("unsupported parse_mode")
    return trimmed(source, [_entity(one, units(source)) for one in asked.json(its_entities) or []])


def _entity(given: Any, length: int) -> Json:
    """An entity as it was given. Raises Refused if it marks nothing, or is of no kind for texts."""
    match given:
        case {"type": str(kind), "offset": int(offset), "length": int(size)} if kind in PLAIN_KINDS:
            if 0 <= offset < offset + size <= length:
                return dict(given)
    raise bad_request("can't parse MessageEntity: expected an Object within the text")


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, and without what it leaves of entities."""
    stripped = text.lstrip()
    begin = units(text) - units(stripped)
    stripped = stripped.rstrip()
    end = units(stripped)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - begin, 0)
        last = min(entity["offset"] + entity["length"] - begin, end)
        if first < last:
            kept.append(entity | {"offset": first, "length": last - first})
    return stripped, kept
