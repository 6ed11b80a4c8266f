"""What is erased, and when: a check 2 hours after the last answer, a draft 7 days after it, what was filed once it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.conversation import Conversation, Draft
from dialogs.filing import Filing, State

CHECK_KEPT = timedelta(hours=2)
DRAFT_KEPT = timedelta(days=7)
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
    if c.last_said is not None:
        kept = [CHECK_KEPT] if c.check is not None and c.check.answers else []
        kept.extend(_kept(draft) for draft in (c.draft, *c.aside) if draft is not None)
        due.extend(c.last_said + one for one in kept)
    return min(due, default=None)


def _has_fields(filing: Filing) -> bool:
    """Whether it still holds what was filed, in a state in which that is not kept for good."""
    return bool(filing.fields) and filing.state in FIELDS_KEPT


def _kept(draft: Draft) -> timedelta:
    """How long a draft is kept: before consent it holds nothing that a check does not."""
    return DRAFT_KEPT if draft.consent is not None or draft.form == "record" else CHECK_KEPT


def without_overdue(c: Conversation, now: datetime) -> Conversation:
    """The conversation with everything overdue erased; the very same one if nothing is."""
    c = _without_fields(c, now)
    if c.last_said is None:
        return c
    idle = now - c.last_said
    check = None if c.check is not None and c.check.answers and idle >= CHECK_KEPT else c.check
    draft = None if c.draft is not None and idle >= _kept(c.draft) else c.draft
    aside = tuple(draft for draft in c.aside if idle < _kept(draft))
    if (check, draft, aside) == (c.check, c.draft, c.aside):
        return c
    return replace(c, check=check, draft=draft, aside=aside, open=None if draft is None else c.open)


def _without_fields(c: Conversation, now: datetime) -> Conversation:
    """The conversation without what was filed, where that is over; receipts and reasons stay."""
    if not any(_has_fields(f) and now >= f.since + FIELDS_KEPT[f.state] for f in c.filings):
        return c
    return replace(c, filings=tuple(_stripped(f, now) for f in c.filings))


def _stripped(filing: Filing, now: datetime) -> Filing:
    if not _has_fields(filing) or now < filing.since + FIELDS_KEPT[filing.state]:
        return filing
    return replace(filing, fields=(), facts=filing.facts if filing.state is State.FILED else {})
