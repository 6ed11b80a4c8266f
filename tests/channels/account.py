"""What became of a house: what its chats came to, held against those of a house where nobody was killed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from typing import Any

from dialogs.filing import State
from storage import conversations, keys, outbox
from storage.database import Database
from storage.records import Address
from tests.channels.house import House
from tests.channels.owner import Owner
from tests.channels.retold import screen, timeless

NOT_SENT = (State.PREPARED, State.RECORDED)
"""Filings that go to no office."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a chat ended: what stands in it, the conversation kept, what was filed, what is not sent."""

    screen: list[tuple[str, list[list[str]]]]
    conversation: Any
    turn: int
    filed: tuple[str, ...]
    unsent: int


@dataclass(frozen=True, slots=True)
class Account:
    """Sums of a house. `most` is the most copies that one kill has made in one chat."""

    kills: int
    chats: int
    turns: int
    messages: int
    copies: int
    most: int
    lost: int
    twice: int
    unanswered: int

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.chats} chats, {self.turns} turns, {self.messages} messages;"
            f" repeated {self.copies}, at most {self.most} a kill and chat; lost {self.lost};"
            f" twice {self.twice}; presses not answered {self.unanswered}"
        )


def total(accounts: Sequence[Account]) -> Account:
    """The sums of several houses."""
    sums = {one.name: sum(getattr(account, one.name) for account in accounts) for one in fields(Account)}
    return Account(**sums | {"most": max(account.most for account in accounts)})


def endings(house: House) -> list[Ending]:
    """How each owner's chat ended. The bot has stopped."""
    data = house.folder / "data"
    database = Database.open(f"sqlite:///{data / 'beian.db'}", keys.in_file(data / "key"), read_only=True)
    with closing(database), database.reading() as tx:
        places = [Address("telegram", str(owner.person.chat.id)) for owner in house.owners]
        loaded = conversations.load(tx, places)
        return [
            Ending(
                screen(owner.told.once(owner.person.chat.of_bot())),
                timeless(kept := loaded[place].conversation),
                kept.turn,
                tuple(one.reference for one in kept.filings if one.state not in NOT_SENT),
                len(outbox.waiting(tx, place)),
            )
            for owner, place in zip(house.owners, places, strict=True)
        ]


def reckoned(house: House, clean: Mapping[str, Ending]) -> Account:
    """The sums, after all that must be so was found so. `clean` is how each chat ends undisturbed."""
    ended = endings(house)
    pairs = [(one, clean[owner.chat]) for owner, one in zip(house.owners, ended, strict=True)]
    copies = [made for owner in house.owners for made in _copies(house, owner)]
    found = Account(
        kills=len(house.deaths),
        chats=len(house.owners),
        turns=sum(one.turn for one in ended),
        messages=sum(len(owner.person.chat.of_bot()) for owner in house.owners),
        copies=sum(copies),
        most=max(copies, default=0),
        lost=sum(max(0, wanted.turn - one.turn) for one, wanted in pairs),
        twice=sum(max(0, one.turn - wanted.turn) for one, wanted in pairs),
        unanswered=len(house.server.unanswered()),
    )
    assert (found.lost, found.twice) == (0, 0), found
    assert found.most <= 1, [(owner.chat, _copies(house, owner)) for owner in house.owners]
    assert all(not owner.told.copies_without_kill(_heard_at(house, owner)) for owner in house.owners)
    for owner, (one, wanted) in zip(house.owners, pairs, strict=True):
        assert one.screen == wanted.screen, owner.chat
        assert one.conversation == wanted.conversation, owner.chat
        assert not one.unsent, owner.chat
    assert sorted(_office(house)) == sorted(name for one in ended for name in one.filed)
    assert found.unanswered <= found.kills, "more presses are unanswered than kills can be the reason for"
    _only_closed_again(house)
    return found


def _heard_at(house: House, owner: Owner) -> list[int]:
    """How many messages an owner had at each kill."""
    return [heard.get(owner.person.chat.id, 0) for heard in house.heard_at]


def _copies(house: House, owner: Owner) -> list[int]:
    return owner.told.copies_by_kill(_heard_at(house, owner)) if house.heard_at else []


def _office(house: House) -> Iterator[str]:
    """The references of all that the practice office has."""
    file = house.folder / "data" / "practice-office" / "filings.db"
    if file.exists():
        with closing(sqlite3.connect(file)) as database:
            yield from (reference for (reference,) in database.execute("SELECT reference FROM filings"))


def _only_closed_again(house: House) -> None:
    """Nothing was refused but the repeated closing of a question: once a kill and chat at most."""
    refused = house.server.refusals()
    assert {call.method for call in refused} <= {"editMessageText", "editMessageReplyMarkup"}, refused
    assert all("message is not modified" in call.description for call in refused), refused
    per_chat = [sum(call.chat_id == owner.person.chat.id for call in refused) for owner in house.owners]
    assert max(per_chat, default=0) <= len(house.deaths)
