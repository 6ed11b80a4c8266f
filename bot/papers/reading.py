"""Whether a file is a receipt of this bot, as it was made: it is held against the receipt key.

Nothing of a PDF is interpreted or unpacked: its document lies in it as plain bytes.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final

from bot.papers.as_html import CLOSING, OPENING
from bot.papers.document import MARK, Document, canonical, parsed
from bot.papers.seal import Seal
from bot.papers.wholeness import is_whole

_MENTION: Final = b'"beian"'
"""Without it, nothing in a file even says that it is a receipt."""
_BORDERS: Final = {"html": (OPENING, CLOSING), "pdf": (b'stream\n{"beian":"receipt",', b"\nendstream")}
"""What stands around the document, by format."""


@dataclass(frozen=True, slots=True)
class Genuine:
    """To the byte what was made."""

    document: Document


@dataclass(frozen=True, slots=True)
class Altered:
    """Not what was made. `document` is set if at least the data within it are."""

    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Unrelated:
    """No receipt of any Beian."""


Judged = Genuine | Altered | Unrelated


def judged(file: bytes, seal: Seal) -> Judged:
    """What a file is, whatever is in it."""
    if _MENTION not in file:
        return Unrelated()
    kind = _kind(file)
    document = _document(file, kind, seal)
    if document is None:
        return Altered()
    return Genuine(document) if kind == "json" or is_whole(file, kind, seal) else Altered(document)


def _kind(file: bytes) -> str:
    if file.startswith(b"%PDF-"):
        return "pdf"
    return "html" if file.lstrip().startswith(b"<") else "json"


def _document(file: bytes, kind: str, seal: Seal) -> Document | None:
    """The document in a file; None unless there is exactly one, and it has the seal that it was made with."""
    try:
        document = parsed(_embedded(file, kind))
        given, sealed = document.get("seal"), seal(canonical(document))
    except (TypeError, ValueError):
        return None
    fits = isinstance(given, str) and hmac.compare_digest(given.encode(errors="replace"), sealed.encode())
    return document if fits and document.items() >= MARK.items() else None


def _embedded(file: bytes, kind: str) -> bytes:
    """The bytes of the document. Raises ValueError."""
    if kind == "json":
        return file
    opening, closing = _BORDERS[kind]
    parts = file.split(opening)
    if len(parts) != 2:
        raise ValueError("not exactly one document")
    inner, end, _ = parts[1].partition(closing)
    if not end:
        raise ValueError("a document without an end")
    return opening[opening.find(b"{") :] + inner if b"{" in opening else inner
