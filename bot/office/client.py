"""Our side of `openapi.yaml`: one request, one answer. It decides nothing, repeats nothing and logs nothing.

What leaves goes to the configured office only, by the five requests of the contract; what comes back is
capped, not unpacked and not followed elsewhere. `bot.office.answers` says what it means.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import aiohttp

from bot.office.answers import Headless, Reply, from_body, from_head
from bot.office.outgoing import (
    check_request,
    checked_address,
    headers_of,
    leads_to,
    path_of,
    standing_headers,
)
from bot.office.reading import MOST_BYTES, GarbageError, parsed
from bot.office.schemas import read_statements
from dialogs.filing import Filing, sent
from dialogs.office import Answer, Blocked, Busy, NotOffered, Unclear
from dialogs.rules.statement import Statement

LONGEST_REQUEST = 20.0
"""Seconds after which a request, with its answer, is broken off."""


class OfficeUnreachable(Exception):
    """The office could not be asked what it collects. The text is a stable code, as that of `Unclear`."""


class _LineCut(aiohttp.ClientError):
    """The line broke after the request had begun to leave."""


class OfficeClient:
    """An office's backend at `base_url`. To be made inside a running event loop, and closed.

    `timeout` is in seconds, for a whole request and its answer. Raises ValueError for an address or a token
    that cannot be one, and, when asked, for any request outside the contract.
    """

    def __init__(self, base_url: str, token: str | None = None, *, timeout: float = LONGEST_REQUEST) -> None:
        self._base = checked_address(base_url)
        self._http = aiohttp.ClientSession(
            headers=standing_headers(token),
            timeout=aiohttp.ClientTimeout(total=timeout),
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            middlewares=(_once,),
        )

    def __repr__(self) -> str:
        return f"OfficeClient({self._base!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Ends all connections. A request under way is cut."""
        await self._http.close()

    async def duties(self, language: str = "en") -> tuple[Statement, ...]:
        """What the office states it collects. Raises OfficeUnreachable if that cannot be had."""
        reply = await self._exchange("GET", "/duties", language)
        if isinstance(reply, Reply) and reply.status == 200:
            try:
                return read_statements(parsed(reply.body))
            except GarbageError:
                reply = Unclear("garbage")
        raise OfficeUnreachable(_code(reply))

    async def create(self, filing: Filing, language: str = "en") -> Answer:
        """Sends revision 1. `language` is the owner's, for the office's words."""
        return await self._send("POST", "/filings", filing, language, sent(filing))

    async def correct(self, filing: Filing, language: str = "en") -> Answer:
        """Sends a later revision in place of the one before."""
        return await self._send("PUT", path_of(filing), filing, language, sent(filing))

    async def look_up(self, filing: Filing, language: str = "en") -> Answer:
        """What became of this revision. `Absent` also if only an earlier one is there."""
        return await self._send("GET", path_of(filing), filing, language)

    async def withdraw(self, filing: Filing, language: str = "en") -> Answer:
        """Takes this revision back."""
        return await self._send("DELETE", path_of(filing), filing, language)

    async def _send(
        self, method: str, path: str, filing: Filing, language: str, body: bytes | None = None
    ) -> Answer:
        key = None if method == "GET" else filing.idempotency_key
        reply = await self._exchange(method, path, language, key, body)
        if not isinstance(reply, Reply):
            return reply
        ours = self._base + path_of(filing)
        if not all(leads_to(address, self._base + path, ours) for address in reply.tracked):
            return Unclear("foreign_address")
        return from_body(reply, filing)

    async def _exchange(
        self, method: str, path: str, language: str, key: str | None = None, body: bytes | None = None
    ) -> Reply | Headless:
        """One request, and its answer or what is known without one."""
        check_request(method, path)
        try:
            async with self._http.request(
                method,
                self._base + path,
                headers=headers_of(language, key, body),
                data=body,
                allow_redirects=False,
            ) as response:
                known = from_head(method, response.status, response.headers)
                return known or await _reply(method, response)
        except TimeoutError:
            return Unclear("timeout")
        except aiohttp.ClientConnectorError:
            # Nothing left: there was no line to leave by. For a look-up that says nothing of the filing.
            return Unclear("unreachable") if method == "GET" else Busy()
        except aiohttp.ClientError:
            return Unclear("cut")


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keeps aiohttp from quietly sending a PUT or DELETE again whose line broke."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _LineCut from error


async def _reply(method: str, response: aiohttp.ClientResponse) -> Reply | Unclear:
    """The body, if it is JSON of a bearable size."""
    if response.content_type != "application/json":
        return Unclear("garbage")
    if (response.content_length or 0) > MOST_BYTES:
        return Unclear("too_large")
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            return Unclear("too_large")
    return Reply(method, response.status, bytes(body), tuple(response.headers.getall("Location", ())))


def _code(reply: Reply | Headless) -> str:
    match reply:
        case Unclear(why):
            return why
        case Busy():
            return "busy"
        case NotOffered():
            return "not_offered"
        case Reply(_, status) | Blocked(status):
            return f"http_{status}"
