"""kill -9 at every step of a turn: nothing is lost, nothing done twice, at most one message said twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.account import reckoned, total
from tests.channels.deaths import ACCEPTED, CONFIRMED, FILED, HANDED, RARE, TURN, Death
from tests.channels.doomed import forging
from tests.channels.house import Plan, house
from tests.channels.killed import Clean, all_clean, random_run
from tests.sink import Sink

CHATS = {
    "sandbox": ("weibo-45000.en", "counts.zh", "change.en"),
    "none": ("package.zh", "enterprise-20000.en"),
}
COVERING = (
    (Plan("aiogram", "polling", "sandbox"), (*TURN, *CONFIRMED, *FILED)),
    (Plan("ptb", "polling", "none"), (*TURN, *CONFIRMED, *HANDED)),
    (Plan("aiogram", "webhook", "none"), ("after commit", *ACCEPTED, "send's effect", *HANDED)),
    (Plan("ptb", "webhook", "sandbox"), ("after commit", *ACCEPTED, "send's effect", *FILED)),
)
"""Every step at least once by each library."""


@pytest.fixture(scope="module")
def forge() -> Iterator[Path]:
    """What every bot here is a fork of."""
    with forging() as place:
        yield place


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, forge: Path) -> Clean:
    """How the chats end if nobody is killed, by the office they are played with."""
    return asyncio.run(all_clean(tmp_path_factory.mktemp("clean"), forge, CHATS))


@pytest.mark.anyio
@pytest.mark.parametrize(("plan", "steps"), COVERING, ids=[str(plan) for plan, _ in COVERING])
async def test_killed_at_every_step(
    plan: Plan,
    steps: tuple[str, ...],
    tmp_path: Path,
    forge: Path,
    undisturbed: Clean,
    sink: Sink,
) -> None:
    """At the end every chat and every stored conversation is as if nobody had been killed."""
    chats = CHATS[plan.office]
    deaths = [Death(step, 1 if step in RARE else 2) for step in steps]
    async with house(plan, tmp_path, forge) as lived_in:
        await lived_in.stand(deaths, chats, len(chats))
        sink.lines.append(lived_in.log())
        assert lived_in.deaths == deaths
        account = reckoned(lived_in, undisturbed[plan.office])
    assert account.copies, "no kill came between a message and its mark"


@pytest.mark.anyio
async def test_killed_at_random(tmp_path: Path, forge: Path, undisturbed: Clean) -> None:
    """A small part of what `make kills` does."""
    said: list[str] = []
    account = total(await random_run(6, 1, tmp_path, forge, said.append, undisturbed))
    assert account.kills == len(said) == 6
    assert (account.lost, account.twice) == (0, 0)
