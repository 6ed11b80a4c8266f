"""A message as Telegram shows it: texts of a length it takes, the question in bold, choices as buttons."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.channels.telegram.api import Rows
from bot.shown import Shown

LONGEST = 4096
"""UTF-16 units of one message."""
ROW = 28
"""Characters that fit in a row of buttons on a narrow telephone; a wide character counts two."""
MOST_IN_ROW = 4


def texts(lines: tuple[str, ...], *, html: bool, question: bool) -> list[str]:
    """The lines as one text, or as several if too long, parted at lines. The question, the last, is bold.

    Telegram counts what is left without markup, so both forms have the same parts.
    """
    parts: list[str] = []
    used = 0
    for place, line in enumerate(lines):
        bold = html and question and place == len(lines) - 1
        for piece in _pieces(line):
            shown = escape(piece, quote=False) if html else piece
            shown = f"<b>{shown}</b>" if bold else shown
            if parts and used + 2 + _units(piece) <= LONGEST:
                parts[-1] += f"\n\n{shown}"
                used += 2 + _units(piece)
            else:
                parts.append(shown)
                used = _units(piece)
    return parts


def _pieces(line: str) -> Iterator[str]:
    """A line in pieces of a length that Telegram takes."""
    piece, used = "", 0
    for character in line:
        if used + _units(character) > LONGEST:
            yield piece
            piece, used = "", 0
        piece += character
        used += _units(character)
    yield piece


def _units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def keyboard(message: Shown) -> Rows:
    """The choices: short ones side by side. The data names turn and place, never an answer."""
    rows: list[list[tuple[str, str]]] = []
    width = ROW
    for place, choice in enumerate(message.choices):
        needed = sum(2 if ord(character) > 0x2E80 else 1 for character in choice.label) + 2
        if not rows or width + needed > ROW or len(rows[-1]) == MOST_IN_ROW:
            rows.append([])
            width = 0
        rows[-1].append((choice.label, f"{message.turn}.{place}"))
        width += needed
    return rows


def pressed(data: str) -> tuple[int, int] | None:
    """Turn and place of a button's data; None if it is not ours."""
    turn, dot, place = data.partition(".")
    if dot and turn.isascii() and turn.isdigit() and place.isascii() and place.isdigit() and len(data) < 20:
        return int(turn), int(place)
    return None
