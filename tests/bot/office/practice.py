"""The practice office for tests, judged by the contract in every answer it gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.listening import listener, serving
from bot.office.client import OfficeClient
from bot.office.sandbox import make_app
from tests.bot.office.contract import Judged

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice office that is open, and our client to it."""

    client: OfficeClient
    address: str
    judged: Judged


@asynccontextmanager
async def practice(
    folder: Path, token: str | None = None, duties: tuple[str, ...] = ("cn-xian-2017/weibo-individual",)
) -> AsyncIterator[Practice]:
    """Opens one on a folder. Fails when it closes if any answer was not as the contract says."""
    judged = Judged(make_app(folder, token=token, duties=duties, now=lambda: NOW))
    async with serving(judged, listener("127.0.0.1", 0)) as address, OfficeClient(address, token) as client:
        yield Practice(client, address, judged)
    assert judged.faults == []
    assert judged.seen
