"""A reminder the owner has asked for: what of, which day, and when it is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from dialogs.rules.values import Value

Kind = Literal["existing", "new", "change", "correction", "expiry", "own", "rules"]
"""A source's deadline (`existing`, `new`, `change`), an office's for a correction, the expiry of a qualification,
a day of the owner's own, or a change of the rules, whose day nobody knows."""
Terms = tuple[date | int | None, ...]
"""What a source's deadline gives: `on`, `days` and `count_to`; empty where there is no such deadline."""


class Standing(StrEnum):
    """Where a reminder stands. Only `COMING` ones are due at some time."""

    COMING = "coming"
    TOLD = "told"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. `at` are the moments still to come, `told` those at which it was told, both rising.

    `duties` are what its deadline is for and `rule` its source's words for it, as of `rulebook`; `terms` are the
    fixed day, the number of days and the last day surely in time that these words give. `facts` are kept for a
    change of the rules only, and `before` is then the rulebook before the change last told; `reference` names
    the filing to be corrected. `why` is a code: why it was withdrawn. `since` is when it came to stand as it does.
    """

    id: str
    kind: Kind
    since: datetime
    on: date | None = None
    at: tuple[datetime, ...] = ()
    told: tuple[datetime, ...] = ()
    duties: tuple[str, ...] = ()
    rule: str = ""
    terms: Terms = ()
    rulebook: str = ""
    before: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    reference: str = ""
    standing: Standing = Standing.COMING
    why: str = ""
