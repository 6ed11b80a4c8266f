"""Events to turns: what waits is taken in one transaction, and only its commit lets anything leave."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.earlier import Earlier
from dialogs.conversation import (
    Arrived,
    Conversation,
    Event,
    Noticed,
    Pressed,
    ReminderDue,
    Said,
    Shared,
    TimePassed,
    Turn,
    World,
)
from dialogs.erasure import due_at
from dialogs.respond import apology, respond
from storage import conversations, filings, holds, reminders
from storage.database import Database, Raced, Transaction
from storage.records import Address, ClaimedFiling, ClaimedReminder, Loaded, Settled, Unreadable

log = logging.getLogger(__name__)

SPOKEN = (Arrived, Said, Shared, Pressed, Noticed)
"""What only an owner does who can be reached, and who waits for an answer."""
PUSHED = frozenset({"telegram"})
"""The channels that reach an owner who is not there. On the others, what came due is told on arrival."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event for a chat. `update` is the channel's id of it, by which a repetition is known.

    `claimed` is the filing that the event is an office's answer to, or the reminder whose time has come.
    `language` is what the channel suggests.
    """

    address: Address
    event: Event
    update: str = ""
    claimed: ClaimedFiling | ClaimedReminder | None = None
    language: str = ""


def fresh_id() -> str:
    """An id nobody has used: 80 random bits in letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


class Runner:
    """Takes events and keeps what their turns come to. Safe to use from several threads."""

    def __init__(self, database: Database, world: Callable[[], World]) -> None:
        self._database = database
        self._world = world
        self._earlier = Earlier()

    def run(self, incoming: Sequence[Incoming]) -> None:
        """Take these events in order, in one transaction. A chat that cannot be read stops no other."""
        waiting = list(incoming)
        while waiting:
            try:
                self._batch(waiting)
            except Unreadable as error:
                if error.address is None:
                    raise
                log.exception("conversation unreadable", extra={"row": error.row})
                waiting = [one for one in waiting if one.address != error.address]
            except Raced:
                log.info("batch raced")
            else:
                return

    def _batch(self, incoming: Sequence[Incoming]) -> None:
        world = self._world()
        with self._database.transaction() as tx:
            taken = _unseen(tx, incoming, world)
            loaded = conversations.load(tx, {one.address: None for one in taken}.keys())
            taken = _not_overtaken(tx, taken)
            speaking = {one.address for one in taken if isinstance(one.event, SPOKEN)}
            spoken_to = {one.address for one in taken if isinstance(one.event, (*SPOKEN, ReminderDue))}
            world = self._earlier.known_to(world, tx, [loaded[one].conversation for one in spoken_to])
            settled: list[Settled] = []
            for one in taken:
                known = loaded[one.address]
                turn = self.turn(known.conversation, _event(one, known), _of(world, one))
                settled.append(Settled(known, turn, one.claimed))
                loaded[one.address] = replace(known, conversation=turn.conversation)
            for address in speaking:
                if loaded[address].held:
                    holds.resume(tx, address, world.now)
            conversations.save(tx, settled, world.now)

    def turn(self, conversation: Conversation, event: Event, world: World) -> Turn:
        """One turn. A failure is logged without content; an owner who spoke is told, and asked again."""
        attempts: tuple[Callable[[], Turn], ...] = (
            lambda: respond(conversation, event, world),
            lambda: apology(conversation, world, again=True),
            lambda: apology(conversation, world, again=False),
        )
        spoken = isinstance(event, SPOKEN)
        for attempt in attempts[: 2 if spoken else 1]:
            try:
                return attempt()
            except Exception:
                log.exception("turn failed", extra={"event": type(event).__name__})
        return attempts[-1]() if spoken else Turn(conversation, (), (), due_at(conversation, world))

    def conversation(self, address: Address) -> Loaded:
        """A chat as it stands."""
        with self._database.reading() as tx:
            return conversations.load(tx, [address])[address]

    def erase_overdue(self, limit: int = 500) -> int:
        """Erase what is due to be erased, and updates too old to come again; returns how many chats."""
        world = self._world()
        with self._database.transaction() as tx:
            conversations.forget_updates(tx, world.now, limit)
        with self._database.reading() as tx:
            due = conversations.due_for_erasure(tx, world.now, limit)
        self.run([Incoming(address, TimePassed()) for address in due])
        return len(due)


def _of(world: World, one: Incoming) -> World:
    """The world of one event: with an id of its own, and what its channel can do and suggests."""
    pushes = one.address.channel in PUSHED
    return replace(world, fresh=fresh_id(), language=one.language or world.language, pushes=pushes)


def _event(one: Incoming, loaded: Loaded) -> Event:
    """The event as its chat stands: an owner who is held cannot be reminded."""
    return replace(one.event, reachable=not loaded.held) if isinstance(one.event, ReminderDue) else one.event


def _not_overtaken(tx: Transaction, incoming: list[Incoming]) -> list[Incoming]:
    """Those but for what comes of claims that others have taken over: it is of a time gone by."""
    claims = [one.claimed for one in incoming if one.claimed]
    if not claims:
        return incoming
    ours = {
        *filings.still_ours(tx, [one for one in claims if isinstance(one, ClaimedFiling)]),
        *reminders.still_ours(tx, [one for one in claims if isinstance(one, ClaimedReminder)]),
    }
    kept = [one for one in incoming if one.claimed is None or one.claimed in ours]
    if len(kept) < len(incoming):
        log.warning("claim overtaken", extra={"count": len(incoming) - len(kept)})
    return kept


def _unseen(tx: Transaction, incoming: Sequence[Incoming], world: World) -> list[Incoming]:
    """Those not taken before; each update once."""
    ids = {(one.address.channel, one.update) for one in incoming if one.update}
    fresh = conversations.fresh_updates(tx, ids, world.now) if ids else set()
    kept: list[Incoming] = []
    for one in incoming:
        key = (one.address.channel, one.update)
        if not one.update or key in fresh:
            fresh.discard(key)
            kept.append(one)
    return kept
