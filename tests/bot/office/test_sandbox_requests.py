from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.office.reading import MOST_BYTES
from tests.bot.office.contract import CONTRACT
from tests.bot.office.practice import Practice, practice

pytestmark = pytest.mark.anyio

BODY = CONTRACT["components"]["examples"]["Filing"]["value"] | {"duties": ["cn-xian-2017/weibo-individual"]}
REFERENCE = BODY["reference"]
KEY = {"Idempotency-Key": f"{REFERENCE}.1"}
SECOND = {"Idempotency-Key": f"{REFERENCE}.2"}
JSON = {"Content-Type": "application/json"}
HERE = f"/filings/{REFERENCE}"


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Practice]:
    """One practice office for all tests here."""
    async with practice(tmp_path_factory.mktemp("office")) as opened:
        yield opened


async def ask(address: str, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Any:
    """One request, and status and JSON of its answer."""
    async with (
        aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as http,
        http.request(method, address + path, headers=headers, data=body or None) as response,
    ):
        return response.status, await response.json(content_type=None)


def packed(**changes: Any) -> bytes:
    """The body of the contract's example, with changes."""
    return json.dumps(BODY | changes).encode()


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/filings", KEY, packed(), 415),
        ("POST", "/filings", KEY | {"Content-Type": "text/plain"}, packed(), 415),
        ("POST", "/filings", KEY | {"Content-Type": "application/jsonx"}, packed(), 415),
        ("POST", "/filings", KEY | JSON, b" " * MOST_BYTES + packed(), 413),
        ("POST", "/filings", KEY | JSON, b"", 400),
        ("POST", "/filings", KEY | JSON, packed()[:-1], 400),
        ("POST", "/filings", KEY | JSON, b"[" * 100_000, 400),
        ("POST", "/filings", KEY | JSON, packed(extra=1), 400),
        ("POST", "/filings", KEY | JSON, packed(fields={}), 400),
        ("POST", "/filings", KEY | JSON, packed(duties=["a/b", "a/b"]), 400),
        ("POST", "/filings", KEY | JSON, packed(confirmed_at="2026-11-20T14:31:58"), 400),
        ("POST", "/filings", JSON, packed(), 400),
        ("POST", "/filings", JSON | {"Idempotency-Key": REFERENCE}, packed(), 400),
        ("POST", "/filings", SECOND | JSON, packed(), 400),
        ("POST", "/filings", SECOND | JSON, packed(revision=2), 400),
        ("POST", "/filings", KEY | JSON | {"Accept-Language": "zh, " * 30}, packed(), 400),
        ("PUT", HERE, KEY | JSON, packed(), 400),
        (
            "PUT",
            "/filings/BN-0000000000000000",
            SECOND | JSON,
            packed(revision=2),
            400,
        ),
        ("PUT", "/filings/BN-0", SECOND | JSON, packed(revision=2), 400),
        ("GET", "/filings/BN-0", {}, b"", 400),
        ("GET", "/duties", {"Accept-Language": "zh, " * 30}, b"", 400),
        ("DELETE", HERE, {}, b"", 400),
        ("DELETE", HERE, {"Idempotency-Key": "BN-0000000000000000.1"}, b"", 400),
        ("DELETE", HERE, {"Idempotency-Key": f"{REFERENCE}.0"}, b"", 400),
    ],
)
async def test_what_is_not_of_the_contract_is_refused(
    office: Practice, method: str, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    """It says what it expected, repeats nothing it was sent, and has changed nothing."""
    answer, problem = await ask(office.address, method, path, headers, body)
    assert answer == status
    assert problem["status"] == status
    assert "expected" in problem["detail"]
    assert BODY["fields"]["resident_id"] not in json.dumps(problem)
    assert (await ask(office.address, "GET", HERE, {}))[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/filings", 405), ("PATCH", HERE, 405), ("POST", "/duties", 405)],
)
async def test_what_it_does_not_offer_it_says_so(
    office: Practice, method: str, path: str, status: int
) -> None:
    """Other paths and methods are refused in the same form."""
    office.judged.faults.clear()
    assert (await ask(office.address, method, path, {}))[1]["status"] == status
    office.judged.faults.clear()


async def test_order_and_spaces_make_no_other_body(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bodies are the same if they hold the same values."""
    async with practice(tmp_path_factory.mktemp("office")) as opened:
        first = await ask(opened.address, "POST", "/filings", KEY | JSON, packed())
        again = json.dumps(dict(reversed(BODY.items())), indent=4, ensure_ascii=False).encode()
        charset = {"Content-Type": "application/json; charset=utf-8"}
        second = await ask(opened.address, "POST", "/filings", KEY | charset, again)
    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]
