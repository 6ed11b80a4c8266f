"""How the practice office decides. `bot.office.sandbox` tells by what rules."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.office.sandbox_paper import Submitted, statement
from bot.office.sandbox_store import Filings, Record, Store

_FINAL = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Settled:
    """The filing as it stands after a request, and what the request had to do with it."""

    record: Record
    by: Literal["this", "before", "conflict"]


class Desk:
    """Decides at once, by the markers. It takes filings under `duties`; `now` is in its zone."""

    def __init__(self, store: Store, duties: Collection[str], now: Callable[[], datetime]) -> None:
        self._store = store
        self._duties = tuple(duties)
        self._now = now

    def statements(self) -> list[dict[str, object]]:
        """What it states to collect."""
        return [statement(duty, self._stamp()) for duty in self._duties]

    def submit(self, filing: Submitted) -> Settled | None:
        """Takes a revision. None if it corrects a filing that is not there."""
        with self._store.transaction() as filings:
            standing = filings.find(filing.reference)
            if standing is None and filing.revision > 1:
                return None
            if standing is not None and standing.revision == filing.revision:
                return Settled(standing, "before" if standing.content == filing.content else "conflict")
            if standing is not None and not _may_follow(standing, filing):
                return Settled(standing, "conflict")
            number = "" if standing is None else standing.number
            return Settled(self._decide(filings, filing, number), "this")

    def look_up(self, reference: str) -> Settled | None:
        """The filing as it stands. The second look at a received one decides it."""
        with self._store.transaction() as filings:
            standing = filings.find(reference)
            if standing is None:
                return None
            if standing.state == "received":
                seen = replace(standing, look_ups=standing.look_ups + 1)
                standing = seen if seen.look_ups < 2 else self._filed(filings, seen)
                filings.keep(standing)
            return Settled(standing, "before")

    def withdraw(self, reference: str, revision: int) -> Settled | None:
        """Takes that revision back."""
        with self._store.transaction() as filings:
            standing = filings.find(reference)
            if standing is None:
                return None
            if standing.revision != revision or standing.state == "rejected":
                return Settled(standing, "conflict")
            if standing.state == "withdrawn":
                return Settled(standing, "before")
            record = replace(standing, state="withdrawn", since=self._stamp(), words="")
            filings.keep(record)
            return Settled(record, "this")

    def _decide(self, filings: Filings, filing: Submitted, number: str) -> Record:
        record = Record(
            filing.reference, filing.revision, filing.content, "received", self._stamp(), number=number
        )
        if not filing.duties.issubset(self._duties):
            record = replace(record, state="rejected", words="duty")
        elif "[reject]" in filing.account_name:
            record = replace(record, state="rejected", words="reject")
        elif "[return]" in filing.account_name and filing.revision == 1:
            record = replace(record, state="returned", words="return")
        elif "[later]" not in filing.account_name:
            record = self._filed(filings, record)
        filings.keep(record)
        return record

    def _filed(self, filings: Filings, record: Record) -> Record:
        number = record.number or f"PRACTICE-{self._now().year}-{filings.numbered() + 1:06d}"
        return replace(record, state="filed", since=self._stamp(), number=number)

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _may_follow(standing: Record, filing: Submitted) -> bool:
    return filing.revision == standing.revision + 1 and standing.state not in _FINAL
