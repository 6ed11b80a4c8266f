from __future__ import annotations

import pytest

from tests.telegram.entities import parse_html, units
from tests.telegram.errors import Refused
from tests.telegram.wording import trimmed


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<STRONG>a</strong>", "a", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>字</b>", "😀字", [("bold", 2, 1)]),
        ("<b></b>", "", []),
        ("1 &lt; 2 &amp;&gt;&quot;&#39;&#x27;", "1 < 2 &>\"''", []),
        ("&amp;lt;", "&lt;", []),
    ],
)
def test_markup_becomes_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Tags leave the text; what they marked is counted in UTF-16 units."""
    read, found = parse_html(source)
    assert read == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


def test_entities_say_more_where_they_must() -> None:
    """A link has its address, code its language."""
    _, (link,) = parse_html('<a href="https://example.org/?a=1&amp;b=2">x</a>')
    _, (code,) = parse_html('<pre><code class="language-python">x</code></pre>')
    assert link["url"] == "https://example.org/?a=1&b=2"
    assert (code["type"], code["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("字<p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("a<br>", 'Unsupported start tag "br" at byte offset 1'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("a <3>", 'Unsupported start tag "3" at byte offset 2'),
        ("R&D", 'Unescaped "&" at byte offset 1'),
        ("&nbsp;", 'Unsupported entity "&nbsp;" at byte offset 0'),
        ("&#0;", "Unsupported character reference at byte offset 0"),
        ("a > b", 'Unescaped ">" at byte offset 2'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a>a</a>", 'Tag "a" must have an address at byte offset 0'),
        ('<a href="/here">a</a>', 'Tag "a" must have an address at byte offset 0'),
        ('<b class="x">a</b>', 'Unsupported attribute "class" in the tag "b" at byte offset 0'),
        ('<a href="x>a</a>', 'Wrong attributes in the tag "a" at byte offset 0'),
        ("<code><b>a</b></code>", 'Tag "code" can\'t contain other tags at byte offset 6'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified at byte offset 0"),
        (
            "<blockquote><blockquote>a</blockquote></blockquote>",
            'Tag "blockquote" can\'t be nested at byte offset 12',
        ),
    ],
)
def test_what_is_not_telegrams_html_is_refused(source: str, why: str) -> None:
    """The refusal says what is wrong and at which byte."""
    with pytest.raises(Refused) as refusal:
        parse_html(source)
    assert (refusal.value.status, str(refusal.value)) == (400, f"Bad Request: can't parse entities: {why}")


def test_ends_are_trimmed_with_their_entities() -> None:
    """White space at the ends goes; entities shrink or vanish with it."""
    source = "<i>  </i> <b> 字 </b>\n"
    text, (bold,) = trimmed(*parse_html(source))
    assert text == "字"
    assert (bold["type"], bold["offset"], bold["length"]) == ("bold", 0, 1)


def test_lengths_are_in_utf_16() -> None:
    """A character beyond the basic plane counts twice; half of one is none."""
    assert units("a字😀") == 4
    with pytest.raises(Refused):
        units("\ud83d")
