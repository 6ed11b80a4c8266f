"""HTTP in: apps served within the running event loop, which leaves signals to whoever runs it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

LAST_ANSWERS = 5
"""Seconds that requests in hand are given when a server is to end."""


class _WithoutSignals(uvicorn.Server):
    """A server that leaves SIGINT and SIGTERM alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def config(app: ASGIApp) -> uvicorn.Config:
    """How every app is served: no log lines, which would name addresses; no word about the server."""
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens; at a free port for 0. Raises OSError, and UnicodeError for what is no host."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def address_of(listening: socket.socket) -> str:
    """Its address by HTTP."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket) -> AsyncIterator[str]:
    """Serves an app there while it lasts, and closes the socket. Yields its address."""
    with listening:
        server = _WithoutSignals(config(app))
        served = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield address_of(listening)
        finally:
            server.should_exit = True
            await served
