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

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.listening import address_of, config, listener, serving
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
    with listener(host, port) as door:
        server = uvicorn.Server(config(make_app(folder, token=token)))
        if announce is not None:
            announce(address_of(door))
        await server.serve(sockets=[door])


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[str]:
    """A practice office within the running event loop, for this machine only. Yields its address."""
    async with serving(make_app(folder), listener("127.0.0.1", 0)) as address:
        yield address
