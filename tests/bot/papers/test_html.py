from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.bot.papers.samples import HOSTILE, files, paper

BIDI = "a\u202eb\u2066c"


class Page(HTMLParser):
    """A page as a browser reads it: elements with their attributes, and the texts of cells and others."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """A text within the element that has begun last."""
        if data.strip():
            self.texts.append((self.elements[-1][0] if self.elements else "", data))

    def of(self, tag: str) -> list[str]:
        """The texts of these elements."""
        return [text for name, text in self.texts if name == tag]


@pytest.mark.parametrize("value", [HOSTILE, BIDI, "{language}", "a\nb"])
def test_values_stay_what_they_are(value: str) -> None:
    """As a label, a value, a title: they begin no element, end no script, and fill no slot."""
    shown = Page(files(paper((value, value), title=value))["html"])
    assert (shown.of("th"), shown.of("td"), shown.of("h1")) == ([value], [value], [value])
    assert [name for name, _ in shown.elements].count("script") == 1


def test_the_page_shows_the_rows_and_notes() -> None:
    """The same as the document within it."""
    given = files(paper())
    shown, document = Page(given["html"]), json.loads(given["json"])
    assert list(zip(shown.of("th"), shown.of("td"), strict=True)) == [tuple(row) for row in document["rows"]]
    assert shown.of("p") == document["notes"]
    assert json.loads(shown.of("script")[0]) == document


def test_the_page_loads_and_runs_nothing() -> None:
    """No address and no code is in it; a browser is told to allow its own style alone."""
    page = files(paper())["html"]
    shown = Page(page)
    assert ("html", {"lang": "zh-CN"}) in shown.elements
    scripts = [attributes for name, attributes in shown.elements if name == "script"]
    assert scripts == [{"type": "application/json", "id": "beian-receipt"}]
    assert not [1 for _, given in shown.elements if {"src", "href", "style"} & set(given)]
    assert b"url(" not in page
    assert b"@import" not in page
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.decode())
    digest = b64encode(hashlib.sha256(shown.of("style")[0].encode()).digest()).decode()
    assert unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
