"""A filing: what the owner confirmed, where it stands, and what goes to the office.

The states and their rules are those of the design's section 6. `dialogs.advance` says how an office's answer
leads from one to the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from dialogs.office import Receipt
from dialogs.rules.values import Value


class State(StrEnum):
    """Where a filing stands. `PREPARED` and `RECORDED` are filings without a backend."""

    CONFIRMED = "confirmed"
    SENDING = "sending"
    RECEIVED = "received"
    FILED = "filed"
    RETURNED = "returned"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    WITHDRAWING = "withdrawing"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    PREPARED = "prepared"
    RECORDED = "recorded"


OPEN = frozenset({State.CONFIRMED, State.SENDING, State.RECEIVED, State.UNKNOWN, State.WITHDRAWING})
"""States in which the outbox still has something to do."""


class Step(StrEnum):
    """What the outbox does next with an open filing."""

    CREATE = "create"
    CORRECT = "correct"
    LOOK_UP = "look_up"
    WITHDRAW = "withdraw"


class Arrival(StrEnum):
    """What is known of whether this revision has reached the office."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Filing:
    """A confirmed draft. `fields` maps field ids to what goes to the office.

    `since` is the last change of state; `consent` the digest of the text the owner agreed to;
    `facts` are those that decide which fields the form has. `reason` is the office's word or a code of ours,
    by the state. `before` is the state from which it is being withdrawn. `proof` is the keyed digest of what was
    sent, made when the receipt came; `correct_by` the day the office names for a correction. `earlier` is the
    registered revision that this one is to change.
    """

    reference: str
    revision: int
    office: str
    form: str
    duties: tuple[str, ...]
    rulebook: str
    fields: tuple[tuple[str, str], ...]
    confirmed_at: datetime
    since: datetime
    consent: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    state: State = State.CONFIRMED
    practice: bool = False
    receipt: Receipt | None = None
    returned: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    ends_at: datetime | None = None
    arrival: Arrival = Arrival.NO
    before: State | None = None
    proof: str = ""
    correct_by: date | None = None
    earlier: Filing | None = None

    @property
    def idempotency_key(self) -> str:
        """The key that makes a repeated create or correction one record at the office."""
        return f"{self.reference}.{self.revision}"

    @property
    def next_step(self) -> Step:
        """Create or correct only what surely has not arrived; look up everything else."""
        if self.state is State.WITHDRAWING:
            return Step.WITHDRAW
        if self.state is not State.CONFIRMED:
            return Step.LOOK_UP
        return Step.CREATE if self.revision == 1 else Step.CORRECT


def sending(filing: Filing, now: datetime) -> Filing:
    """The filing as it must be stored before its first byte leaves: from here on only a look-up is safe."""
    return replace(filing, state=State.SENDING, arrival=Arrival.MAYBE, since=now)


def as_claimed(filing: Filing, state: State) -> Filing:
    """The filing as whoever claimed it in `state` has to treat it.

    That it may have left since is known to the claim alone; a withdrawal meanwhile, to the filing alone.
    """
    return replace(filing, state=state) if state is State.SENDING else filing


def sent(filing: Filing) -> bytes:
    """Exactly what goes to the office, and what a receipt's proof is made over: JSON in one fixed form."""
    content = {
        "reference": filing.reference,
        "revision": filing.revision,
        "form": filing.form,
        "duties": filing.duties,
        "rulebook": filing.rulebook,
        "confirmed_at": filing.confirmed_at.isoformat(),
        "fields": dict(filing.fields),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
