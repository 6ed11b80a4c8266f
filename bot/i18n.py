"""Texts to words: catalogues read once at start, numbers and dates as the language writes them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from gettext import c2py
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_name
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from dialogs.messages import Day, Items, Message, Moment, Number, Part, Text, Zone

LOCALES = Path(__file__).parent.parent / "locales"
ENGLISH = "en"
"""The language of the message ids; it needs no catalogue."""

_ALIASES = dict.fromkeys(
    ("zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn", "zh_hans_sg", "cn", "chinese"), "zh_CN"
)
INDENT = "   "
_SLOT = re.compile(r"\{(\w+)\}")
_ZONE = ZoneInfo("Asia/Shanghai")

Plural = Callable[[int], int]
Catalogue = Mapping[str, tuple[str, ...]]


def language_of(name: str) -> str | None:
    """The language meant by a code such as zh-Hans, en-GB or zh_CN.UTF-8; None if it is none of ours."""
    code = name.partition(".")[0].replace("-", "_").lower()
    if code in _ALIASES:
        return _ALIASES[code]
    return ENGLISH if code.partition("_")[0] == ENGLISH else None


def language(setting: str) -> str:
    """The language for owners who have not said: as set, else the terminal's, else English."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(setting or next(filter(None, names), "")) or ENGLISH


@cache
def catalogue(language: str) -> tuple[Catalogue, Plural]:
    """A language's texts by message id, and which plural form a number takes."""
    if language == ENGLISH:
        return {}, lambda n: int(n != 1)
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    texts = {
        _forms(message.id)[0]: _forms(message.string)
        for message in read
        if message.id and message.string and not message.fuzzy
    }
    return texts, c2py(read.plural_expr)


def _forms(strings: object) -> tuple[str, ...]:
    """The forms of a text: one, or one for each plural."""
    return tuple(map(str, strings)) if isinstance(strings, (tuple, list)) else (str(strings),)


class Words:
    """One language: makes words of texts and their parts."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts, self._plural = catalogue(language)
        self._locale = Locale.parse(language)
        self._chinese = self._locale.language == "zh"

    def text(self, part: Part) -> str:
        """The words of a part. A plain str is shown exactly as it is."""
        if isinstance(part, str):
            return part
        if isinstance(part, Text):
            return self._filled(part)
        if isinstance(part, Number):
            return self._number(part.value)
        if isinstance(part, Day):
            return self._day(part.value)
        if isinstance(part, Moment):
            return self._moment(part)
        if isinstance(part, Zone):
            return str(get_timezone_name(part.value, "long", zone_variant="generic", locale=self._locale))
        return self._items(part)

    def _filled(self, text: Text) -> str:
        forms = self._texts.get(text.msgid)
        if forms is None:
            forms = (text.msgid,) if text.many is None else (text.msgid, text.many)
        form = forms[min(self._plural(text.n), len(forms) - 1)] if text.many is not None else forms[0]
        slots = dict(text.slots)
        return _SLOT.sub(lambda found: self.text(slots[found[1]]) if found[1] in slots else found[0], form)

    def _number(self, value: int) -> str:
        if not self._chinese:
            return str(format_decimal(value, locale=self._locale))
        if value >= 10_000 and value % 1_000 == 0:
            return f"{format_decimal(value / 10_000, '0.#', locale=self._locale)}万"
        return str(value)

    def _day(self, value: date) -> str:
        return str(format_date(value, "y年M月d日" if self._chinese else "d MMMM y", locale=self._locale))

    def _moment(self, moment: Moment) -> str:
        local = moment.value.astimezone(_ZONE)
        pattern = "y年M月d日HH:mm" if self._chinese else "d MMMM y, HH:mm"
        return str(format_datetime(local, pattern, locale=self._locale))

    def _items(self, items: Items) -> str:
        parts = [self.text(part) for part in items.parts]
        if items.style == "lines":
            return "".join(f"\n{part}".replace("\n", f"\n{INDENT}") for part in parts)
        if items.style == "apart":
            return ("；" if self._chinese else "; ").join(parts)
        if self._chinese:
            return (
                "、".join(parts[:-1]) + ("或" if items.style == "or" else "、") * (len(parts) > 1) + parts[-1]
            )
        word = " or " if items.style == "or" else " and "
        return ", ".join(parts[:-1]) + word * (len(parts) > 1) + parts[-1]

    def question(self, message: Message) -> tuple[str, ...]:
        """A message's lines, its hints in brackets after the last."""
        lines = [self.text(line) for line in message.lines]
        if message.hints and lines:
            left, mark, right = ("（", "；", "）") if self._chinese else (" (", "; ", ")")
            lines[-1] += left + mark.join(self.text(hint) for hint in message.hints) + right
        return tuple(lines)


@cache
def words(language: str) -> Words:
    """The words of a language, made once."""
    return Words(language)
