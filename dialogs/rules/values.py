"""The values a fact can take: an option, a number or a band of them, several options, a date, or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

_BAND: Final = re.compile(r"(0|[1-9][0-9]{0,14})(?:-(0|[1-9][0-9]{0,14})|\+)")


class Unknown(Enum):
    """Asked, and not known or not told. A fact that was not asked has no value at all."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Band:
    """Every whole number from `low` to `high`, both included; `high` None is open upwards."""

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0:
            raise ValueError(f"a band starts at 0 or above, not at {self.low}")
        if self.high is not None and self.high < self.low:
            raise ValueError(f"a band ends at or after its start: {self.low}-{self.high}")

    @classmethod
    def parse(cls, text: str) -> Band:
        """The band written as "0-30000" or "30001+". Raises ValueError for any other text."""
        found = _BAND.fullmatch(text)
        if found is None:
            raise ValueError(f"not a band such as 0-30000 or 30001+: {text[:40]!r}")
        low, high = found.groups()
        return cls(int(low), None if high is None else int(high))

    def __str__(self) -> str:
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"

    def __contains__(self, number: int) -> bool:
        return self.low <= number and (self.high is None or number <= self.high)


Value: TypeAlias = str | int | Band | tuple[str, ...] | date | Unknown
