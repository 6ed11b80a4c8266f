"""A conversation held with the real `respond`, in a world that stands still until it is told to move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bot.i18n import words
from bot.rulebook import rulebook
from dialogs.conversation import (
    Arrived,
    Conversation,
    Event,
    Office,
    OfficeAnswered,
    Pressed,
    Said,
    Turn,
    World,
)
from dialogs.filing import Step
from dialogs.messages import Message
from dialogs.office import Answer
from dialogs.respond import respond, where
from dialogs.rules.statement import Statement

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
Kind = Literal["practice", "real", "none"]


def a_world(kind: Kind = "practice", now: datetime = NOW) -> World:
    """The shipped rulebook, and an office of that kind which collects under the Xi'an notice."""
    practice = kind == "practice"
    duties = [id_ for id_ in rulebook().duties if id_.startswith("cn-xian-2017/") and kind != "none"]
    return World(
        now=now,
        rulebook=rulebook(),
        fresh="0000000000000000",
        statements={id_: Statement(id_, True, date(2017, 7, 14), now, practice=practice) for id_ in duties},
        office=Office(kind, "" if kind == "none" else "office.example"),
        operator=("Example Ltd", "help@example.org") if kind == "real" else ("", ""),
        label=lambda language, text: words(language or "en").text(text),
    )


@dataclass
class Talk:
    """One chat: what it has come to, and the turn that led there."""

    world: World = field(default_factory=a_world)
    conversation: Conversation = field(default_factory=Conversation)
    turn: Turn = field(default_factory=lambda: Turn(Conversation(), ()))

    def take(self, event: Event) -> Turn:
        """One turn."""
        world = replace(self.world, fresh=f"{self.conversation.turn:016d}")
        self.turn = respond(self.conversation, event, world)
        self.conversation = self.turn.conversation
        return self.turn

    def arrive(self, entry: str = "") -> Talk:
        """The owner opens the chat."""
        self.take(Arrived(entry))
        return self

    def say(self, *texts: str) -> Talk:
        """The owner types these, one after another."""
        for text in texts:
            self.take(Said(text))
        return self

    def press(self, choice: str, turn: int | None = None) -> Talk:
        """The owner presses a button of the last message, or of that turn's."""
        place = self.choices.index(choice) if choice in self.choices else len(self.choices)
        self.take(Pressed(self.conversation.turn if turn is None else turn, place))
        return self

    def office(self, answer: Answer, step: Step | None = None) -> Talk:
        """The office answers about the newest filing, asked for its next step or for that one."""
        newest = self.conversation.filings[-1]
        self.take(OfficeAnswered(newest.reference, newest.revision, step or newest.next_step, answer))
        return self

    def later(self, gap: timedelta) -> Talk:
        """Time passes; nobody says anything."""
        self.world = replace(self.world, now=self.world.now + gap)
        return self

    @property
    def scene(self) -> str:
        """The scene it stands in."""
        return where(self.conversation, self.world)

    @property
    def message(self) -> Message:
        """The last thing said."""
        return self.turn.messages[-1]

    @property
    def choices(self) -> list[str]:
        """The ids of its buttons."""
        return [button.id for message in self.turn.messages for button in message.buttons]

    @property
    def text(self) -> str:
        """Its words in English."""
        return "\n".join(words("en").question(self.message))


WEIBO = ("weibo", "xi'an", "me", "45000", "yes", "none of these")
"""A personal Weibo account in Xi'an, by the answers that lead to its verdict."""
BODY = ("weibo", "xi'an", "private company", "60000", "yes", "none of these")
FORM = ("register", "go on", "i agree", "2017-03-01")
PERSON = (
    "古城漫步", "weibo.com/u/1234567890", "李华", "11010519491231002X", "yes", "王芳", "13800138000",
    "video", "done",
)  # fmt: skip
"""The fields of a person's form, to the review."""
COMPANY = (
    "古城漫步", "1234567890", "西安古城文化有限公司", "916101020000000002", "yes", "李华", "13800138000",
    "video", "done",
)  # fmt: skip


def a_talk(*texts: str, kind: Kind = "practice") -> Talk:
    """A chat in which the owner arrived and typed these."""
    return Talk(a_world(kind)).arrive().say(*texts)


def filed(*texts: str, kind: Kind = "practice") -> Talk:
    """A chat with a confirmed form of a person."""
    return a_talk(*WEIBO, *FORM, *PERSON, "send", *texts, kind=kind)
