"""A terminal: whether it shows what is typed, and lines that fit its width."""

from __future__ import annotations

import os
import termios
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import TextIO


class Unheard(Exception):
    """Nobody can read what is printed any more: the output is closed, or full."""


@contextmanager
def heard() -> Iterator[None]:
    """While something is printed. Raises Unheard if that cannot be."""
    try:
        yield
    except OSError as error:
        raise Unheard from error


class Keyboard:
    """Where lines are typed. A terminal can keep them off its screen; anything else shows none anyway."""

    def __init__(self, source: TextIO) -> None:
        self.typed = source.isatty()
        self._source = source
        self._before = termios.tcgetattr(source) if self.typed else None

    def hide(self, *, hidden: bool) -> None:
        """From now on show what is typed, or only the end of its line."""
        if self._before is None:
            return
        flags = list(self._before)
        if hidden:
            flags[3] = flags[3] & ~termios.ECHO | termios.ECHONL
        with suppress(termios.error):  # of a terminal that is gone
            termios.tcsetattr(self._source, termios.TCSADRAIN, flags)


def width(target: TextIO) -> int | None:
    """How many columns a terminal has now; None for what is no terminal, or does not say."""
    return (os.get_terminal_size(target.fileno()).columns or None) if target.isatty() else None


def wrapped(pieces: Iterable[str], columns: int | None, indent: str = "") -> Iterator[str]:
    """The pieces as lines of at most so many columns. One that is longer is parted between its words."""
    line, empty = indent, True
    for piece in pieces:
        long = columns is not None and cells(indent + piece.rstrip()) > columns
        for place, part in enumerate(words(piece) if long else (piece,)):
            full = columns is not None and cells(line + part.rstrip()) > columns
            if not empty and (full or (long and place == 0)):
                yield line.rstrip()
                line = indent
            line, empty = line + part, False
    yield line.rstrip()


def words(text: str) -> Iterator[str]:
    """What a line may be broken between: words, and Chinese characters with their punctuation."""
    piece = ""
    for before, after in pairwise(f"{text}\0"):
        piece += before
        if after == "\0" or _parts(before, after):
            yield piece
            piece = ""


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if before == " " or after == " ":
        return after != " "
    if unicodedata.category(before) in ("Ps", "Pi") or unicodedata.category(after) in ("Pe", "Pf", "Po"):
        return False
    return _wide(before) or _wide(after)


def cells(text: str) -> int:
    """How many columns a text takes: wide characters two, those that are set upon others none."""
    return sum(0 if unicodedata.combining(one) else 2 if _wide(one) else 1 for one in text)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
