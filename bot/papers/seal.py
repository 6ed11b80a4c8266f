"""The receipt key: by it the bot knows again what it has sent, and the papers it has made.

A plain hash would do neither: anyone can make one, and of what was sent it would betray the ID number, since
all there are can be tried.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

Seal = Callable[[bytes], str]
"""Gives the seal of a content: 64 hexadecimal digits that nobody can make without the key."""

_PAPER = b"beian paper\n"
"""Stands before what is sealed, so that nothing an office was ever sent has the proof of a paper."""


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """The key. Its digests are HMAC-SHA256, hexadecimal."""

    secret: bytes = field(repr=False)

    def prove(self, sent: bytes) -> str:
        """The digest of exactly what was sent to an office."""
        return hmac.digest(self.secret, sent, "sha256").hex()

    def seal(self, content: bytes) -> str:
        """The digest of a paper, or of what it states."""
        return self.prove(_PAPER + content)
