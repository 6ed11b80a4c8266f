from __future__ import annotations

import gc
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.papers.as_pdf import CannotDraw, pdf
from bot.papers.document import sealed
from bot.papers.fonts import SHIPPED
from dialogs.messages import ReceiptPaper
from tests.bot.papers.samples import HOSTILE, ISSUED, KEY, files, paper


def read(receipt: ReceiptPaper, language: str) -> PdfReader:
    """The PDF as a reader has it."""
    return PdfReader(io.BytesIO(files(receipt, language)["pdf"]))


def unspaced(text: str) -> str:
    """Lines are broken where they are full."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_row_can_be_read_back(language: str) -> None:
    """Labels, values, title and notes, Chinese and English, in their order."""
    document = json.loads(files(paper(), language)["json"])
    text = unspaced("".join(page.extract_text() for page in read(paper(), language).pages))
    cells = [cell for row in document["rows"] for cell in row]
    assert text == unspaced("".join([document["title"], *cells, *document["notes"]]))


def test_values_stay_what_they_are() -> None:
    """The library has marks of its own: for bold, and for the number of pages."""
    (page,) = read(paper((HOSTILE, HOSTILE)), "en").pages
    assert unspaced(page.extract_text()).count(unspaced(HOSTILE)) == 2


def test_a_long_receipt_has_several_pages() -> None:
    """Nothing is lost where one ends."""
    rows = [(f"label {number}", f"值{number}") for number in range(100)]
    pages = read(paper(*rows), "en").pages
    assert len(pages) > 2
    text = unspaced("".join(page.extract_text() for page in pages))
    assert [row for row in rows if unspaced("".join(row)) not in text] == []


def test_it_says_what_it_is() -> None:
    """Title, language and date are the receipt's; the document lies in it; nothing of it is hashed."""
    given = files(paper())
    reader = PdfReader(io.BytesIO(given["pdf"]))
    assert reader.metadata is not None
    assert reader.metadata.title == "登记回执（演练）"
    assert reader.metadata.creation_date is not None
    assert abs(reader.metadata.creation_date - ISSUED) < timedelta(seconds=1)
    root = reader.root_object
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("zh-CN", True)
    assert json.loads(reader.attachments["receipt.json"][0]) == json.loads(given["json"])
    assert "/ID" not in reader.trailer


@pytest.mark.parametrize(
    "data", [(), (("issued_at", "not a day"),), (("issued_at", "2026-11-20T06:32:00"),)], ids=str
)
def test_an_odd_date_is_no_obstacle(data: tuple[tuple[str, str], ...]) -> None:
    """A receipt without one is dated, always the same."""
    odd = replace(paper(), data=data)
    reader = read(odd, "en")
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert files(odd)["pdf"] == files(odd)["pdf"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the library leaves open what it cannot read
@pytest.mark.parametrize("left", [None, 0, 100, 1_000, 60_000, 2_000_000])
def test_without_a_whole_font_nothing_is_drawn(tmp_path: Path, left: int | None) -> None:
    """Which is said as any other reason is, so that the other formats are given."""
    font = tmp_path / "font.ttf"
    if left is not None:
        font.write_bytes(SHIPPED.read_bytes()[:left])
    with pytest.raises(CannotDraw):
        pdf(sealed(paper(), "en", KEY.seal), font)
    gc.collect()
