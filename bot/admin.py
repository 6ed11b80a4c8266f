"""What an operator may ask a serving process, at an address of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Troubles = Callable[[], Awaitable[Mapping[str, str]]]
"""What keeps the process from its work now, by the part that it concerns; empty if nothing does."""


def make_app(troubles: Troubles) -> Starlette:
    """/health answers 200 while the process lives; /ready 503 while something is wrong, and says what."""

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    async def ready(_request: Request) -> JSONResponse:
        found = await troubles()
        return JSONResponse({"ready": not found, "troubles": dict(found)}, status_code=503 if found else 200)

    return Starlette(routes=[Route("/health", health), Route("/ready", ready)])
