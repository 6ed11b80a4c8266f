from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from bot.cli import main
from bot.rulebook import FOLDER, texts
from dialogs.rules.load import load
from storage import reminders, schema
from storage.database import Database
from storage.keys import create, in_file
from storage.records import Address
from tests.bot.commands.test_diff import written
from tests.reminders.planned import chats
from tests.reminders.story import START, Story


def earlier() -> dict[str, str]:
    """The rulebook before: then, fewer were covered."""
    files = dict(texts())
    return files | {"cn/xian.toml": files["cn/xian.toml"].replace("more_than = 30000", "more_than = 48000")}


@pytest.fixture
def old(tmp_path: Path) -> str:
    """A folder with it."""
    return str(written(tmp_path / "old", earlier()))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where twelve owners asked to be told of changes, while the rulebook was the earlier one."""
    monkeypatch.setenv("BEIAN_DATA", str(tmp_path))
    create(tmp_path / "key")
    url = f"sqlite:///{tmp_path}/beian.db"
    with opened(url, tmp_path) as database:
        story = Story(database, START, load(earlier()))
        for seed in range(12):
            (chat,) = chats(seed, 1, story.world(), story.days(60, 70), ["rules"])
            story.keep([replace(chat, address=Address("telegram", str(seed)))])
    return url


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Database]:
    """The database, as the bot has it."""
    database = Database.open(url, in_file(folder / "key"))
    yield database
    database.close()


def notify(*arguments: str) -> Result:
    """What the command prints."""
    return CliRunner().invoke(main, ["rules", "diff", *arguments, "--notify"])


def waiting(url: str, folder: Path) -> int:
    """How many have not been made due."""
    with opened(url, folder) as database, database.reading() as tx:
        return len(reminders.without_day(tx, "telegram", "", 100))


def test_a_dry_run_counts_and_shows_both_wordings(old: str, house: str, tmp_path: Path) -> None:
    """In both languages, once for all who are told the same; nothing changes, and the bot may serve."""
    with opened(house, tmp_path):
        result = notify(old, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "12 owners asked to be told, and have not been told of this change.",
        "For 12 of them something changes.",
        "",
        "12 owners:",
    ]
    assert [line.split()[:2] for line in lines[4:8]] == [
        [when, language] for when in ("before", "after") for language in ("en", "zh_CN")
    ]
    assert "does not have to be registered" in lines[4]
    assert "whether it must still be registered" in lines[6]
    assert lines[-1] == "Nobody was told (--dry-run)."
    assert waiting(house, tmp_path) == 12


def test_it_makes_them_due_once(old: str, house: str, tmp_path: Path) -> None:
    """A second time finds nobody."""
    first = notify(old)
    assert first.stdout.splitlines()[-1] == "They are told as soon as it is a decent hour for them."
    assert waiting(house, tmp_path) == 0
    second = notify(old)
    assert second.stdout.splitlines() == [
        "0 owners asked to be told, and have not been told of this change.",
        "For 0 of them something changes.",
    ]


def test_who_is_not_concerned_is_not_told(house: str, tmp_path: Path) -> None:
    """Nothing changes from a rulebook to itself."""
    result = notify(str(FOLDER))
    assert "For 0 of them something changes." in result.stdout
    assert waiting(house, tmp_path) == 12


def test_a_chat_that_cannot_be_read_stops_no_other(old: str, house: str, tmp_path: Path) -> None:
    """It is counted."""
    with opened(house, tmp_path) as database, database.transaction() as tx:
        broken = update(schema.conversations).where(schema.conversations.c.chat == "7").values(state=b"x")
        tx.connection.execute(broken)
    result = notify(old)
    assert "For 11 of them something changes." in result.stdout
    assert "1 chat cannot be read, and is left out." in result.stdout


def test_while_the_bot_serves_nobody_is_told(old: str, house: str, tmp_path: Path) -> None:
    """On SQLite only one may write."""
    with opened(house, tmp_path):
        result = notify(old)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "already open" in result.stderr
    assert waiting(house, tmp_path) == 12


def test_owners_are_told_of_this_bots_rulebook_only(old: str, house: str, tmp_path: Path) -> None:
    """Of another they could not be shown what it says."""
    result = notify(str(FOLDER), old)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "use --dry-run" in result.stderr
    assert notify(str(FOLDER), old, "--dry-run").exit_code == 0
    assert waiting(house, tmp_path) == 12


@pytest.mark.parametrize("options", [["--dry-run"], ["--notify", "--json"]])
def test_options_that_do_not_go_together(options: list[str]) -> None:
    """They say so."""
    result = CliRunner().invoke(main, ["rules", "diff", str(FOLDER), *options])
    assert result.exit_code == 2
    assert "--dry-run goes with --notify only" in result.stderr
