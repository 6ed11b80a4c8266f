"""The Bot API by bare HTTP, for tests of the server itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.telegram.errors import Refused
from tests.telegram.server import Telegram


class Raw:
    """Calls methods. What is no text goes as JSON; bytes go as a file of the same name."""

    def __init__(self, server: Telegram, http: aiohttp.ClientSession) -> None:
        self.server = server
        self.http = http

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The result. Raises Refused."""
        form = aiohttp.FormData()
        for name, value in parameters.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.pdf", content_type="application/pdf")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.http.post(self.address(method), data=form) as response:
            return await result_of(response)

    async def say(self, text: str, chat_id: int, **more: Any) -> int:
        """Send a text; returns its number."""
        return int((await self("sendMessage", chat_id=chat_id, text=text, **more))["message_id"])

    def address(self, method: str) -> str:
        """Where a method is called."""
        return f"{self.server.url}/bot{self.server.token}/{method}"


async def result_of(response: aiohttp.ClientResponse) -> Any:
    """The result in an answer. Raises Refused for a refusal, AssertionError if it is in no proper shape."""
    said = await response.json()
    if said["ok"]:
        assert response.status == 200
        assert said.keys() == {"ok", "result"}
        return said["result"]
    assert said["error_code"] == response.status
    assert said.keys() - {"parameters"} == {"ok", "error_code", "description"}
    raise Refused(response.status, said["description"], **said.get("parameters", {}))


@asynccontextmanager
async def raw(server: Telegram) -> AsyncIterator[Raw]:
    """Opens a client."""
    async with aiohttp.ClientSession() as http:
        yield Raw(server, http)


def inline(*rows: list[str], data: str = "data") -> dict[str, Any]:
    """An inline keyboard of these labels."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label in row] for row in rows]}
