"""What owners do between setting a reminder and its day, and what becomes of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.notify import tell
from bot.rulebook import texts
from dialogs.conversation import Conversation, Said, Turn, World
from dialogs.filing import Filing, State
from dialogs.reminding.setting import moved
from dialogs.rules.load import load
from storage import holds
from storage.records import Address
from tests.reminders.checker import Turns, faults
from tests.reminders.planned import DUTY, chats
from tests.reminders.story import Story
from tests.reminders.test_stories import COUNT, DATED
from tests.reminders.zones import ZONES

FOR_GOOD = timedelta(days=1000)


def some(story: Story, seed: int) -> list[Address]:
    """Half of the chats."""
    every = sorted({one.chat for one in story.planned}, key=lambda one: one.chat)
    return random.Random(seed).sample(every, len(every) // 2)  # noqa: S311


def test_owners_move(story: Story) -> None:
    """Each notice on the same day, as it is where they live now; what was told stays told."""
    story.keep(chats(11, COUNT, story.world(), story.days(2, 60), DATED))
    story.run(20.3)
    draw, moves = random.Random(11), {}  # noqa: S311
    for chat in some(story, 11):
        zone = draw.choice(ZONES)
        moves[chat] = (story.now(), zone)

        def turn(c: Conversation, world: World, zone: str = zone) -> Turn:
            after, effects = moved(c, zone, world)
            return Turn(after, (), effects)

        story.change(chat, turn)
    story.run(45)
    assert faults(story, Turns(moved=moves)) == []


def test_owners_go_away_and_come_back(story: Story) -> None:
    """What was due while they had blocked the bot is withdrawn; all else is told as if nothing had been."""
    story.keep(chats(12, COUNT, story.world(), story.days(2, 60), DATED))
    story.run(15.3)
    gone, away = story.now(), some(story, 12)
    with story.database.transaction() as tx:
        for chat in away:
            holds.hold(tx, chat)
    story.run(20)
    back = story.now()
    for chat in away:
        story.take(chat, Said("/help"))
    story.run(40)
    assert faults(story, Turns(silent=_of(story, away, gone, back))) == []


def test_owners_file_meanwhile(story: Story) -> None:
    """They are not reminded of what is done; of other things they are."""
    story.keep(chats(13, COUNT, story.world(), story.days(2, 60), DATED))
    story.run(20.3)
    done, busy = story.now(), some(story, 13)
    for chat in busy:
        story.change(chat, lambda c, world: Turn(replace(c, filings=(_filed(world),)), ()))
    story.run(45)
    silent = {id_: span for id_, span in _of(story, busy, done).items() if id_ in _news(story)}
    assert faults(story, Turns(silent=silent)) == []


def test_the_rule_changes(story: Story) -> None:
    """Owners hear once that a deadline is another, on their next day; and of changes they asked for."""
    story.keep(chats(14, COUNT, story.world(), story.days(2, 60), (*DATED, "rules")))
    story.run(20.3)
    before, files = story.book, dict(texts())
    files["cn/xian.toml"] = files["cn/xian.toml"].replace("days = 30", "days = 40")
    files["cn/xian.toml"] = files["cn/xian.toml"].replace("more_than = 30000", "more_than = 50000")
    story.book = load(files)
    story.boot()
    changed = story.now()
    assert story.book.version != before.version
    for _ in range(2):
        tell(story.database, before, story.world(), dry=False)
    story.run(1)
    assert tell(story.database, before, story.world(), dry=False).concerned.total() == 0
    story.run(45)
    watching = [one for one in story.planned if one.kind == "rules"]
    assert all(len(story.notices[one.id]) == 1 for one in watching)
    assert all(moment - changed < timedelta(days=1) for one in watching for moment in story.notices[one.id])
    others = [one for one in story.planned if one.kind == "new"]
    assert all(sum(moment > changed for moment in story.notices[one.id]) <= 1 for one in others)


def _of(
    story: Story, among: list[Address], since: datetime, until: datetime | None = None
) -> dict[str, tuple[datetime, datetime]]:
    """The reminders of these chats, with a span of time."""
    span = (since, until or since + FOR_GOOD)
    return {one.id: span for one in story.planned if one.chat in among}


def _news(story: Story) -> set[str]:
    return {one.id for one in story.planned if one.kind == "new"}


def _filed(world: World) -> Filing:
    reference, office, form, now = "BN-0000000000000001", "office.example", "xian", world.now
    return Filing(reference, 1, office, form, (DUTY,), "", (), now, now, state=State.FILED)
