"""Telegram's HTML: the grammar of parse_mode=HTML, by the open source of its own parser and by its manual.

Stricter than the original where the manual is: a bare `&` or `>`, an attribute without effect, a link without
a sensible address and tags within `code` or `pre` are refused; Telegram lets them pass or drops them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.telegram.errors import Json, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ATTRIBUTES = {
    "a": "href",
    "span": "class",
    "tg-emoji": "emoji-id",
    "code": "class",
    "blockquote": "expandable",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]+));")
_START = re.compile(r"<([^\s>/]+)((?:\s+[^\s=>\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w.-]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")
_END = re.compile(r"</([^\s>]*)\s*>")


def units(text: str) -> int:
    """Its length in UTF-16 units, by which Telegram measures. Raises Refused for half a surrogate pair."""
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text without its tags, and its entities. Raises Refused as Telegram words it."""
    reader = _Reader(source)
    reader.read()
    reader.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.text), reader.entities


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end. `begun` counts UTF-16 units."""

    tag: str
    argument: str
    begun: int


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._length = 0
        self._language = ""
        self._open: list[_Open] = []
        self.text: list[str] = []
        self.entities: list[Json] = []

    def read(self) -> None:
        """The whole source."""
        steps = {"<": self._tag, "&": self._reference, ">": self._bare}
        while self._at < len(self._source):
            steps.get(self._source[self._at], self._character)()
        if self._open:
            raise self._wrong(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"', where=False
            )

    def _put(self, character: str) -> None:
        self.text.append(character)
        self._length += units(character)

    def _character(self) -> None:
        self._put(self._source[self._at])
        self._at += 1

    def _bare(self) -> None:
        raise self._wrong(f'Unescaped "{self._source[self._at]}"')

    def _reference(self) -> None:
        found = _REFERENCE.match(self._source, self._at)
        if found is None:
            self._bare()
        else:
            self._put(self._decoded(found))
            self._at = found.end()

    def _decoded(self, found: re.Match[str]) -> str:
        hexadecimal, decimal, name = found.groups()
        if name:
            if name not in NAMED:
                raise self._wrong(f'Unsupported entity "&{name};"')
            return NAMED[name]
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if not 0 < code < 0x10FFFF:
            raise self._wrong("Unsupported character reference")
        return chr(code)

    def _tag(self) -> None:
        if self._source.startswith("</", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _start_tag(self) -> None:
        name = re.match(r"[^\s>]*", self._source[self._at + 1 :])
        tag = name[0].lower() if name else ""
        if ">" not in self._source[self._at :]:
            raise self._wrong("Unclosed start tag")
        if tag not in KINDS:
            raise self._wrong(f'Unsupported start tag "{tag}"')
        found = _START.match(self._source, self._at)
        if found is None:
            raise self._wrong(f'Wrong attributes in the tag "{tag}"')
        outer = self._open[-1].tag if self._open else ""
        if outer == "code" or (outer == "pre" and tag != "code"):
            raise self._wrong(f'Tag "{outer}" can\'t contain other tags')
        if tag == "blockquote" and any(one.tag == tag for one in self._open):
            raise self._wrong('Tag "blockquote" can\'t be nested')
        self._open.append(_Open(tag, self._argument(tag, found[2]), self._length))
        self._at = found.end()

    def _argument(self, tag: str, attributes: str) -> str:
        argument = ""
        for found in _ATTRIBUTE.finditer(attributes):
            if ATTRIBUTES.get(tag) != found[1]:
                raise self._wrong(f'Unsupported attribute "{found[1]}" in the tag "{tag}"')
            argument = _REFERENCE.sub(self._decoded, found[2] or found[3] or found[4] or found[1])
        if tag == "span" and argument != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"')
        if tag == "a" and not address_is_sensible(argument):
            raise self._wrong('Tag "a" must have an address')
        if tag == "tg-emoji" and not argument.isdecimal():
            raise self._wrong("Invalid custom emoji identifier specified")
        if tag == "code" and argument and not argument.startswith("language-"):
            raise self._wrong('Tag "code" takes class "language-…" only')
        return argument

    def _end_tag(self) -> None:
        if not self._open:
            raise self._wrong("Unexpected end tag")
        found = _END.match(self._source, self._at)
        if found is None:
            raise self._wrong("Unclosed end tag")
        opened = self._open.pop()
        tag = found[1].lower()
        if tag != opened.tag:
            raise self._wrong("Unmatched end tag", f', expected "</{opened.tag}>", found "</{tag}>"')
        self._at = found.end()
        if self._length > opened.begun:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": KINDS[opened.tag],
            "offset": opened.begun,
            "length": self._length - opened.begun,
        }
        match opened.tag:
            case "a":
                entity["url"] = opened.argument
            case "tg-emoji":
                entity["custom_emoji_id"] = opened.argument
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "code" if opened.argument and self._open and self._open[-1].tag == "pre":
                self._language = opened.argument.removeprefix("language-")
                return
            case "pre" if self._language:
                entity["language"], self._language = self._language, ""
        self.entities.append(entity)

    def _wrong(self, what: str, rest: str = "", *, where: bool = True) -> Exception:
        offset = f" at byte offset {len(self._source[: self._at].encode())}" if where else ""
        return bad_request(f"can't parse entities: {what}{offset}{rest}")


def address_is_sensible(url: str) -> bool:
    """Whether Telegram makes a link or a button of it."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc)
