"""Talks in which the owner has asked to be reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.rulebook import rulebook, texts
from dialogs.conversation import Remind, ReminderDue, TimePassed
from dialogs.reminder import Reminder
from dialogs.rules.load import load
from dialogs.rules.model import Rulebook
from tests.dialogs.talks import WEIBO, Talk, a_talk

NEW = (*WEIBO, "remind me", "1", "2026-11-10", "done")
"""Reminded on 3 and 9 December 2026 of the 30th day after a first message, 10 December."""
RULES = (*WEIBO, "remind me", "rules", "done", "cancel")


def reminded(*texts_: str, begun: tuple[str, ...] = NEW) -> Talk:
    """A talk with one reminder set, in which these were typed then."""
    return a_talk(*begun, *texts_)


def the_reminder(talk: Talk) -> Reminder:
    """The one it has."""
    (reminder,) = talk.conversation.reminders
    return reminder


def the_effect(talk: Talk) -> Remind:
    """What the outbox is to do with it: exactly one thing."""
    (effect,) = talk.turn.effects
    assert isinstance(effect, Remind)
    return effect


def at(talk: Talk, moment: datetime) -> Talk:
    """The same talk at that time."""
    talk.world = replace(talk.world, now=moment)
    return talk


def due(talk: Talk, *, reachable: bool = True) -> Talk:
    """The outbox finds its reminder due."""
    talk.take(ReminderDue(talk.conversation.reminders[-1].id, reachable))
    return talk


def told(talk: Talk) -> Talk:
    """Its reminder is told at the first of its moments."""
    return due(at(talk, the_reminder(talk).at[0]))


def changed(*edits: tuple[str, str, str]) -> Rulebook:
    """The shipped rulebook with these edits: (file, old, new)."""
    files = dict(texts())
    for name, old, new in edits:
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    return load(files)


def under(talk: Talk, book: Rulebook) -> Talk:
    """The same talk after an upgrade to another rulebook."""
    talk.world = replace(talk.world, rulebook=book, earlier={rulebook().version: rulebook()})
    return talk


def watched() -> Talk:
    """A watch over the rules, told that 45,000 followers are fewer than is asked now."""
    higher = changed(("cn/xian.toml", "more_than = 30000", "more_than = 50000"))
    return due(under(reminded(begun=RULES).later(timedelta(hours=3)), higher))


def warned(talk: Talk) -> Talk:
    """Its draft is a day from being erased, and the owner is told so."""
    talk.take(TimePassed())
    while not talk.turn.messages and talk.turn.erase_at is not None:
        at(talk, talk.turn.erase_at).take(TimePassed())
    return talk
