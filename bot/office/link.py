"""The office this bot files with, as the rest of the process sees it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.office.client import OfficeClient, OfficeUnreachable
from dialogs.filing import Filing, Step
from dialogs.office import Answer
from dialogs.rules.statement import Statement
from storage import statements
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
    ) -> None:
        self.office = office
        self._client = client
        self._database = database
        self._now = now
        self._heard = heard

    async def refresh(self) -> bool:
        """Ask what it collects; fall back on its last word, if that is not too old. Whether it answered."""
        now = self._now()
        try:
            stated = await self._client.duties()
        except OfficeUnreachable as error:
            log.warning("office unreachable", extra={"why": str(error)})
            self._heard(await asyncio.to_thread(last_word, self._database, self.office, now))
            return False
        await asyncio.to_thread(self._keep, stated, now)
        self._heard({statement.duty: statement for statement in stated})
        return True

    def _keep(self, stated: tuple[Statement, ...], now: datetime) -> None:
        with self._database.transaction() as tx:
            statements.keep(tx, self.office, stated, now)

    async def keep_fresh(self) -> None:
        """Go on asking, until cancelled."""
        while True:
            answered = await self.refresh()
            await asyncio.sleep(HOURLY if answered else SOON)

    async def act(self, filing: Filing, step: Step, language: str) -> Answer:
        """Take one step of a filing with the office."""
        steps = {
            Step.CREATE: self._client.create,
            Step.CORRECT: self._client.correct,
            Step.LOOK_UP: self._client.look_up,
            Step.WITHDRAW: self._client.withdraw,
        }
        return await steps[step](filing, language)


def last_word(database: Database, office: str, now: datetime) -> Mapping[str, Statement]:
    """What this office last stated, if it was heard within 24 hours."""
    with database.reading() as tx:
        return statements.load(tx, office, now)
