"""A fault office over real HTTP: each filing meets the faults that a test has laid in its way."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from http import HTTPStatus
from typing import Any

from tests.bot.faulty.ledger import Ledger, Record

DECIDED_WITHIN = timedelta(hours=6)
GIGABYTE = 10**9
_CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about a filing."""

    method: str
    reference: str
    revision: int


class Line(Enum):
    """What becomes of the line after what was written to it."""

    KEPT = "kept"
    CUT = "cut"
    SILENT = "silent"
    ENDLESS = "endless"
    HELD = "held back until the gate is opened, then kept"


@dataclass(frozen=True, slots=True)
class Reply:
    """The bytes that are written, and what happens then."""

    raw: bytes
    line: Line = Line.KEPT


def told(status: int, value: Any, *headers: str, kind: str = "application/json") -> Reply:
    """An answer of JSON, or of the bytes given."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Type: {kind}", *headers]
    return Reply("\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body)


@dataclass
class FaultOffice:
    """`laid` are the faults still to come, by reference; after the last of them the office is healthy.

    An answer that is held back sets `reached` and waits for the `gate`. `outage` is what goes wrong with all
    requests up to a moment; `longest` the most bytes written of a body.
    """

    now: Callable[[], datetime]
    ledger: Ledger = field(default_factory=Ledger)
    laid: dict[str, Iterator[Fault]] = field(default_factory=dict)
    outage: tuple[datetime, Fault] | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    requests: int = 0
    asked_in_outage: int = 0
    longest: int = 0

    def answer(self, asked: Asked) -> Reply:
        """What the next fault makes of a request, or a healthy office."""
        self.requests += 1
        if self.outage is not None and self.now() < self.outage[0]:
            self.asked_in_outage += 1
            return self.outage[1](self, asked)
        fault = next(self.laid.get(asked.reference, iter(())), FaultOffice.honest)
        return fault(self, asked)

    def work(self, asked: Asked) -> Record | None:
        """Register what was sent. The filing as it stands then, or None."""
        if asked.method == "POST":
            return self.ledger.register(asked.reference, asked.revision)
        return self.ledger.find(asked.reference)

    def honest(self, asked: Asked) -> Reply:
        """What a healthy office does and says."""
        record = self.work(asked)
        if record is None:
            return told(404, {"state": "absent", "reference": asked.reference})
        if record.undecided:
            record.undecided -= 1
            return told(202, self.received(asked))
        return told(201 if asked.method == "POST" else 200, self.filed(record))

    def received(self, asked: Asked) -> dict[str, Any]:
        """That it is being decided, and until when."""
        until = (self.now() + DECIDED_WITHIN).isoformat()
        return {"state": "received", "reference": asked.reference, "revision": asked.revision, "until": until}

    def filed(self, record: Record, **changes: Any) -> dict[str, Any]:
        """Its receipt, with some members changed."""
        receipt = {
            "number": record.number,
            "reference": record.reference,
            "revision": record.revision,
            "office": "示例市互联网信息办公室",
            "issued_at": self.now().isoformat(),
            "practice": False,
        }
        return {"state": "filed", "receipt": receipt | changes}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line, for as many requests as come over it."""
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, path, *_ = head.split(" ", 2)
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n"))
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        sent = json.loads(body) if body else {}
        reference = sent.get("reference") or path.rpartition("/")[2]
        if body and headers["idempotency-key"] != f"{reference}.{sent['revision']}":
            raise AssertionError("a key that is not that of its body")
        reply = self.answer(Asked(method, reference, sent.get("revision", 1)))
        if reply.line is Line.HELD:
            self.reached.set()
            await self.gate.wait()
        writer.write(reply.raw)
        if reply.line is Line.SILENT:
            await reader.read()
        if reply.line is Line.ENDLESS:
            await self._stream(writer)
        return reply.line in (Line.KEPT, Line.HELD)

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        """Write on, for as long as somebody reads."""
        for written in range(0, GIGABYTE, len(_CHUNK)):
            self.longest = max(self.longest, written)
            writer.write(_CHUNK)
            await writer.drain()


Fault = Callable[[FaultOffice, Asked], Reply]
"""What goes wrong with one request."""


@asynccontextmanager
async def at_work(office: FaultOffice) -> AsyncIterator[str]:
    """It listens at a free port of this machine. Yields its address."""
    async with await asyncio.start_server(office.serve, "127.0.0.1", 0) as server:
        server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 0x10000)
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
