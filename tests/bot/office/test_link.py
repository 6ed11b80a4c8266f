"""One office for all its filings: what is asked of it, and when it is left alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.office.breaker import MOST_FAILURES, SHORTEST_REST, WHILE_TRYING, Breaker
from bot.office.client import OfficeClient
from bot.office.link import OfficeLink
from dialogs.filing import Step
from dialogs.office import Answer, Busy, NotOffered, Unclear
from storage.database import Database
from tests.bot.office.faults import FaultyOffice, http, office_that_answers, told
from tests.bot.office.filings import CONFIRMED_AT, filing

pytestmark = pytest.mark.anyio

BROKEN = http(500)


@dataclass
class Line:
    """A link to an office that answers anything, at a time that stands still until it is set."""

    office: FaultyOffice
    link: OfficeLink = field(init=False)
    now: datetime = CONFIRMED_AT

    async def ask(self, step: Step = Step.CREATE, times: int = 1) -> list[Answer]:
        """That many filings at once."""
        return list(await asyncio.gather(*(self.link.act(filing(), step, "en") for _ in range(times))))

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)


@asynccontextmanager
async def a_line(
    database: Database, answer: bytes, breaker: Breaker | None = None, *, silent: bool = False
) -> AsyncIterator[Line]:
    """A link, at its beginning or with a breaker that has seen something."""
    async with (
        office_that_answers(answer, silent=silent) as office,
        OfficeClient(office.address) as client,
    ):
        line = Line(office)
        broken_by = breaker or Breaker(lambda: 0.5)
        line.link = OfficeLink("office", client, database, lambda: line.now, lambda _: None, broken_by)
        yield line


async def test_a_resting_office_is_not_asked(sqlite_database: Database) -> None:
    """What was not sent is still not sent; of what was, nothing is known. Both learn when to come back."""
    async with a_line(sqlite_database, BROKEN) as line:
        await line.ask(times=MOST_FAILURES)
        assert await line.ask(Step.CREATE) == [Busy(SHORTEST_REST)]
        assert await line.ask(Step.CORRECT) == [Busy(SHORTEST_REST)]
        line.later(20)
        assert await line.ask(Step.LOOK_UP) == [Unclear("resting", 10)]
        assert await line.ask(Step.WITHDRAW) == [Unclear("resting", 10)]
        assert len(line.office.asked) == MOST_FAILURES


async def test_one_of_many_tries_whether_it_is_back(sqlite_database: Database) -> None:
    """Twenty filings that are due together are one request."""
    async with a_line(sqlite_database, BROKEN) as line:
        await line.ask(times=20)
        line.later(SHORTEST_REST)
        answers = await line.ask(Step.LOOK_UP, times=20)
        assert len(line.office.asked) == 21
        assert answers.count(Unclear("http_500")) == 1
        assert answers.count(Unclear("resting", WHILE_TRYING)) == 19
        assert await line.ask() == [Busy(2 * SHORTEST_REST)]


async def test_a_try_that_is_cancelled_can_be_made_again(sqlite_database: Database) -> None:
    """A bot that ends in the middle of it has learnt nothing."""
    breaker = Breaker(lambda: 0.5)
    for _ in range(MOST_FAILURES):
        breaker.ended(CONFIRMED_AT, Unclear("timeout"))
    async with a_line(sqlite_database, b"", breaker, silent=True) as line:
        line.later(SHORTEST_REST)
        for _ in range(2):
            line.office.heard.clear()
            trying = asyncio.create_task(line.ask())
            await line.office.heard.wait()
            assert await line.ask() == [Busy(WHILE_TRYING)]
            trying.cancel()
            await asyncio.gather(trying, return_exceptions=True)


async def test_what_it_states_is_asked_while_it_rests(sqlite_database: Database) -> None:
    """And its answer ends the rest."""
    async with a_line(sqlite_database, told(200, [])) as line:
        assert await line.ask(times=MOST_FAILURES) == [Unclear("garbage")] * MOST_FAILURES
        assert await line.ask() == [Busy(SHORTEST_REST)]
        assert await line.link.refresh()
        assert await line.ask() == [Unclear("garbage")]


async def test_the_log_tells_of_each_rest_once(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """When it begins, for how long, and when it is over."""
    caplog.set_level(logging.INFO, "bot")
    async with a_line(sqlite_database, BROKEN) as line:
        await line.ask(times=20)
        await line.ask(times=20)
        line.later(SHORTEST_REST)
        await line.ask(times=20)
    async with a_line(sqlite_database, http(429, b"", "Retry-After: 7")) as line:
        await line.ask(times=3)
        line.later(7)
        await line.ask()
    async with a_line(sqlite_database, told(200, [])) as line:
        await line.ask(times=MOST_FAILURES)
        await line.link.refresh()
    told_of = [(one.levelname, one.getMessage(), one.__dict__.get("seconds")) for one in caplog.records]
    assert told_of == [
        ("WARNING", "office resting", 30),
        ("WARNING", "office resting", 60),
        ("WARNING", "office resting", 7),
        ("WARNING", "office resting", 7),
        ("WARNING", "office resting", 30),
        ("INFO", "office answers again", None),
    ]


async def test_every_step_is_a_request_of_its_own(sqlite_database: Database) -> None:
    """To send, to correct, to look up, to withdraw."""
    async with a_line(sqlite_database, http(405)) as line:
        answers = [(await line.ask(step))[0] for step in Step]
        methods = [one.split()[0].decode() for one in line.office.asked]
    assert methods == ["POST", "PUT", "GET", "DELETE"]
    assert answers[2:] == [NotOffered(), NotOffered()]
