"""What a turn says: channel-neutral and language-free. Words are made of it by `bot.i18n`.

English source texts are the message ids; a translation lives in `locales/`. `T("…")` marks a text for the
extractor, `N("one …", "many …", n)` a text with a plural.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written in the owner's language with its digits grouped."""

    value: int


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, written in the owner's language."""

    value: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, written in the zone of the conversation."""

    value: datetime


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its name in the tz database, called as the owner's language calls it."""

    value: str


@dataclass(frozen=True, slots=True)
class Items:
    """Several parts as one enumeration: 'a, b and c', 'a, b or c', or 'a; b; c' where parts are long.

    As 'lines', each stands on a line of its own, further in than what it belongs to.
    """

    parts: tuple[Part, ...]
    style: Literal["and", "or", "apart", "lines"] = "and"


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its English source, with named slots. `many` and `n` are set where the number decides the form."""

    msgid: str
    slots: tuple[tuple[str, Part], ...] = ()
    many: str | None = None
    n: int = 0


Part = Text | Number | Day | Moment | Zone | Items | str
"""What may stand in a slot. A plain str is the owner's or the office's own words, shown exactly as text."""


def T(msgid: str, **slots: Part) -> Text:
    """A text to be said; `slots` fill the {names} in it."""
    return Text(msgid, tuple(slots.items()))


def N(one: str, many: str, n: int, **slots: Part) -> Text:
    """A text whose form depends on `n`, which also fills the slot {n}."""
    return Text(one, (("n", Number(n)), *slots.items()), many, n)


@dataclass(frozen=True, slots=True)
class Button:
    """One choice: pressed, or typed by its number, its label or one of its `words`."""

    id: str
    label: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """An office's receipt as files to keep, made of words when it is shown.

    `rows` are what people read, label and value; `data` are the same facts exactly, for machines.
    """

    reference: str
    title: Text
    rows: tuple[tuple[Part, Part], ...]
    notes: tuple[Part, ...]
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CalendarPaper:
    """A day as a file for a calendar, with an alarm at each of `at`. Its words tell a stranger nothing."""

    id: str
    on: date
    at: tuple[datetime, ...]
    summary: Text


Paper = ReceiptPaper | CalendarPaper


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the owner. The question, if any, is the last of `lines`; `hints` follow it in brackets.

    `numbered` says that typing a choice's number picks it. `sensitive` says that the owner's answer must not
    stay visible. `closes` is what an answered question shows from now on, where a channel can edit it.
    `files` are offered to be kept: (name, media type, content); `papers` too, made of words by the channel.
    `lasting` says that it matters whenever it arrives, also to an owner who has been away.
    `progress` names what it reports on: it takes the place of the last report on the same, where a channel can
    edit; with `closes` it is the end of it, sent anew, and the last report shows `closes` from then on.
    """

    lines: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    hints: tuple[Text, ...] = ()
    numbered: bool = True
    sensitive: bool = False
    closes: tuple[Part, ...] = ()
    files: tuple[tuple[str, str, str], ...] = ()
    lasting: bool = False
    papers: tuple[Paper, ...] = ()
    progress: str = ""
