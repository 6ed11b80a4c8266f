from __future__ import annotations

import stat
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.listening import listener, serving
from bot.office.client import OfficeClient
from bot.office.sandbox import make_app
from dialogs.advance import advance
from dialogs.filing import State, Step, sending
from tests.bot.office.filings import filing, next_revision, receipt_in
from tests.bot.office.practice import NOW, practice

pytestmark = pytest.mark.anyio


async def test_filings_outlive_the_office(tmp_path: Path) -> None:
    """After a restart everything stands as before, and numbers go on."""
    ours, waiting = filing(), filing("[later]")
    async with practice(tmp_path) as opened:
        filed = await opened.client.create(ours)
        await opened.client.create(waiting)
        await opened.client.look_up(waiting)
    async with practice(tmp_path) as opened:
        assert await opened.client.look_up(ours) == filed
        assert receipt_in(await opened.client.look_up(waiting)).number == "PRACTICE-2026-000002"
        assert receipt_in(await opened.client.create(filing())).number == "PRACTICE-2026-000003"


async def test_its_folder_is_closed_to_others(tmp_path: Path) -> None:
    """Only whoever runs it can read what was filed."""
    folder = tmp_path / "a" / "sandbox"
    async with practice(folder) as opened:
        await opened.client.create(filing())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "filings.db": 0o600
    }


class LosesItsAnswers:
    """An office whose answers to POST and PUT are replaced by a 500 after it has done its work."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def say(message: Message) -> None:
            await send({**message, "status": 500} if message["type"] == "http.response.start" else message)

        await self._app(scope, receive, say if scope["method"] in ("POST", "PUT") else send)


async def test_what_was_filed_before_an_error_is_found(tmp_path: Path) -> None:
    """An error after the office's work leaves a doubt, which the look-up resolves without a second filing."""
    lossy = LosesItsAnswers(make_app(tmp_path))
    async with serving(lossy, listener("127.0.0.1", 0)) as address, OfficeClient(address) as client:
        first = sending(filing("[return]"), NOW)
        first = advance(first, Step.CREATE, await client.create(first), NOW)
        assert first.state is State.UNKNOWN
        first = advance(first, Step.LOOK_UP, await client.look_up(first), NOW)
        assert first.state is State.RETURNED
        second = sending(next_revision(filing(reference=first.reference)), NOW)
        second = advance(second, Step.CORRECT, await client.correct(second), NOW)
        assert second.state is State.UNKNOWN
        second = advance(second, Step.LOOK_UP, await client.look_up(second), NOW)
        assert second.state is State.FILED
        assert receipt_in(await client.look_up(second)).number.endswith("-000001")
