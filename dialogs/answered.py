"""What an office's answer does: the filing brought on, its owner told, and when the office is next asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from dialogs.advance import UNCLEAR_ENDS, advance, asked_wait, ends
from dialogs.conversation import Conversation, OfficeAnswered, Track, World
from dialogs.filing import OPEN, Filing, State, Step, sent
from dialogs.messages import Message
from dialogs.news import TRYING, closing, news
from dialogs.redraft import correcting
from dialogs.scenes.scene import Reply

RETRY = (5, 15, 60, 300, 900, 3600)
"""Seconds until the next look, when the office names none."""
TOLD_AFTER = timedelta(minutes=15)
"""How long a filing is tried before its owner hears that nothing has been taken yet."""


def answered(c: Conversation, event: OfficeAnswered, world: World) -> Reply:
    """The office's answer to one revision. If nothing of it is open here, the outbox is to let it rest."""
    found = next(
        (f for f in c.filings if f.reference == event.reference and f.revision == event.revision), None
    )
    if found is None or found.state not in OPEN:
        state = found.state if found else State.WITHDRAWN
        return Reply(c, (), (Track(event.reference, event.revision, state, None),))
    now = _marked(found, advance(found, event.step, event.answer, world.now), world)
    after = replace(c, filings=tuple(now if f is found else f for f in c.filings))
    due = _due(now, event, world) if now.state in OPEN else None
    track = Track(now.reference, now.revision, now.state, due)
    if now.state is State.RETURNED and after.draft is None and now.form in world.rulebook.forms:
        after = correcting(after, now, world)
    taken_up = after.draft is not c.draft
    return Reply(after, effects=(track,), first=_told(found, now, event, taken_up=taken_up))


def _marked(found: Filing, now: Filing, world: World) -> Filing:
    """With the proof of what was registered, if it still is here; or that its owner is told of the trying."""
    if now.receipt is not found.receipt and now.fields:
        return replace(now, proof=world.prove(sent(now)))
    long = now.state is State.CONFIRMED and world.now - now.since >= TOLD_AFTER
    return replace(now, reason=TRYING) if long else now


def _told(found: Filing, now: Filing, event: OfficeAnswered, *, taken_up: bool) -> tuple[Message, ...]:
    """The one report on this filing, if there is news; with what ends it, its last word."""
    trying = now.reason == TRYING
    same = (now.state, trying) == (found.state, found.reason == TRYING)
    if same or (now.state is State.CONFIRMED and not trying):
        return ()
    lines = news(found, now, event, taken_up=taken_up)
    closes = () if now.state in OPEN else (closing(now),)
    return (Message(lines, lasting=True, progress=now.reference, closes=closes),)


def _due(filing: Filing, event: OfficeAnswered, world: World) -> datetime:
    """When to ask next: as the office asks, else at growing gaps since the state began, to its end at most.

    Gaps are spread, so that filings that failed together do not all come back together; never to less than
    what the office asked for.
    """
    asked = asked_wait(event.answer)
    if filing.state is State.WITHDRAWING and event.step is not Step.WITHDRAW:
        return world.now + asked
    # What is sent anew goes on where it was: an office that drops all that it is sent is not asked ever faster.
    unclear = filing.ends_at is not None and filing.state is not State.RECEIVED
    since = min(filing.since, ends(filing) - UNCLEAR_ENDS) if unclear else filing.since
    waited = (world.now - since).total_seconds()
    gap = next((g for g in RETRY if waited < g * 4), RETRY[-1])
    spread = _spread(world.fresh)
    wait = asked * (1 + 0.2 * spread) if asked else timedelta(seconds=gap * (0.8 + 0.4 * spread))
    return max(world.now + asked, min(world.now + wait, ends(filing)))


def _spread(fresh: str) -> float:
    """A number from 0 to 1 that no two ids have in common, but for chance."""
    return int.from_bytes(sha256(fresh.encode()).digest()[:4]) / 2**32
