"""Named situations, written by hand from the sources, as the oracle that judges the engine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dialogs.rules.model import Outcome
from dialogs.rules.statement import Statement
from dialogs.rules.values import UNKNOWN, Band, Value

FOLDER = Path(__file__).parent / "situations"

LISTED = {
    "applies": Outcome.APPLIES,
    "ask": Outcome.ASK_THE_OFFICE,
    "open": Outcome.UNDETERMINED,
}


@dataclass(frozen=True)
class Situation:
    """An account on a day, and what the sources make of it. `next` is "" when nothing is left to ask."""

    name: str
    instrument: str
    on: date
    account: dict[str, Value]
    listed: dict[str, Outcome]
    not_in_force: tuple[str, ...]
    collects: dict[str, Any] | None
    status: str | None
    next: str | None
    left: int | None

    def __str__(self) -> str:
        return f"{self.instrument or 'everything'}: {self.name}"

    def expected(self, duty: str) -> Outcome:
        """The outcome of a duty: what is not listed does not apply."""
        if duty.partition("/")[0] in self.not_in_force:
            return Outcome.NOT_IN_FORCE
        return self.listed.get(duty, Outcome.DOES_NOT_APPLY)

    def statements(self, duties: list[str]) -> dict[str, Statement]:
        """What the office states of these duties, if it states anything."""
        if self.collects is None:
            return {}
        says, stated = self.collects.get("says", True), datetime(2026, 11, 20, tzinfo=UTC)
        since, until = self.collects["since"], self.collects.get("until")
        return {duty: Statement(duty, says, since, stated, until) for duty in duties}


def situations() -> Iterator[Situation]:
    """Every situation of every file."""
    for path in sorted(FOLDER.glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in file["situation"]:
            yield _situation(file, entry)


def _situation(file: dict[str, Any], entry: dict[str, Any]) -> Situation:
    instrument = file.get("instrument", "")
    listed = {
        f"{instrument}/{duty}" if instrument else duty: outcome
        for key, outcome in LISTED.items()
        for duty in entry.pop(key, ())
    }
    never = entry.pop("not_in_force", ())
    found = Situation(
        name=entry.pop("name"),
        instrument=instrument,
        on=entry.pop("on", file["on"]),
        account=dict(map(_fact, entry.pop("account").split())),
        listed=listed,
        not_in_force=(instrument,) if never is True else tuple(never),
        collects=entry.pop("collects", None),
        status=entry.pop("status", None),
        next=entry.pop("next", None),
        left=entry.pop("left", None),
    )
    if entry:
        raise ValueError(f"{found.name}: nobody reads {sorted(entry)}")
    return found


def _fact(pair: str) -> tuple[str, Value]:
    """One NAME=VALUE, as `beian check --fact` takes it."""
    name, _, text = pair.partition("=")
    if text == "unknown":
        return name, UNKNOWN
    if name == "followers":
        return name, int(text) if text.isdecimal() else Band.parse(text)
    return name, tuple(text.split(",")) if name == "content" else text
