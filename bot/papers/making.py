"""Papers made files of, in the owner's language."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import orjson

from bot.i18n import words
from bot.papers import File
from bot.papers.as_html import page
from bot.papers.document import Document, sealed
from bot.papers.seal import Seal
from bot.papers.wholeness import stamped
from dialogs.messages import CalendarPaper, Paper, ReceiptPaper

log = logging.getLogger(__name__)


def made(paper: Paper, language: str, seal: Seal) -> tuple[File, ...]:
    """The files of a paper. The same paper gives the same files; nothing personal is in their names."""
    if isinstance(paper, CalendarPaper):
        return (_calendar(paper, language),)
    return tuple(_receipt(paper, language, seal))


def _calendar(paper: CalendarPaper, language: str) -> File:
    from bot.papers.as_ics import day  # noqa: PLC0415 - few chats need it

    return "day.ics", "text/calendar", day(paper, words(language))


def _receipt(paper: ReceiptPaper, language: str, seal: Seal) -> Iterator[File]:
    """The receipt in every format that can be made of it, the one that most can open first."""
    document = sealed(paper, language, seal)
    name = f"receipt-{paper.reference}"
    printed = _pdf(document)
    if printed is not None:
        yield f"{name}.pdf", "application/pdf", stamped(printed, "pdf", seal)
    yield f"{name}.html", "text/html", stamped(page(document), "html", seal)
    yield f"{name}.json", "application/json", orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def _pdf(document: Document) -> bytes | None:
    """The receipt as a PDF; None if the shipped font cannot show all of it, as a rare character in a name."""
    from bot.papers.as_pdf import CannotDraw, pdf  # noqa: PLC0415 - it takes a third of a second to import

    try:
        return pdf(document)
    except CannotDraw as error:
        log.warning("pdf left out", extra={"why": type(error.__cause__ or error).__name__})
        return None
