"""The catalogues: texts read out of the rulebook for the extractor, and what a translation lacks."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"

TRANSLATED = frozenset(
    "name title issuer office ask ask_many why hint label said phrase unknown above upto from below asks"
    " measures where reading notes text doubt contact question rule seen passage paper vague".split()
)
"""Keys of the rulebook whose values are shown to owners."""

_SLOT = re.compile(r"\{\w+\}")


def extract_toml(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Every text of a rulebook file that owners see, for Babel: (line, function, message, comments)."""
    raw = file.read().decode()
    lines = raw.splitlines()
    for text in dict.fromkeys(texts_of(raw)):
        start = next((n for n, line in enumerate(lines, 1) if text[:40] in line), 1)
        yield start, "", text, []


def texts_of(file: str) -> Iterator[str]:
    """Every text of a rulebook file that owners see, as often as it is there."""
    return _texts(tomllib.loads(file))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in TRANSLATED and isinstance(item, str):
                yield item
            elif key == "notes" and isinstance(item, list):
                yield from item
            else:
                yield from _texts(item)


def extracted() -> set[str]:
    """The ids of all texts that the program can show, read anew from the sources."""
    methods = [("dialogs/rulebook/**.toml", "bot.catalogues:extract_toml"), ("**.py", "python")]
    keywords = {"T": (1,), "N": (1, 2)}
    found: set[str] = set()
    for folder in ("dialogs", "bot"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, [(p.removeprefix("dialogs/"), m) for p, m in methods], keywords=keywords
        ):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/messages.po"))


def catalogue(language: str) -> Catalog:
    """A language's catalogue."""
    raw = (LOCALES / language / "LC_MESSAGES" / "messages.po").read_bytes()
    return read_po(io.BytesIO(raw), locale=language)


def faults(language: str, wanted: set[str]) -> list[str]:
    """What a catalogue lacks: missing, fuzzy, unused or broken texts, one line each."""
    read = catalogue(language)
    known = {_id(message): message for message in read if message.id}
    found = [f"{language}: missing: {text}" for text in sorted(wanted - known.keys())]
    found += [f"{language}: no longer used: {text}" for text in sorted(known.keys() - wanted)]
    for id_, message in known.items():
        found += [f"{language}: {fault}: {id_}" for fault in _faults(message)]
    return found


def _faults(message: Message) -> Iterator[str]:
    strings = tuple(str(one or "") for one in _several(message.string))
    if message.fuzzy:
        yield "fuzzy"
    if not all(strings):
        yield "not translated"
        return
    sources = tuple(str(one) for one in _several(message.id))
    slots = {slot for source in sources for slot in _SLOT.findall(source)}
    for string in strings:
        given = set(_SLOT.findall(string))
        if given != slots and not (len(sources) > 1 and slots - given == {"{n}"}):
            yield f"slots {sorted(given)} instead of {sorted(slots)}"


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
