"""The words of a conversation: what is kept between two turns, what comes in, and what goes out.

A conversation is its answers, plus one `open` value for what is being asked and is not an answer.
Where it stands is derived from these (`dialogs.standing`), so going back or changing an answer costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.filing import Filing, State, Step
from dialogs.messages import Message, Text
from dialogs.office import Answer
from dialogs.reminder import Reminder
from dialogs.rules.model import Rulebook
from dialogs.rules.statement import Statement
from dialogs.rules.values import Value


@dataclass(frozen=True, slots=True)
class Clarify:
    """An answer to `about` had several readings; the owner picks one."""

    about: str
    readings: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """Several choices may be made for `about`; these are `chosen` so far."""

    about: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Editing:
    """`about` is asked again although it has an answer."""

    about: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` was typed where free text is asked, but it is also the command `word`.

    `about` is the field, if it was asked again.
    """

    about: str
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class At:
    """A screen that is neither a question nor derived from the answers, such as the list of filings.

    `over` is what was open before, and is again when the screen is left. `about` is what the screen shows, such
    as a filing's reference or a reminder's id, where it shows one of several.
    """

    scene: str
    over: Open | None = None
    about: str = ""


Open = Clarify | Choosing | Editing | Wording | At


@dataclass(frozen=True, slots=True)
class Check:
    """Facts answered so far, in the order they were asked. `on` is set when another day is asked about.

    `rulebook` is the version these answers were last held against.
    """

    answers: Mapping[str, Value] = field(default_factory=dict)
    on: date | None = None
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The owner's agreement: which text (its hash), and when."""

    version: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled. Nothing of it leaves before it is confirmed.

    `facts` are the check's answers it was begun with. `reference` and `revision` are set when an office returned
    an earlier revision; `asked` are then the fields it named, with its words. `began` is set once the owner has
    seen which documents are listed. `rulebook` is the version whose form it was last held against.
    """

    form: str
    duties: tuple[str, ...]
    facts: Mapping[str, Value] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)
    consent: Consent | None = None
    began: bool = False
    reference: str = ""
    revision: int = 1
    asked: tuple[tuple[str, str], ...] = ()
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is kept of one chat between two turns.

    `turn` counts turns and marks buttons, so that an old press is told from a live one.
    `last_said` is when the owner last did something; answers are erased a set time after it.
    `aside` are drafts to be taken up later, the newest last. `erased` says that the owner is still to be told
    that answers were erased. `shown` is the screen last shown, by its scene, question and choices: what may
    have changed since, as an office's word or a rulebook can, is never answered unseen.
    `zone` is the owner's time zone, if told; `warned` says that the one warning before a draft is erased was given.
    """

    language: str = ""
    language_chosen: bool = False
    check: Check | None = None
    draft: Draft | None = None
    aside: tuple[Draft, ...] = ()
    open: Open | None = None
    filings: tuple[Filing, ...] = ()
    turn: int = 0
    last_said: datetime | None = None
    erased: bool = False
    shown: tuple[str, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    zone: str = ""
    warned: bool = False

    @property
    def drafting(self) -> Draft:
        """The draft being filled. Raises LookupError if none is."""
        if self.draft is None:
            raise LookupError("no form is being filled")
        return self.draft

    @property
    def rulebooks(self) -> frozenset[str]:
        """The versions of the rulebook that its check, its forms and its watched answers were last held against."""
        watched = (one for one in self.reminders if one.kind == "rules")
        resting = (self.check, self.draft, *self.aside, *watched)
        last_told = (one.before for one in self.reminders if one.before)
        return frozenset((*(one.rulebook for one in resting if one is not None and one.rulebook), *last_told))


@dataclass(frozen=True, slots=True)
class Arrived:
    """The owner opened the chat, or came back to it. `entry` is a command to begin with, `language` a wish."""

    entry: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The owner typed `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """The owner handed over their own telephone number, by the channel's own means."""

    phone: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The owner pressed the button at `place`, from 0, of the message of `turn`."""

    turn: int
    place: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something came that is no answer: 'unreadable', 'others_contact' or 'edited'."""

    what: str


@dataclass(frozen=True, slots=True)
class OfficeAnswered:
    """The office answered about one revision of a filing, when it was asked to do `step`."""

    reference: str
    revision: int
    step: Step
    answer: Answer


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """A reminder's time has come. `reachable` is False while its owner has blocked the bot."""

    id: str
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nobody said anything; what is overdue is to be erased."""


Event = Arrived | Said | Shared | Pressed | Noticed | OfficeAnswered | ReminderDue | TimePassed


@dataclass(frozen=True, slots=True)
class Office:
    """Where this bot can file. `kind` is 'none', 'practice' or 'real'; `name` is its backend's address, or 'sandbox'."""

    kind: str = "none"
    name: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """All that a turn may know besides the conversation. `fresh` is an id nobody has used.

    `statements` are what offices state they collect, by duty, already cleared of stale ones. `earlier` are
    rulebooks that conversations may still rest on, by version.
    `language` is what the channel or the settings suggest. `operator` is who runs the bot, with a contact.
    `label` gives a text's words in a language, so that a choice can be typed as it was shown. `prove` is the
    keyed digest (HMAC-SHA256, hexadecimal) by which what was sent can be proven later. `pushes` says whether the
    channel reaches an owner who is not there.
    """

    now: datetime
    rulebook: Rulebook
    fresh: str
    language: str = "en"
    statements: Mapping[str, Statement] = field(default_factory=dict)
    earlier: Mapping[str, Rulebook] = field(default_factory=dict)
    office: Office = field(default_factory=Office)
    operator: tuple[str, str] = ("", "")
    label: Callable[[str, Text], str] = lambda _language, text: text.msgid
    prove: Callable[[bytes], str] = lambda _sent: ""
    pushes: bool = True


@dataclass(frozen=True, slots=True)
class Track:
    """The outbox is to look after this filing: its state, and when next to act (never, if None)."""

    reference: str
    revision: int
    state: State
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Remind:
    """The reminder is due then, or on a day not known yet, if None; never again, if it is `over`."""

    id: str
    due_at: datetime | None
    over: bool = False


Effect = Track | Remind


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to. `erase_at` is when `TimePassed` is due, if anything is to be erased."""

    conversation: Conversation
    messages: tuple[Message, ...]
    effects: tuple[Effect, ...] = ()
    erase_at: datetime | None = None
