"""Makes the shipped font of a whole one: `make font FONT=NotoSansSC-Regular.ttf`. Needed once a font version.

Of ten megabytes, those glyphs stay that a paper may need: the characters of GB 2312, Latin, the punctuation
of both, and whatever the Chinese catalogue says. Of these nothing but outlines and widths is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

from bot.i18n import catalogue
from bot.papers.fonts import SHIPPED

KEPT = {"head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post"}
"""The tables that a PDF needs. Layout, hinting and variations are for screens and editors."""
_LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100)} - {0xAD}
"""Without the soft hyphen, which is not always seen."""
_MORE = (
    range(0x100, 0x180),
    range(0x2010, 0x2028),
    range(0x2030, 0x205F),
    range(0x3000, 0x3020),
    range(0xFF01, 0xFF5F),
)
"""Latin with marks, and punctuation."""


def needed() -> set[int]:
    """The characters that a paper is sure to need."""
    texts, _ = catalogue("zh_CN")
    said = {ord(sign) for forms in texts.values() for text in forms for sign in text}
    return {*_gb2312(), *said, *_LATIN} - {ord("\n")}


def wanted() -> set[int]:
    """The characters that are kept, as far as the font has them."""
    return needed().union(*_MORE)


def _gb2312() -> Iterator[int]:
    """Every character of the standard: rows of 94, each by two bytes."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, cell)).decode("gb2312", errors="ignore"))


def make(whole: Path, smaller: Path) -> None:
    """Write the subset of `whole`; the same bytes each time."""
    options = Options(
        layout_features=[], hinting=False, glyph_names=False, notdef_outline=True, recalc_timestamp=False
    )
    with load_font(str(whole), options) as font:
        options.drop_tables = [tag for tag in font.keys() if tag not in KEPT]  # noqa: SIM118 - not a dictionary
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted())
        subsetter.subset(font)
        save_font(font, str(smaller), options)


if __name__ == "__main__":
    make(Path(sys.argv[1]), SHIPPED)
