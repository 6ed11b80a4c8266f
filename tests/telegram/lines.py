"""Who is connected to the server."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from tests.telegram.bell import Bell


class Lines:
    """The connections that are open to a server; the bell rings when one ends."""

    def __init__(self, bell: Bell) -> None:
        self._open: set[RequestHandler] = set()
        self._bell = bell

    def watch(self, server: web.Server) -> None:
        """Count the connections of a server, which has none yet."""
        made, lost = server.connection_made, server.connection_lost

        def begun(line: RequestHandler, transport: asyncio.Transport) -> None:
            self._open.add(line)
            made(line, transport)

        def ended(line: RequestHandler, error: BaseException | None = None) -> None:
            lost(line, error)
            self._open.discard(line)
            self._bell.ring()

        vars(server).update(connection_made=begun, connection_lost=ended)

    async def all_ended(self, host: str, port: int) -> None:
        """Return when those who were connected to this address have left, and all has arrived that will.

        Connections are taken in their order, so after one of our own there is none that was not seen yet.
        """
        reader, writer = await asyncio.open_connection(host, port)
        writer.write_eof()
        await reader.read()
        writer.close()
        await writer.wait_closed()
        await self._bell.until(lambda: not self._open)
