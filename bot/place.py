"""Where a message goes in its chat, and what the chat shows since: the live question, and reports."""

from __future__ import annotations

from bot.delivered import Delivered, Place
from storage.records import ClaimedMessage, Screen


def place_of(claimed: ClaimedMessage) -> Place:
    """Where it goes. A report on progress has nothing to do with the question that is open."""
    message, screen = claimed.outgoing.message, claimed.screen
    if message.progress:
        return Place(closes=claimed.report) if message.closes else Place(replaces=claimed.report)
    if screen is None or not screen.buttons or _is_news(claimed):
        return Place()
    return Place(closes=screen.message)


def screen_after(claimed: ClaimedMessage, sent: Delivered) -> Screen | None:
    """What the chat shows as its live question since, if that has changed."""
    outgoing = claimed.outgoing
    if not sent.message or outgoing.message.progress or _is_news(claimed):
        return None
    return Screen(sent.message, outgoing.turn, bool(outgoing.message.buttons))


def report_after(claimed: ClaimedMessage, sent: Delivered) -> str | None:
    """The message that tells the progress since, '' after the end of it; None if that has not changed."""
    message = claimed.outgoing.message
    if not message.progress:
        return None
    if message.closes:
        return "" if claimed.report and claimed.part == 0 else None
    return sent.message if sent.message not in ("", claimed.report) else None


def _is_news(claimed: ClaimedMessage) -> bool:
    """Whether it comes between two turns: what an office says then leaves the question as it stands."""
    return claimed.screen is not None and claimed.screen.turn == claimed.outgoing.turn
