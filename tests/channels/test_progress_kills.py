"""kill -9 while it is told how a filing goes: no second message of it, and the same chat in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.bots import commit, once, texts
from tests.channels.deaths import CLOSED, MARKED, SENT, Death
from tests.channels.doomed import forging
from tests.channels.house import FIRST, Plan, house
from tests.channels.reports import ANSWERED, CONFIRMED, SAID, STANDING, standing
from tests.telegram.person import Person

FIRST_REPORT = [*(Death(step, 2) for step in SENT), *(Death(step, 2) for step in MARKED)]
CHANGE = [*(Death(step, 2) for step in CLOSED), *(Death(step, 4) for step in MARKED)]
END = [*(Death(step, 3) for step in CLOSED), *(Death(step, 4) for step in SENT), Death("before mark", 5)]
AGAIN = {
    Death("send's effect", 2): SAID[1],
    Death("after send", 2): SAID[1],
    Death("before mark", 2): SAID[1],
    Death("send's effect", 4): SAID[3],
    Death("after send", 4): SAID[3],
    Death("before mark", 5): SAID[3],
}
"""What is said once more after deaths that leave it unknown whether it has arrived."""


@pytest.fixture(scope="module")
def forge() -> Iterator[Path]:
    """What every bot here is a fork of."""
    with forging() as place:
        yield place


@pytest.mark.anyio
@pytest.mark.parametrize("death", [*FIRST_REPORT, *CHANGE, *END], ids=lambda one: f"{one.step} {one.nth}")
async def test_killed_while_progress_is_told(death: Death, tmp_path: Path, forge: Path) -> None:
    """Only what may not have arrived comes twice: then the last one is the one that changes."""
    library = "ptb" if death.nth % 2 else "aiogram"
    async with house(Plan(library, office="none"), tmp_path, forge) as lived_in:
        owner = Person(lived_in.server, FIRST)
        (tmp_path / "data").mkdir(mode=0o700)
        commit(tmp_path / "data", {owner: [*CONFIRMED, *ANSWERED]})
        await lived_in.stand([death], (), 0)
    again = [AGAIN[death]] if death in AGAIN else []
    assert once(texts(owner)) == SAID
    assert sorted(texts(owner)) == sorted(SAID + again)
    assert sorted(standing(owner)) == sorted(STANDING + [(text, []) for text in again])
