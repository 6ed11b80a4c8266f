"""Chats that go on after an upgrade to another rulebook."""

from __future__ import annotations

from dataclasses import replace

from bot.rulebook import rulebook, texts
from dialogs.rules.load import load
from tests.dialogs.talks import Talk

UPDATED = "The rules this check rests on have been updated since your last answer."
LOOK = "This has changed meanwhile, so please look again."
Edit = tuple[str, str, str]
HIGHER: Edit = ("cn/xian.toml", "more_than = 30000", "more_than = 50000")
COMMENT: Edit = ("facts.toml", "# The vocabulary", "# A vocabulary")


def upgraded(talk: Talk, *edits: Edit, known: bool = True) -> Talk:
    """The same chat after an upgrade to the shipped rulebook with these edits."""
    files = dict(texts())
    for name, old, new in edits:
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    earlier = {rulebook().version: rulebook()} if known else {}
    talk.world = replace(talk.world, rulebook=load(files), earlier=earlier)
    return talk


def lines(talk: Talk) -> list[str]:
    """What is said, line by line."""
    return talk.text.splitlines()
