"""An office that answers whatever bytes a test gives it, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import Any


def http(status: int, body: bytes = b"", *headers: str, kind: str = "application/json") -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Type: {kind}", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def told(status: int, value: Any, *headers: str) -> bytes:
    """A whole answer of JSON."""
    return http(status, json.dumps(value).encode(), *headers)


class FaultyOffice:
    """Answers each connection with the same bytes and hangs up, or, if `silent`, leaves the line open.

    `asked` are the requests, from their first byte to the last; `heard` is set when there is one more.
    """

    def __init__(self, answer: bytes, *, silent: bool) -> None:
        self._answer = answer
        self._silent = silent
        self.asked: list[bytes] = []
        self.heard = asyncio.Event()
        self.address = ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            body = await reader.readexactly(int(length[0].partition(b":")[2])) if length else b""
            self.asked.append(head + body)
            self.heard.set()
            writer.write(self._answer)
            await writer.drain()
            if self._silent:
                await reader.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def office_that_answers(answer: bytes, *, silent: bool = False) -> AsyncIterator[FaultyOffice]:
    """A faulty office at a free port of this machine."""
    office = FaultyOffice(answer, silent=silent)
    async with await asyncio.start_server(office, "127.0.0.1", 0) as server:
        office.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield office


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
