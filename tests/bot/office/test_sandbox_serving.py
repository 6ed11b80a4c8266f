from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.office.client import OfficeClient
from bot.office.sandbox import embedded, serve
from dialogs.office import Filed, Unclear
from tests.bot.office.filings import SECRETS, filing

pytestmark = pytest.mark.anyio


def has_ipv6() -> bool:
    """Whether this machine can listen on ::1; some containers cannot."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


WITH_IPV6 = pytest.mark.skipif(not has_ipv6(), reason="no IPv6 on this machine")


@pytest.fixture
def stopped() -> Iterator[list[int]]:
    """Signals that reach whoever started the server."""
    seen: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))
    yield seen
    signal.signal(signal.SIGTERM, before)


async def test_embedded_it_comes_and_goes_without_a_trace(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, stopped: list[int]
) -> None:
    """It answers on this machine only, leaves signals alone, logs nothing, and is gone afterwards."""
    caplog.set_level(logging.DEBUG)
    ours = filing()
    async with embedded(tmp_path) as address:
        assert address.startswith("http://127.0.0.1:")
        async with OfficeClient(address) as client:
            assert isinstance(await client.create(ours), Filed)
            signal.raise_signal(signal.SIGTERM)
            assert stopped == [signal.SIGTERM]
            assert isinstance(await client.look_up(ours), Filed)
    async with OfficeClient(address) as client:
        assert await client.look_up(ours) == Unclear("unreachable")
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]
    assert not [word for word in SECRETS if word in caplog.text]


async def test_an_embedded_office_that_nobody_asks_closes_at_once(tmp_path: Path) -> None:
    """Opening and closing need no request in between."""
    before = asyncio.all_tasks()
    async with embedded(tmp_path):
        assert asyncio.all_tasks() > before
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", pytest.param("::1", marks=WITH_IPV6)])
async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path, stopped: list[int], host: str) -> None:
    """`beian sandbox` says where it is, runs in the foreground with its token, and ends at SIGTERM."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(tmp_path, host, 0, "right", address.set_result))
    async with OfficeClient(await address, "right") as client:
        assert isinstance(await client.create(filing()), Filed)
    signal.raise_signal(signal.SIGTERM)
    await serving
    assert stopped == [signal.SIGTERM]


async def test_an_address_in_use_is_said_so(tmp_path: Path) -> None:
    """Whoever starts it twice gets an error that can be shown."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        await serve(tmp_path, "127.0.0.1", taken.getsockname()[1], None)
