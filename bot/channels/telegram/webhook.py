"""The webhook: HTTP 200 is the confirmation, so it is given only when the update is committed."""

from __future__ import annotations

import hmac
import json
import logging
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.intake import Intake
from bot.received import NotTaken

log = logging.getLogger(__name__)

LARGEST = 1 << 20
"""Bytes of one update; Telegram's own are far smaller."""


def path_of(secret: str) -> str:
    """Where updates are delivered: not to be guessed, the same in every process, no token and no secret."""
    return "/telegram/" + hmac.new(secret.encode(), b"path", sha256).hexdigest()[:32]


def route(intake: Intake, secret: str) -> Route:
    """The route to which Telegram delivers."""

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        raw = _parsed(body) if body is not None else None
        if raw is None:
            return Response(status_code=400)
        try:
            await intake.take([raw])
        except NotTaken:
            log.warning("update not taken")
            return Response(status_code=503)
        return Response(status_code=200)

    return Route(path_of(secret), receive, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """The body, if it is of a sane size."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body


def _parsed(body: bytes) -> dict[str, object] | None:
    try:
        raw = json.loads(body)  # it takes halves of characters, which Telegram may send
    except (ValueError, RecursionError):
        return None
    known = isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
    return raw if known else None
