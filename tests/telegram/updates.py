"""The queue of updates that a bot has not confirmed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.telegram.clock import Clock
from tests.telegram.errors import Json, bad_request

DAY = 86400
WEEK = 7 * DAY
PRESS_KEPT = 150
FURTHEST_AHEAD = 10
FURTHEST_BEHIND = 100_000
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = UNASKED | set(
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result "
    "callback_query shipping_query pre_checkout_query poll poll_answer my_chat_member chat_join_request "
    "chat_boost removed_chat_boost business_connection business_message edited_business_message "
    "deleted_business_messages purchased_paid_media".split()
)


@dataclass(frozen=True, slots=True)
class Update:
    """An update. By webhook, updates of one `lane` come one after the other; `expires` is in Unix time.

    One that is `again` is handed over once more, whatever was confirmed.
    """

    id: int
    kind: str
    body: Any
    lane: str
    expires: float
    again: bool = False

    def json(self) -> Json:
        """As the bot receives it."""
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The queue. `every` holds all there ever were; `next_id` may be set, to be nasty."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chance = Random(20261121)  # noqa: S311 - no secret; the same in every run
        self._last_at = clock.unix()
        self._waiting: list[Update] = []
        self.every: list[Update] = []
        self.allowed: frozenset[str] = frozenset(KINDS - UNASKED)
        self.next_id = self._chance.randrange(100_000_000, 500_000_000)

    def push(self, kind: str, body: Any, lane: str) -> Update | None:
        """A new update, or None if the bot did not ask for such. After a quiet week its id is random."""
        if kind not in self.allowed:
            return None
        now = self._clock.unix()
        if now - self._last_at >= WEEK:
            self.next_id = self._chance.randrange(100_000_000, 500_000_000)
        self._last_at = now
        update = Update(
            self.next_id, kind, body, lane, now + (PRESS_KEPT if kind == "callback_query" else DAY)
        )
        self.next_id += 1
        self.every.append(update)
        self._waiting.append(update)
        self._clock.bell.ring()
        return update

    def repeat(self, *updates: Update) -> None:
        """Hand these over once more, in this order: as after a failure, confirmed or not."""
        self._waiting.extend(replace(update, again=True) for update in updates)
        self._clock.bell.ring()

    def waiting(self) -> list[Update]:
        """What is neither confirmed nor expired, in order."""
        now = self._clock.unix()
        self._waiting = [update for update in self._waiting if update.expires > now]
        return list(self._waiting)

    def take(self, limit: int) -> list[Update]:
        """The first of what waits, as it is handed over; it waits on."""
        taken = self.waiting()[:limit]
        self._waiting[: len(taken)] = [replace(update, again=False) for update in taken]
        return taken

    def confirm(self, offset: int) -> None:
        """Forget what lies before this id. A negative offset counts from the end.

        An offset far beyond what there is, or far before it, confirms nothing.
        """
        waiting = self.waiting()
        if offset < 0:
            self._waiting = waiting[offset:]
        elif waiting and waiting[0].id - FURTHEST_BEHIND <= offset <= self.next_id + FURTHEST_AHEAD:
            self._waiting = [update for update in waiting if update.again or update.id >= offset]

    def forget(self, update: Update) -> None:
        """This one is confirmed."""
        self._waiting = [one for one in self._waiting if one is not update]

    def drop(self) -> None:
        """Forget all."""
        self._waiting = []

    def allow(self, kinds: Collection[Any] | None) -> None:
        """Remember what the bot asks for; None leaves it as it is, nothing means all but the rare ones.

        Raises Refused for a kind that does not exist; Telegram would ignore it.
        """
        if kinds is None:
            return
        if not isinstance(kinds, list) or not KINDS.issuperset(kinds):
            raise bad_request("unknown update type in allowed_updates")
        self.allowed = frozenset(kinds) or frozenset(KINDS - UNASKED)
