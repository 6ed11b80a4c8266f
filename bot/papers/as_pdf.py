"""A receipt as a PDF, in the shipped font. The same receipt gives the same bytes."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTLibError
from fpdf import FPDF
from fpdf.enums import VAlign, WrapMode
from fpdf.errors import FPDFException
from fpdf.fonts import FontFace, TTFFont
from fpdf.prefs import ViewerPreferences

from bot.papers.document import Document, compact
from bot.papers.fonts import SHIPPED

_FAMILY = "noto"
_MARGIN = 20
"""Millimetres."""
_LINE: Final = 1.5
"""The distance of lines, by the height of the letters."""
_COLUMNS = (32, 68)
_TROUBLE = (
    FPDFException, TTLibError, struct.error, OSError,
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What the libraries raise over a broken font, or a text they do not expect; the receipt is shown anyway."""
_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a receipt that tells none."""


class CannotDraw(Exception):
    """The font lacks a character of this receipt, is not there, or is broken."""


class _Sheet(FPDF):
    """A4, with nothing in it that the document does not state."""

    def file_id(self) -> None:
        """No id: it would be a plain hash of what the receipt says."""


def pdf(document: Document, font: Path = SHIPPED) -> bytes:
    """The file, but for its own seal. Raises CannotDraw."""
    sheet = _Sheet(format="A4")
    try:
        _describe(sheet, document)
        _draw(sheet, document, font)
        return bytes(sheet.output())
    except _TROUBLE as error:
        raise CannotDraw(type(error).__name__) from error
    finally:
        for used in sheet.fonts.values():
            if isinstance(used, TTFFont):
                used.ttfont.close()  # the library reads of the file until the end, and leaves it open


def _describe(sheet: FPDF, document: Document) -> None:
    """What is not seen: title, language, date, and the document itself, as it is, to be verified."""
    issued = _issued(document)
    sheet.set_title(document["title"])
    sheet.set_lang(document["language"].replace("_", "-"))
    sheet.set_creation_date(issued)
    sheet.viewer_preferences = ViewerPreferences(display_doc_title=True)
    sheet.embed_file(
        bytes=compact(document),
        basename="receipt.json",
        mime_type="application/json",
        creation_date=issued,
        modification_date=issued,
        compress=False,
    )


def _issued(document: Document) -> datetime:
    try:
        issued = datetime.fromisoformat(document["issued_at"])
    except (KeyError, ValueError):
        return _ONCE
    return issued.astimezone(UTC) if issued.tzinfo else issued.replace(tzinfo=UTC)


def _draw(sheet: FPDF, document: Document, font: Path) -> None:
    """What is seen."""
    sheet.alias_nb_pages("")  # else "{nb}" in somebody's words would become the number of pages
    sheet.set_margin(_MARGIN)
    sheet.set_auto_page_break(True, _MARGIN)
    sheet.add_page()
    sheet.add_font(_FAMILY, fname=font)
    sheet.set_font(_FAMILY, size=16)
    _check(sheet, document)
    # Chinese breaks between any two characters, English between words.
    wrap = WrapMode.CHAR if document["language"].startswith("zh") else WrapMode.WORD
    _paragraph(sheet, document["title"], wrap)
    sheet.set_font_size(11)
    sheet.set_draw_color(150)
    with sheet.table(
        col_widths=_COLUMNS,
        first_row_as_headings=False,
        borders_layout="HORIZONTAL_LINES",
        line_height=11 * _LINE / sheet.k,
        padding=(1.5, 0),
        text_align="LEFT",
        v_align=VAlign.T,
        wrapmode=wrap,
    ) as table:
        for label, value in document["rows"]:
            row = table.row()
            row.cell(label, style=FontFace(color=70))
            row.cell(value)
    for note in document["notes"]:
        sheet.ln(3)
        _paragraph(sheet, note, wrap)


def _paragraph(sheet: FPDF, text: str, wrap: WrapMode) -> None:
    height = sheet.font_size_pt * _LINE / sheet.k
    sheet.multi_cell(0, height, text, align="L", wrapmode=wrap, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(2)


def _check(sheet: FPDF, document: Document) -> None:
    """Raise CannotDraw unless every character can be drawn."""
    font = sheet.current_font
    texts = [document["title"], *document["notes"], *(part for row in document["rows"] for part in row)]
    if not isinstance(font, TTFFont) or any(
        sign != "\n" and ord(sign) not in font.cmap for text in texts for sign in text
    ):
        raise CannotDraw("a character is not in the font")
