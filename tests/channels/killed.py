"""Owners chat with a bot that is killed at random: `python -m tests.channels.killed --kills 200 --seed 1`.

Several houses, by either library and both ways, stand beside each other; in each, owners follow golden chats
in both languages at the same time. Each kill is printed as it happens, and at the end what they came to.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from random import Random

import click

from tests.channels.account import Account, Ending, endings, reckoned, total
from tests.channels.deaths import ACCEPTED, CONFIRMED, FILED, HANDED, TURN, at_random
from tests.channels.doomed import forging
from tests.channels.house import Plan, house

Say = Callable[[str], None]


def _both(*names: str) -> list[str]:
    return [f"{name}.{language}" for name in names for language in ("en", "zh")]


CHATS = {
    "sandbox": _both("weibo-45000", "counts", "change", "registered", "not-required"),
    "none": _both("package", "enterprise-20000"),
}
"""Golden chats by the office they are played with; in none of them the bot says the same twice in a row."""
PLANS = (
    Plan("aiogram", "polling", "sandbox"),
    Plan("ptb", "webhook", "sandbox"),
    Plan("aiogram", "webhook", "none"),
    Plan("ptb", "polling", "none"),
)


def steps_of(plan: Plan) -> tuple[str, ...]:
    """The steps that a house can come to."""
    confirmed = CONFIRMED if plan.mode == "polling" else ACCEPTED
    return (*TURN, *confirmed, *(FILED if plan.office == "sandbox" else HANDED))


async def clean(plan: Plan, folder: Path, chats: Sequence[str], forge: Path) -> dict[str, Ending]:
    """How these chats end if nobody is killed."""
    async with house(plan, folder, forge) as undisturbed:
        await undisturbed.stand((), chats, len(chats))
        ended = dict(zip((one.chat for one in undisturbed.owners), endings(undisturbed), strict=True))
        reckoned(undisturbed, ended)
        return ended


Clean = Mapping[str, Mapping[str, Ending]]
"""How chats end if nobody is killed, by the office they are played with."""


async def all_clean(folder: Path, forge: Path, chats: Mapping[str, Sequence[str]]) -> Clean:
    """The same of all these chats."""
    return {
        office: await clean(Plan(office=office), folder / f"clean-{office}", names, forge)
        for office, names in chats.items()
    }


async def random_run(
    kills: int, seed: int, folder: Path, forge: Path, say: Say, undisturbed: Clean
) -> list[Account]:
    """The chats of `undisturbed` in all houses at once, with so many kills. Fails as `reckoned` does."""
    left = count(1)

    async def stand(place: int, plan: Plan) -> Account:
        deaths = at_random(_share(kills, place), Random(f"{seed}.{place}"), steps_of(plan))  # noqa: S311 - no secret
        chats = list(undisturbed[plan.office])
        async with house(plan, folder / str(place), forge) as lived_in:
            lived_in.died = lambda death: say(f"kill {next(left)}: {plan}: {death.step}, {death.nth}")
            await lived_in.stand(deaths, chats, len(chats))
            return reckoned(lived_in, undisturbed[plan.office])

    async with asyncio.TaskGroup() as tasks:
        standing = [tasks.create_task(stand(place, plan)) for place, plan in enumerate(PLANS)]
    return [task.result() for task in standing]


def _share(kills: int, place: int) -> int:
    """How many of the kills happen in the house at that place."""
    return (kills + place) // len(PLANS)


async def _whole(kills: int, seed: int, folder: Path, forge: Path) -> list[Account]:
    undisturbed = await all_clean(folder, forge, CHATS)
    return await random_run(kills, seed, folder, forge, click.echo, undisturbed)


@click.command()
@click.option("--kills", type=click.IntRange(0), default=20, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(kills: int, seed: int) -> None:
    """Kill the bot at random, and see whether anything is lost or done twice."""
    with tempfile.TemporaryDirectory(prefix="beian-kills-") as folder, forging() as forge:
        accounts = asyncio.run(_whole(kills, seed, Path(folder), forge))
    for plan, account in zip(PLANS, accounts, strict=True):
        click.echo(f"{plan}: {account}")
    click.echo(f"all: {total(accounts)}")


if __name__ == "__main__":
    main()
