"""The law as frozen data: what a rulebook file may say, after it has been read and checked.

Texts are English message ids; the catalogue translates them. Nothing here evaluates anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from dialogs.rules.logic import Node, Truth, changes_of, on_day

QuestionKind = Literal[
    "option", "several", "locality", "place", "count", "date", "person_name", "body_name", "account_name", "weibo",
    "wechat", "icp", "link", "resident_id", "credit_code", "mobile", "yes", "text",
]  # fmt: skip
Addressee = Literal["office", "platform", "other"]
Status = Literal["in_force", "window_closed", "draft", "superseded", "unconfirmed"]
DutyKind = Literal["registration", "licence", "conduct"]
DeadlineFor = Literal["existing", "new", "change"]
AskedBy = Literal["", "office", "owner"]
SourceKind = Literal["legal_text", "official_notice", "reprint", "news_report", "draft", "commentary"]


ELSEWHERE = "elsewhere"
"""The answer of a place fact that means: in none of the places the rulebook knows."""


FRESH = timedelta(days=90)
"""How long a source counts as lately checked."""


class Outcome(StrEnum):
    """What one duty comes to on one day; the first that fits, in the order of the design's section 4."""

    NOT_IN_FORCE = "not_in_force"
    DOES_NOT_APPLY = "does_not_apply"
    UNDETERMINED = "undetermined"
    ASK_THE_OFFICE = "ask_the_office"
    APPLIES = "applies"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. `phrase` names it within a reason ('because of …') and a flip ('with …').

    `counts_as` is the option whose tests it meets too. `places` are the names of those it speaks of. `name` is what a card calls the account, where it is an
    answer to what kind of account it is.
    """

    id: str
    label: str
    words: tuple[str, ...]
    said: str = ""
    phrase: str = ""
    places: tuple[str, ...] = ()
    name: str = ""
    counts_as: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the owner is asked: a fact of the check, or a field of a form.

    `label` names it in a list; `said` says a count or a date back. `above`/`upto` and `from_`/`below` are
    the phrases of a count on either side of a threshold (more than / at least). `either` are words that may
    mean one option or another, with those options. `cues` are words by which part of a longer sentence is
    known to speak of it. Of a place fact, `ask_many` asks which of several places it is, and `here` is what
    yes is called where only one is in question.
    """

    id: str
    kind: QuestionKind
    ask: str
    label: str
    why: str = ""
    hint: str = ""
    said: str = ""
    options: tuple[Option, ...] = ()
    offer_unknown: bool = True
    none: str = ""
    unknown: str = ""
    above: str = ""
    upto: str = ""
    from_: str = ""
    below: str = ""
    cues: tuple[str, ...] = ()
    either: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    ask_many: str = ""
    here: str = ""

    def option(self, id_: str) -> Option:
        """The option of that id. Raises KeyError."""
        for option in self.options:
            if option.id == id_:
                return option
        raise KeyError(id_)

    def narrowed(self, places: Collection[str]) -> Question:
        """A place fact asked about these places only; any other question as it is."""
        kept = tuple(option for option in self.options if option.id in places)
        if self.kind != "place" or not kept:
            return self
        if len(kept) == 1:
            kept = (replace(kept[0], label=self.here),)
        away = replace(self.options[-1], places=tuple(name for option in kept for name in option.places))
        return replace(self, options=(*kept, away))


@dataclass(frozen=True, slots=True)
class Place:
    """A place with instruments of its own: its name, and the words people use for it and its districts."""

    id: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read. `seen` says how far the page itself was read; `checked_on` by a person."""

    id: str
    issuer: str
    title: str
    title_zh: str
    kind: SourceKind
    dated: date
    checked_on: date
    read_at: str
    seen: str = ""

    def stale_on(self, day: date) -> bool:
        """Whether nobody has checked it for so long that it has to be said."""
        return day - self.checked_on > FRESH


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date a source gives. `on` is fixed; otherwise `days` after the first message or the change.

    `count_to` is the last day that is surely in time.
    """

    for_: DeadlineFor
    rule: str
    source: str
    on: date | None = None
    days: int | None = None
    count_to: date | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal act. All days are days in `zone`, both ends included.

    `current_until` is the last day its sources show it current; None means: until shown otherwise.
    `doubt` says why it is uncertain after that. `place` is set for an instrument of one place only.
    """

    id: str
    title: str
    name: str
    issuer: str
    office: str
    zone: str
    status: Status
    valid_from: date
    sources: tuple[str, ...]
    valid_to: date | None = None
    superseded_by: str = ""
    current_until: date | None = None
    doubt: str = ""
    contact: str = ""
    question: str = ""
    place: str = ""

    def status_on(self, day: date) -> Status:
        """Its status on `day`: a closed window was open before, a superseded draft was a draft before."""
        if self.status == "superseded" or (self.valid_to and day > self.valid_to):
            return "superseded"
        if self.status in ("window_closed", "unconfirmed") and self.current_on(day):
            return "in_force"
        return self.status

    def in_force_on(self, day: date) -> bool:
        """Whether it is law at all on `day` (a draft never is)."""
        over = self.valid_to is not None and day > self.valid_to
        return self.status != "draft" and self.valid_from <= day and not over

    def current_on(self, day: date) -> bool:
        """Whether its sources show it current on `day`."""
        return self.in_force_on(day) and (self.current_until is None or day <= self.current_until)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing an instrument asks of an owner, and when.

    `kind` groups the card; `form` is what a filing asks; `measures` and `documents` are as the source states
    them. `passage` says where the source has the conditions that name no passage of their own. `reading`
    explains a condition on which sources differ.
    """

    id: str
    instrument: str
    title: str
    asks: str
    kind: DutyKind
    addressee: Addressee
    when: Node
    sources: tuple[str, ...]
    passage: str = ""
    form: str = ""
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[tuple[str, Node], ...] = ()
    measures: str = ""
    where: str = ""
    reading: str = ""
    notes: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[tuple[date, Node | None], ...]:
        """From which day on which condition holds; None while some value in it has none."""
        first_days = (date.min, *sorted(changes_of(self.when)))
        return tuple((day, on_day(self.when, day)) for day in first_days)


@dataclass(frozen=True, slots=True)
class Note:
    """Something good to know beside a verdict. Never asked; shown while `when` can hold."""

    id: str
    text: str
    sources: tuple[str, ...]
    when: Node = Truth.TRUE
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a form. `source` names who asks it, else `asked_by` does; `others` are other people's details.

    `when` is over facts; a field that does not surely drop out is asked. `paper` says what to do without it.
    """

    question: Question
    when: Node = Truth.TRUE
    source: str = ""
    asked_by: AskedBy = ""
    optional: bool = False
    sensitive: bool = False
    others: bool = False
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a filing asks. `requires` are facts it cannot do without, `asks` facts asked at its start."""

    id: str
    title: str
    office: str
    fields: tuple[Field, ...]
    requires: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def field(self, id_: str) -> Field:
        """The field of that id. Raises KeyError."""
        for entry in self.fields:
            if entry.question.id == id_:
                return entry
        raise KeyError(id_)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Rulebook:
    """Everything a verdict rests on. `version` is a digest of the texts it was read from."""

    version: str
    facts: Mapping[str, Question]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    instruments: Mapping[str, Instrument]
    duties: Mapping[str, Duty]
    notes: tuple[Note, ...]
    forms: Mapping[str, Form]
