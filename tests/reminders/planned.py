"""Reminders for the clock stories, made from a seed: several chats in many zones, each with a few."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.rulebook import rulebook
from dialogs.conversation import Conversation, Effect, World
from dialogs.given import given_facts
from dialogs.reminding.offers import EXPIRY, OWN, RULES, Offer, terms_of
from dialogs.reminding.setting import added, planned
from storage.records import Address
from tests.reminders.zones import ZONES

DUTY = "cn-xian-2017/weibo-individual"
FACTS = (
    "platform=weibo",
    "place=xian",
    "holder=individual",
    "followers=45000",
    "residence=xian",
    "content=other",
)
DAYS_BEFORE = {"own": (0,), "expiry": (30, 7, 1), "new": (30, 7, 1), "rules": ()}
"""By kind, the days before the day itself on which the owner is to hear of it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder, as its owner wanted it."""

    id: str
    chat: Address
    kind: str
    on: date | None
    zone: str

    @property
    def days(self) -> tuple[date, ...]:
        """The owner's days on which it is to be told."""
        if self.on is None:
            return ()
        return tuple(self.on - timedelta(days=before) for before in DAYS_BEFORE[self.kind])


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat with its reminders, and what its turn would have had the outbox do."""

    address: Address
    conversation: Conversation
    effects: tuple[Effect, ...]
    reminders: tuple[Planned, ...]


def chats(seed: int, count: int, world: World, days: Sequence[date], kinds: Sequence[str]) -> Iterator[Chat]:
    """Chats with `count` reminders in all, of these kinds, each for one of these days."""
    draw = random.Random(seed)  # noqa: S311 - a story that can be told again
    left = count
    while left > 0:
        few = min(left, draw.randint(1, 4))
        left -= few
        address = Address("telegram", str(1_000_000 + left))
        yield _chat(draw, address, few, world, draw.sample(days, few), kinds)


def _chat(
    draw: random.Random,
    address: Address,
    few: int,
    world: World,
    days: Sequence[date],
    kinds: Sequence[str],
) -> Chat:
    zone = draw.choice(ZONES)
    c = Conversation(language=draw.choice(("en", "zh_CN")), zone=zone, turn=1)
    effects: list[Effect] = []
    made: list[Planned] = []
    for number in range(few):
        kind = draw.choice(kinds)
        day = days[number]
        one = Planned(f"{draw.getrandbits(80):020X}", address, kind, None if kind == "rules" else day, zone)
        if any(other.kind == kind and kind in ("new", "rules") for other in made):
            one = replace(one, kind="own", on=day)
        reminder = planned(offer(one), c, replace(world, fresh=one.id))
        if one.kind == "rules":
            reminder = replace(reminder, facts=given_facts([_pair(fact) for fact in FACTS], world.rulebook))
        c, more = added(c, reminder)
        effects.extend(more)
        made.append(one)
    return Chat(address, c, tuple(effects), tuple(made))


def _pair(fact: str) -> tuple[str, str]:
    name, _, value = fact.partition("=")
    return name, value


def offer(one: Planned) -> Offer:
    """What the owner was offered."""
    if one.kind == "new":
        deadline = next(d for d in rulebook().duties[DUTY].deadlines if d.for_ == "new")
        return Offer(f"new:{DUTY}", "new", one.on, (DUTY,), deadline.rule, terms_of(deadline))
    return replace({"own": OWN, "expiry": EXPIRY, "rules": RULES}[one.kind], on=one.on)


def clear_of(today: date, day: date) -> bool:
    """Whether no notice of a reminder for `day` can fall on `today`, which may be over for its owner."""
    return day > today and all(abs((day - timedelta(days=n) - today).days) > 1 for n in (0, 1, 7, 30))
