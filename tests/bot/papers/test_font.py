from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bot.papers.fonts import SHIPPED
from bot.papers.fonts.subset import KEPT, make, needed
from tests.architecture.sources import ROOT

MOST_BYTES = 2_500_000


@pytest.fixture(scope="module")
def has() -> set[int]:
    """The characters of the shipped font."""
    with TTFont(SHIPPED) as font:
        assert set(font.keys()) - {"GlyphOrder"} == KEPT
        return set(font.getBestCmap())


def test_the_font_has_what_papers_say(has: set[int]) -> None:
    """GB 2312, Latin, and the Chinese catalogue but for a sign that no receipt has.

    If this fails after a new text, the font is to be made anew: `make font`.
    """
    assert {chr(code) for code in needed() - has} <= {"✗"}
    assert len(needed()) > 7500


def test_nothing_that_steers_text_can_be_drawn(has: set[int]) -> None:
    """Directions, breaks and joins, which a name cannot hold and a reader would not see."""
    assert [chr(code) for code in has if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")] == []


def test_the_font_is_small_and_has_its_licence() -> None:
    """As the licence demands: it goes with every copy."""
    assert SHIPPED.stat().st_size < MOST_BYTES
    assert "SIL OPEN FONT LICENSE Version 1.1" in SHIPPED.with_name("OFL.txt").read_text()


def test_the_subset_is_made_the_same_each_time(tmp_path: Path) -> None:
    """Of itself it is itself."""
    make(SHIPPED, tmp_path / "again.ttf")
    assert (tmp_path / "again.ttf").read_bytes() == SHIPPED.read_bytes()


def test_an_installed_program_has_all_that_papers_need() -> None:
    """What is no Python goes into a wheel only if it is named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    plain = (".py", ".pyc", ".md")
    found = [path for path in (ROOT / "bot/papers").rglob("*.*") if path.suffix not in plain]
    assert {path.name for path in found} == {SHIPPED.name, "OFL.txt", "receipt.css"}
    assert [path for path in found if not any(path.match(pattern) for pattern in patterns)] == []
