"""What the owner can be reminded of: the deadlines of a verdict, and days that only the owner knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogs.card.deadlines import due_days
from dialogs.card.groups import groups
from dialogs.card.locality import left_out
from dialogs.conversation import Check, Conversation, World
from dialogs.filing import Filing, State
from dialogs.interview import verdict
from dialogs.reminder import Kind, Terms
from dialogs.rules.model import Deadline, Duty

FIRST = "first_published_on"
"""The fact on which a deadline for a new account hangs."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to be reminded of; `on` is its last day, None while the day it hangs on has to be asked.

    `id` tells it from the others offered beside it.
    """

    id: str
    kind: Kind
    on: date | None = None
    duties: tuple[str, ...] = ()
    rule: str = ""
    terms: Terms = ()
    reference: str = ""


EXPIRY = Offer("expiry", "expiry")
OWN = Offer("own", "own")
RULES = Offer("rules", "rules")


def terms_of(deadline: Deadline) -> Terms:
    """What it gives. Two deadlines with the same terms end on the same day."""
    return deadline.on, deadline.days, deadline.count_to


def deadlines(check: Check, world: World) -> tuple[Offer, ...]:
    """The deadlines the sources give for what there is to do, past ones too; each of a notice once."""
    made: dict[tuple[Kind, str, Terms], Offer] = {}
    for group in groups(verdict(check, world)):
        lead = group.lead
        if not left_out(lead.instrument, check, world):
            for offer in _of(lead.duty, group.duties, check):
                made.setdefault((offer.kind, lead.instrument.id, offer.terms), offer)
    return tuple(made.values())


def _of(duty: Duty, duties: tuple[str, ...], check: Check) -> Iterator[Offer]:
    """The deadlines of one duty that concern this account; those of a change stand beside all others."""
    due = [(deadline, day) for deadline, day in due_days(duty, check) if deadline.for_ != "change"]
    changes = [(deadline, None) for deadline in duty.deadlines if deadline.for_ == "change"]
    for deadline, day in (*due, *changes):
        id_, last = f"{deadline.for_}:{duty.id}", deadline.count_to or day
        yield Offer(id_, deadline.for_, last, duties, deadline.rule, terms_of(deadline))


def from_day(offer: Offer, day: date, check: Check, world: World) -> Offer:
    """The offer with its last day, which hangs on the day told: of the first message, the change, or itself.

    By the day of its first message an account may turn out to be one that another deadline is for.
    """
    if offer.kind == "new":
        told = replace(check, answers={**check.answers, FIRST: day})
        duty = world.rulebook.duties[offer.id.partition(":")[2]]
        return next(_of(duty, offer.duties, told))
    days = offer.terms[1] if offer.kind == "change" else 0
    return replace(offer, on=day + timedelta(days=days if isinstance(days, int) else 0))


def correction(filing: Filing) -> Offer | None:
    """The day by which an office wants a correction, if it named one and still waits for it."""
    if filing.state is not State.RETURNED or filing.correct_by is None:
        return None
    return Offer(
        f"correction:{filing.reference}",
        "correction",
        filing.correct_by,
        filing.duties,
        reference=filing.reference,
    )


def corrections(c: Conversation) -> tuple[Offer, ...]:
    """Those of all filings."""
    return tuple(offer for filing in c.filings if (offer := correction(filing)) is not None)


def by_id(offers: Iterable[Offer], id_: str) -> Offer | None:
    """The offer of that id, if there is one."""
    return next((offer for offer in offers if offer.id == id_), None)
