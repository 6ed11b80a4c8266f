"""The seal of a file as a whole, on a last line that its format reads over.

The document in a page or a PDF is sealed by itself, but people read what stands around it. So the file is
sealed too: nobody can change what is seen and leave the document as it was.
"""

from __future__ import annotations

import hmac
from typing import Final

from bot.papers.seal import Seal

MARKS: Final = {"html": (b"<!-- beian-seal ", b" -->\n"), "pdf": (b"%beian-seal ", b"\n")}
"""What stands before and after the seal, by format: each a comment."""
_DIGITS = 64


def stamped(content: bytes, kind: str, seal: Seal) -> bytes:
    """The file with its seal."""
    before, after = MARKS[kind]
    return content + before + seal(content).encode() + after


def is_whole(file: bytes, kind: str, seal: Seal) -> bool:
    """Whether the file is, to the byte, what was sealed."""
    before, after = MARKS[kind]
    length = len(before) + _DIGITS + len(after)
    content, line = file[:-length], file[-length:]
    return hmac.compare_digest(line, before + seal(content).encode() + after)
