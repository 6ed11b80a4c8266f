"""What a fault office has registered. It is the truth that everything else is held against."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Record:
    """One registration. For so many look-ups to come the office says that it is still being decided."""

    reference: str
    revision: int
    number: str
    undecided: int = 0


@dataclass
class Ledger:
    """Naive: who sends twice is registered twice."""

    records: list[Record] = field(default_factory=list)
    _newest: dict[str, Record] = field(default_factory=dict)

    def register(self, reference: str, revision: int) -> Record:
        """One record more."""
        record = Record(reference, revision, f"XA-{len(self.records) + 1:06d}")
        self.records.append(record)
        self._newest[reference] = record
        return record

    def find(self, reference: str) -> Record | None:
        """The newest record of a reference."""
        return self._newest.get(reference)
