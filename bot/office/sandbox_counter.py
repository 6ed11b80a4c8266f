"""Where the practice office speaks HTTP: requests are read, handed to its desk, and answered."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.office.reading import MOST_BYTES, REFERENCE
from bot.office.sandbox_desk import Desk, Settled
from bot.office.sandbox_paper import Language, Submitted, read_filing, standing

_KEY = re.compile(rf"(?P<reference>{REFERENCE.pattern})\.(?P<revision>[1-9][0-9]{{0,2}})")
_WISH = re.compile(
    r"(?P<language>en|zh)(?:-[-\w]*)?\s*(?:;\s*q=(?P<weight>[01](?:\.[0-9]{0,3})?))?", re.IGNORECASE
)


class Counter:
    """Answers the requests of the contract with what the desk decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list_duties(self, request: Request) -> Response:
        """What the office collects."""
        language(request)
        return _json(200, self._desk.statements())

    async def create(self, request: Request) -> Response:
        """Takes the first revision of a filing."""
        spoken = language(request)
        filing = await _filing(request)
        if filing.revision != 1:
            raise HTTPException(400, "revision: expected 1")
        settled = await run_in_threadpool(self._desk.submit, filing)
        return _told(request.method, filing.reference, settled, spoken)

    async def answer(self, request: Request) -> Response:
        """Looks a filing up, takes a later revision of it, or withdraws it."""
        spoken, reference = language(request), request.path_params["reference"]
        if not REFERENCE.fullmatch(reference):
            raise HTTPException(400, "reference: expected BN- and 16 characters")
        if request.method == "PUT":
            filing = await _filing(request)
            if filing.reference != reference or filing.revision == 1:
                raise HTTPException(400, "expected the reference of the path, and a revision after the first")
            settled = await run_in_threadpool(self._desk.submit, filing)
        elif request.method == "DELETE":
            settled = await run_in_threadpool(self._desk.withdraw, reference, _withdrawn(request, reference))
        else:
            settled = await run_in_threadpool(self._desk.look_up, reference)
        return _told(request.method, reference, settled, spoken)


class AsksForToken:
    """Lets requests through that carry the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = dict(scope["headers"])
        if hmac.compare_digest(headers.get(b"authorization", b""), self._expected):
            await self._app(scope, receive, send)
        else:
            answer = _problem(401, "expected the office's token", {"WWW-Authenticate": "Bearer"})
            await answer(scope, receive, send)


async def refused(_: Request, error: Exception) -> Response:
    """The answer to a request that is not as the contract says."""
    if isinstance(error, HTTPException):
        return _problem(error.status_code, error.detail, error.headers)
    return _problem(400, str(error))


def language(request: Request) -> Language:
    """The one of its languages that the request likes best; English if none."""
    accepted = request.headers.get("Accept-Language", "")
    if len(accepted) > 100:
        raise HTTPException(400, "Accept-Language: expected 100 characters at most")
    wishes = [wish for part in accepted.split(",") if (wish := _WISH.fullmatch(part.strip()))]
    best = max(wishes, key=lambda wish: float(wish["weight"] or 1), default=None)
    return "zh" if best and best["language"].lower() == "zh" else "en"


async def _filing(request: Request) -> Submitted:
    """The filing in the body, which must be the one that the key names."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "expected application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"expected {MOST_BYTES} bytes at most")
    filing = read_filing(bytes(body))
    if _key(request) != (filing.reference, filing.revision):
        raise HTTPException(400, "Idempotency-Key: expected reference and revision of the body")
    return filing


def _withdrawn(request: Request, reference: str) -> int:
    """The revision to be withdrawn."""
    named, revision = _key(request)
    if named != reference:
        raise HTTPException(400, "Idempotency-Key: expected the reference of the path")
    return revision


def _key(request: Request) -> tuple[str, int]:
    key = _KEY.fullmatch(request.headers.get("Idempotency-Key", ""))
    if key is None:
        raise HTTPException(400, "Idempotency-Key: expected <reference>.<revision>")
    return key["reference"], int(key["revision"])


def _told(method: str, reference: str, settled: Settled | None, spoken: Language) -> Response:
    """The filing as it stands, or that it is not there."""
    if settled is None:
        return _json(404, {"state": "absent", "reference": reference})
    told, status = standing(settled.record, spoken), _status(method, settled)
    headers: dict[str, str] = {"Content-Language": spoken}
    if method == "POST" and status < 300:
        headers["Location"] = f"filings/{reference}"  # beside `filings`, wherever a proxy has put that
    return _json(status, told, headers)


def _status(method: str, settled: Settled) -> int:
    state = settled.record.state
    if settled.by == "conflict":
        return 409
    if state == "received":
        return 202
    if state in ("returned", "rejected") and method in ("POST", "PUT"):
        return 422
    return 201 if method == "POST" and settled.by == "this" else 200


def _json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(value), status, headers, "application/json")


def _problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    problem = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(orjson.dumps(problem), status, headers, "application/problem+json")
