from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.rulebook import rulebook, texts
from bot.runner import Incoming
from bot.settings import Settings
from dialogs.conversation import Said, TimePassed
from dialogs.rules.load import load
from storage import rulebooks
from storage.database import Database
from storage.records import Address
from tests.bot.running import HERE, House
from tests.dialogs.talks import WEIBO
from tests.storage.samples import NOW, counted

UPDATED = "The rules this check rests on have been updated since your last answer."
RESULT = (
    "Registering a personal Weibo account (the Xi'an notice of 2017): not decided yet before, does not apply"
)


@pytest.fixture
def house(database: Database) -> House:
    """A chat in the middle of a check, on each kind of database in turn."""
    house = House(database)
    house.say(*WEIBO[:4])
    return house


def keep(house: House, files: Mapping[str, str]) -> None:
    """The rulebook of that chat, as an earlier start has kept it."""
    with house.database.transaction() as tx:
        rulebooks.keep(tx, rulebook().version, files, NOW)


def upgrade(house: House) -> None:
    """From now on with a higher threshold."""
    files = dict(texts())
    files["cn/xian.toml"] = files["cn/xian.toml"].replace("more_than = 30000", "more_than = 50000")
    house.world = replace(house.world, rulebook=load(files))


def test_what_changed_is_told_from_the_kept_rulebook(house: House) -> None:
    """After an upgrade, by a process that never knew the earlier one."""
    keep(house, texts())
    upgrade(house)
    house.take(Said("yes"))
    assert UPDATED in house.words()[-1]
    assert RESULT in house.words()[-1]


def test_without_it_that_it_changed_is_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """And the operator hears of it."""
    upgrade(house)
    house.take(Said("yes"))
    assert UPDATED in house.words()[-1]
    assert RESULT not in house.words()[-1]
    assert [record.getMessage() for record in caplog.records] == ["earlier rulebook not kept"]


def test_one_that_this_program_cannot_read_is_not_known(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A later program may be stricter; the chat goes on."""
    keep(house, {"facts.toml": "[fact.x]"})
    upgrade(house)
    house.take(Said("yes"))
    assert UPDATED in house.words()[-1]
    assert [record.getMessage() for record in caplog.records] == ["earlier rulebook not readable"]
    assert caplog.records[0].levelno == logging.WARNING


def test_it_is_read_once_and_only_for_who_speaks(house: House) -> None:
    """Not for the clock, not for a chat that rests on today's, not for the second that rests on it."""
    keep(house, texts())
    other = Address("console", "other")
    house.say(*WEIBO[:4], address=other)
    upgrade(house)
    runner = house.runner
    ran = []
    house.world = replace(house.world, now=house.world.now + timedelta(minutes=1))
    for one in (
        Incoming(HERE, TimePassed()),
        Incoming(Address("web", "new"), Said("weibo")),
        Incoming(HERE, Said("yes")),
        Incoming(other, Said("yes")),
        Incoming(HERE, Said("help")),
    ):
        with counted() as statements:
            runner.run([one])
        ran.append(sum("rulebooks" in statement for statement in statements))
    assert ran == [0, 0, 1, 0, 0]


def started(folder: Path) -> tuple[str | None, list[str]]:
    """A start of the program: what is kept as the newest after it, and what was written for that."""
    with counted() as statements:
        app = App(Settings(data=folder, office="none"), "en")
    with app._database.reading() as tx:  # noqa: SLF001 - to look, not to touch
        newest = rulebooks.newest(tx)
    app._database.close()  # noqa: SLF001
    return newest, [one for one in statements if "rulebooks" in one and one.startswith(("INSERT", "DELETE"))]


def test_a_start_keeps_todays_rulebook_once(tmp_path: Path) -> None:
    """The first one writes it, with what is too old dropped; every other only looks."""
    newest, written = started(tmp_path)
    assert newest == rulebook().version
    assert len(written) == 2
    assert started(tmp_path) == (newest, [])
