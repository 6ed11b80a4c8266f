"""What an operator may ask."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import pytest

from bot.admin import make_app
from bot.listening import listener, serving

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("path", "troubles", "status", "said"),
    [
        ("/health", {}, 200, {"alive": True}),
        ("/health", {"telegram": "no token"}, 200, {"alive": True}),
        ("/ready", {}, 200, {"ready": True, "troubles": {}}),
        ("/ready", {"telegram": "no token"}, 503, {"ready": False, "troubles": {"telegram": "no token"}}),
    ],
)
async def test_health_and_readiness(
    path: str, troubles: Mapping[str, str], status: int, said: Mapping[str, object]
) -> None:
    """A process with a trouble lives, but is not ready."""

    async def found() -> Mapping[str, str]:
        return troubles

    async with (
        serving(make_app(found), listener("127.0.0.1", 0)) as address,
        aiohttp.ClientSession(address) as http,
        http.get(path) as answer,
    ):
        assert (answer.status, await answer.json()) == (status, said)
        assert "server" not in answer.headers


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/", 404), ("POST", "/ready", 405)])
async def test_nothing_else_can_be_asked(method: str, path: str, status: int) -> None:
    """And nothing can be told."""

    async def found() -> Mapping[str, str]:
        return {}

    async with (
        serving(make_app(found), listener("127.0.0.1", 0)) as address,
        aiohttp.ClientSession(address) as http,
        http.request(method, path) as answer,
    ):
        assert answer.status == status
