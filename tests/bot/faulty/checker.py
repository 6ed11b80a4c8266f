"""What must hold for every filing, whatever goes wrong: held against the office's own ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.outbox import LONGEST_NAP
from dialogs.filing import OPEN, Arrival, State
from dialogs.office import Received, Unclear
from tests.bot.faulty.ledger import Record
from tests.bot.faulty.office import FaultOffice
from tests.bot.faulty.trial import MOST_STEPS, Outcome

RESOLVED_WITHIN = timedelta(hours=72)
"""After the first unclear answer, whatever our own code thinks of it; and a nap of the outbox."""
DENIALS = (
    "nothing was registered",
    "Nothing of it is there",
    "has not reached the office",
    "not with the office",
    "nothing to withdraw",
)
"""Words by which an owner is told that the office has nothing."""


@dataclass
class Found:
    """What was seen, and what of it must not be."""

    sequences: int = 0
    requests: int = 0
    records: int = 0
    doubles: list[str] = field(default_factory=list)
    false_filed: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    hounded: list[str] = field(default_factory=list)
    longest: timedelta = timedelta(0)

    @property
    def wrong(self) -> list[str]:
        """All that must not be."""
        return [*self.doubles, *self.false_filed, *self.denied, *self.late, *self.hounded]

    def look(self, one: Outcome, records: list[Record]) -> None:
        """Hold one outcome against the records of its reference."""
        filing = one.filing
        told = f"{one.faults}: {filing.state}, {len(records)} records"
        if len(records) > 1:
            self.doubles.append(f"double: {told}")
        if filing.state is State.FILED and not _receipt_is_of(one, records):
            self.false_filed.append(f"false filed: {told}")
        if records and _denied(one):
            self.denied.append(f"denied: {told}")
        if len(one.heard) >= MOST_STEPS:
            self.hounded.append(f"hounded: {told}")
        unclear, bound = _unclear(one)
        if unclear is not None and bound is not None:
            # About what is closed nothing more is asked.
            ended = one.at if filing.state in OPEN else one.heard[-1].at
            self.longest = max(self.longest, ended - unclear)
            if ended > bound + timedelta(seconds=LONGEST_NAP):
                self.late.append(f"late by {ended - bound}: {told}")


def check(office: FaultOffice, outcomes: list[Outcome], found: Found | None = None) -> Found:
    """Hold all outcomes against the office's ledger; what was found before is added to."""
    found = found or Found()
    found.sequences += len(outcomes)
    found.requests += office.requests
    found.records += len(office.ledger.records)
    by_reference: dict[str, list[Record]] = {}
    for record in office.ledger.records:
        by_reference.setdefault(record.reference, []).append(record)
    for one in outcomes:
        found.look(one, by_reference.get(one.filing.reference, []))
    return found


def _receipt_is_of(one: Outcome, records: list[Record]) -> bool:
    """Whether its receipt is one that the office has given."""
    receipt = one.filing.receipt
    return receipt is not None and (receipt.reference, receipt.revision, receipt.number) in {
        (record.reference, record.revision, record.number) for record in records
    }


def _denied(one: Outcome) -> bool:
    """Whether the owner is, or may be, told that the office has nothing."""
    return one.filing.arrival is Arrival.NO or any(words in one.last_words for words in DENIALS)


def _unclear(one: Outcome) -> tuple[datetime | None, datetime | None]:
    """When it was first unclear how it stands, and when that must be over.

    That is 72 hours later, or when the office has said that it will be decided.
    """
    doubts = [heard for heard in one.heard if isinstance(heard.answer, Unclear | Received)]
    bounds = [heard.at + RESOLVED_WITHIN for heard in doubts if isinstance(heard.answer, Unclear)][:1]
    bounds += [heard.answer.until for heard in doubts if isinstance(heard.answer, Received)]
    return (doubts[0].at if doubts else None), max(bounds, default=None)
