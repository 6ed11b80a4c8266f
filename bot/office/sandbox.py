"""The practice office: `openapi.yaml` over real HTTP, so that a learner can meet every outcome.

It is no authority and says so in every statement and receipt. It is stricter than most: whatever is not as
the contract says is refused. Its filings are its own, kept in its own folder; nothing of `storage` is used.

What the field `account_name` contains decides; of several markers, the first that has an effect:

    [reject]   refused for good
    [return]   revision 1 comes back for correction, naming that field; later ones are filed
    [later]    received first, filed at the second look-up
    (none)     filed at once

A filing that names a duty outside its list is refused for good. It speaks English and Chinese.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.office.reading import GarbageError
from bot.office.sandbox_counter import AsksForToken, Counter, refused
from bot.office.sandbox_desk import Desk
from bot.office.sandbox_store import Store

DUTIES = (
    "cn-xian-2017/weibo-individual",
    "cn-xian-2017/weibo-body",
    "cn-xian-2017/wechat",
    "cn-xian-2017/body",
    "cn-xian-2017/website",
    "cn-xian-2017/branch",
)


def now_in_xian() -> datetime:
    """The practice office's clock."""
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def make_app(
    folder: Path,
    *,
    token: str | None = None,
    duties: Collection[str] = DUTIES,
    now: Callable[[], datetime] = now_in_xian,
) -> Starlette:
    """A practice office that keeps its filings in `folder` and collects under these duties.

    Given a `token`, it asks every request for it. `now` tells the time in its zone.
    """
    counter = Counter(Desk(Store(folder), duties, now))
    filing = "/filings/{reference}"
    return Starlette(
        routes=[
            Route("/duties", counter.list_duties, methods=["GET"]),
            Route("/filings", counter.create, methods=["POST"]),
            Route(filing, counter.answer, methods=["GET", "PUT", "DELETE"]),
        ],
        middleware=[] if token is None else [Middleware(AsksForToken, token=token)],
        exception_handlers={HTTPException: refused, GarbageError: refused},
    )


async def serve(
    folder: Path, host: str, port: int, token: str | None, announce: Callable[[str], None] | None = None
) -> None:
    """Runs a practice office until SIGINT or SIGTERM. Raises OSError if it cannot listen there.

    `announce` is told its address once it listens; with port 0 it finds a free one.
    """
    family, shown = (socket.AF_INET6, f"[{host}]") if ":" in host else (socket.AF_INET, host)
    with socket.create_server((host, port), family=family) as listener:
        server = uvicorn.Server(_config(make_app(folder, token=token)))
        if announce is not None:
            announce(f"http://{shown}:{listener.getsockname()[1]}")
        await server.serve(sockets=[listener])


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[str]:
    """A practice office within the running event loop, for this machine only. Yields its address."""
    async with listening(make_app(folder)) as address:
        yield address


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[str]:
    """Serves an app at a free port of this machine within the running event loop. Yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _WithoutSignals(_config(app))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


class _WithoutSignals(uvicorn.Server):
    """A server that leaves SIGINT and SIGTERM to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
    )
