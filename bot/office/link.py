"""The office this bot files with, as the rest of the process sees it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bot.office.breaker import Breaker
from bot.office.client import OfficeClient, OfficeUnreachable
from bot.office.stated import keep, last_word
from dialogs.filing import Filing, Step
from dialogs.office import Answer, Busy, Unclear
from dialogs.rules.statement import Statement
from storage.database import Database

log = logging.getLogger(__name__)

HOURLY = 3600.0
SOON = 30.0
"""Seconds until the office is asked again what it collects: after an answer, and after none."""


class OfficeLink:
    """An office, by the name its filings carry. `heard` is called with what it collects."""

    def __init__(
        self,
        office: str,
        client: OfficeClient,
        database: Database,
        now: Callable[[], datetime],
        heard: Callable[[Mapping[str, Statement]], None],
        breaker: Breaker | None = None,
    ) -> None:
        self.office = office
        self._client = client
        self._database = database
        self._now = now
        self._heard = heard
        self._breaker = breaker or Breaker(secrets.SystemRandom().random)
        self._steps = {
            Step.CREATE: client.create,
            Step.CORRECT: client.correct,
            Step.LOOK_UP: client.look_up,
            Step.WITHDRAW: client.withdraw,
        }

    async def refresh(self) -> bool:
        """Ask what it collects; fall back on its last word, if that is not too old. Whether it answered."""
        now = self._now()
        try:
            stated = await self._client.duties()
        except OfficeUnreachable as error:
            log.warning("office unreachable", extra={"why": str(error)})
            self._heard(await asyncio.to_thread(last_word, self._database, self.office, now))
            return False
        with self._noting_rests():
            self._breaker.answered(now)
        await asyncio.to_thread(keep, self._database, self.office, stated, now)
        self._heard({statement.duty: statement for statement in stated})
        return True

    async def keep_fresh(self) -> None:
        """Go on asking, until cancelled."""
        while True:
            answered = await self.refresh()
            await asyncio.sleep(HOURLY if answered else SOON)

    async def act(self, filing: Filing, step: Step, language: str) -> Answer:
        """Take one step of a filing with the office; while it rests, say so without asking it."""
        wait = self._breaker.wait(self._now())
        if wait:
            unsent = step in (Step.CREATE, Step.CORRECT)
            return Busy(wait) if unsent else Unclear("resting", wait)
        answer = None
        try:
            answer = await self._steps[step](filing, language)
        finally:
            with self._noting_rests():
                self._breaker.ended(self._now(), answer)
        return answer

    @contextmanager
    def _noting_rests(self) -> Iterator[None]:
        """Tell the log of a rest that begins meanwhile, and that there is none any more."""
        now, before = self._now(), self._breaker.until
        yield
        after = self._breaker.until
        if after is not None and after > now and (before is None or before <= now):
            log.warning("office resting", extra={"seconds": round((after - now).total_seconds())})
        if before is not None and after is None:
            log.info("office answers again")
