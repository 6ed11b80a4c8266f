"""Who is connected: a test can wait until nobody is, and all has arrived that will."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from tests.telegram.raw import raw
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio


async def test_after_somebody_has_left_nothing_more_comes_of_them(server: Telegram) -> None:
    """Also of what was sent on a connection that the server had not taken up yet."""
    address = urlsplit(server.url)
    request = f"GET /bot{server.token}/getMe HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(20):
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(request.encode())
        writer.close()
        await server.left()
        arrived = len(server.calls)
        async with raw(server) as api:
            await api("getWebhookInfo")
        assert [call.method for call in server.calls[arrived:]] == ["getWebhookInfo"]


async def test_whoever_is_still_connected_is_waited_for(server: Telegram) -> None:
    """Even who asks for nothing."""
    async with raw(server) as api:
        await api("getMe")
        leaving = asyncio.create_task(server.left())
        await api("getMe")
        assert not leaving.done()
    await leaving
