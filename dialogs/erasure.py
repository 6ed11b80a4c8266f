"""What is erased, and when: a check 2 hours after the last answer, a draft 7 days after it, what was filed once it is over.

A reminder that is over is forgotten 30 days later. A day before a draft goes, its owner is warned once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.conversation import At, Conversation, Draft, Open, World
from dialogs.filing import Filing, State
from dialogs.reminder import Standing
from dialogs.timing import decent, nearest, zone_of

CHECK_KEPT = timedelta(hours=2)
DRAFT_KEPT = timedelta(days=7)
REMINDER_KEPT = timedelta(days=30)
"""How long a reminder that was told for the last time, stopped or withdrawn can be seen."""
WARNED_BEFORE = timedelta(days=1)
_STAND_ALONE = frozenset({"reminder", "details", "reminders", "stopping", "zone"})
"""Screens that have nothing to do with a check, and stay when it is erased behind them."""
FIELDS_KEPT = {
    State.FILED: timedelta(hours=72),
    State.WITHDRAWN: timedelta(hours=72),
    State.REJECTED: timedelta(hours=72),
    State.BLOCKED: timedelta(hours=72),
    State.UNANSWERED: timedelta(hours=72),
    State.RETURNED: DRAFT_KEPT,
    State.PREPARED: DRAFT_KEPT,
}
"""How long what was filed is kept after this state began. While it is under way it is kept; a number told too.

A receipt is kept until its owner removes it, with the facts by which its form could be filled anew.
"""


def erase_at(c: Conversation) -> datetime | None:
    """When something of this conversation is next to be erased."""
    due = [filing.since + FIELDS_KEPT[filing.state] for filing in c.filings if _has_fields(filing)]
    due.extend(r.since + REMINDER_KEPT for r in c.reminders if r.standing is not Standing.COMING)
    if c.last_said is not None:
        kept = [CHECK_KEPT] if c.check is not None and c.check.answers else []
        kept.extend(_kept(draft) for draft in (c.draft, *c.aside) if draft is not None)
        due.extend(c.last_said + one for one in kept)
    return min(due, default=None)


def draft_erased_at(c: Conversation) -> datetime | None:
    """When the drafts that are kept for days are erased; None if there are none."""
    drafts = [draft for draft in (c.draft, *c.aside) if draft is not None and _kept(draft) == DRAFT_KEPT]
    return c.last_said + DRAFT_KEPT if drafts and c.last_said is not None else None


def warn_at(c: Conversation, world: World) -> datetime | None:
    """When its owner is to be warned that a draft is erased a day later; None if there is nothing to say.

    If the program was not running then, as soon as anybody may be disturbed.
    """
    end = draft_erased_at(c)
    if end is None or c.warned or not world.pushes:
        return None
    zone = zone_of(c, world)
    at = max(nearest(end - WARNED_BEFORE, zone), decent(world.now, zone))
    return at if at < end else None


def due_at(c: Conversation, world: World) -> datetime | None:
    """When `TimePassed` is due: to erase, or to warn before it."""
    return min(filter(None, (erase_at(c), warn_at(c, world))), default=None)


def _has_fields(filing: Filing) -> bool:
    """Whether it still holds what was filed, in a state in which that is not kept for good."""
    return bool(filing.fields) and filing.state in FIELDS_KEPT


def _kept(draft: Draft) -> timedelta:
    """How long a draft is kept: before consent it holds nothing that a check does not."""
    return DRAFT_KEPT if draft.consent is not None or draft.form == "record" else CHECK_KEPT


def without_overdue(c: Conversation, now: datetime) -> Conversation:
    """The conversation with everything overdue erased; the very same one if nothing is."""
    c = _without_reminders(_without_fields(c, now), now)
    if c.last_said is None:
        return c
    idle = now - c.last_said
    check = None if c.check is not None and c.check.answers and idle >= CHECK_KEPT else c.check
    draft = None if c.draft is not None and idle >= _kept(c.draft) else c.draft
    aside = tuple(draft for draft in c.aside if idle < _kept(draft))
    if (check, draft, aside) == (c.check, c.draft, c.aside):
        return c
    return replace(c, check=check, draft=draft, aside=aside, open=_alone(c.open) if draft is None else c.open)


def _alone(open_: Open | None) -> Open | None:
    """What is still open once there is nothing behind it."""
    return replace(open_, over=None) if isinstance(open_, At) and open_.scene in _STAND_ALONE else None


def _without_reminders(c: Conversation, now: datetime) -> Conversation:
    """The conversation without reminders that have long been over."""
    kept = tuple(r for r in c.reminders if r.standing is Standing.COMING or now < r.since + REMINDER_KEPT)
    return c if kept == c.reminders else replace(c, reminders=kept)


def _without_fields(c: Conversation, now: datetime) -> Conversation:
    """The conversation without what was filed, where that is over; receipts and reasons stay."""
    if not any(_has_fields(f) and now >= f.since + FIELDS_KEPT[f.state] for f in c.filings):
        return c
    return replace(c, filings=tuple(_stripped(f, now) for f in c.filings))


def _stripped(filing: Filing, now: datetime) -> Filing:
    if not _has_fields(filing) or now < filing.since + FIELDS_KEPT[filing.state]:
        return filing
    return replace(filing, fields=(), facts=filing.facts if filing.state is State.FILED else {})
