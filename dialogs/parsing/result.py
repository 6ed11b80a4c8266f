"""What a parser answers when it does not answer with a value: refused, ambiguous, or not exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Slots: TypeAlias = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Not accepted. `code` says why, `slots` are named parts for the words shown to the person."""

    code: str
    slots: Slots = ()


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[T]):
    """More than one fair reading, likeliest first. A single reading is one to be confirmed, not taken.

    Made as `Ambiguous(...)`, never as `Ambiguous[int](...)`: Python 3.11 raises TypeError for the latter.
    """

    readings: tuple[T, ...]

    def __post_init__(self) -> None:
        if not self.readings:
            raise ValueError("an ambiguous text has at least one reading")


@dataclass(frozen=True, slots=True)
class Vague:
    """A count that is not exact: the widest range, both ends included, that a fair reader would allow.

    `high` None is open upwards.
    """

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(f"not a range of counts: {self.low} to {self.high}")
