from __future__ import annotations

import json
import logging

import pytest

from bot.office.client import OfficeClient
from dialogs.office import Answer, Blocked, Busy, Unclear, Withdrawn
from tests.bot.office.examples import FILED, NAMED, OURS, RECEIPT, WHOLE
from tests.bot.office.faults import http, nobody, office_that_answers, told
from tests.bot.office.filings import SECRETS

pytestmark = pytest.mark.anyio

TOKEN = "s3cret.Token-42"  # noqa: S105 - invented
CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
HTML = b"<!doctype html><title>Welcome</title><p>Filed. PRACTICE-2026-000001"
FAULTS: dict[str, tuple[bytes, object]] = {
    "hangs up at once": (b"", Unclear("cut")),
    "cut in the status line": (WHOLE[:12], Unclear("cut")),
    "cut in the head": (WHOLE[:40], Unclear("cut")),
    "cut in the body": (WHOLE[:-20], Unclear("cut")),
    "cut in a chunk": (http(201, b"ff\r\n{", "Transfer-Encoding: chunked"), Unclear("cut")),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", Unclear("cut")),
    "a head without end": (b"HTTP/1.1 201 Created\r\nX: " + b"x" * 100_000, Unclear("cut")),
    "HTML with 200": (http(200, HTML, kind="text/html"), Unclear("garbage")),
    "HTML said to be JSON": (http(201, HTML), Unclear("garbage")),
    "JSON said to be HTML": (http(201, json.dumps(FILED).encode(), kind="text/html"), Unclear("garbage")),
    "truncated JSON": (http(201, json.dumps(FILED).encode()[:-5]), Unclear("garbage")),
    "no body": (http(201), Unclear("garbage")),
    "not UTF-8": (http(201, b'{"state": "\xff"}'), Unclear("garbage")),
    "deep JSON": (http(201, b"[" * 100_000), Unclear("garbage")),
    "not a number": (
        told(201, FILED | {"receipt": RECEIPT | {"revision": float("nan")}}),
        Unclear("garbage"),
    ),
    "compressed": (http(201, b"\x1f\x8b\x08\x00", "Content-Encoding: gzip"), Unclear("garbage")),
    "an unknown state": (told(200, NAMED | {"state": "fine"}), Unclear("garbage")),
    "no state": (told(200, NAMED), Unclear("garbage")),
    "one member more": (told(201, FILED | {"note": ""}), Unclear("garbage")),
    "a naive time": (
        told(201, FILED | {"receipt": RECEIPT | {"issued_at": "2026-11-20T14:32:00"}}),
        Unclear("garbage"),
    ),
    "1 GB declared": (http(201, b"{", "Content-Length: 1000000000"), Unclear("too_large")),
    "too much in chunks": (
        http(
            201,
            b"10000\r\n" + b" " * 65536 + (b"\r\n10000\r\n" + b" " * 65536) * 4,
            "Transfer-Encoding: chunked",
        ),
        Unclear("too_large"),
    ),
    "a foreign receipt": (
        told(201, {"state": "filed", "receipt": RECEIPT | {"reference": "BN-ZZZZZZZZZZZZZZZZ"}}),
        Unclear("foreign_receipt"),
    ),
    "a receipt for another revision": (
        told(201, {"state": "filed", "receipt": RECEIPT | {"revision": 2}}),
        Unclear("foreign_receipt"),
    ),
    "a real number for a practice run": (
        told(201, {"state": "filed", "receipt": RECEIPT | {"number": "XA-1", "practice": False}}),
        Unclear("practice"),
    ),
    "filed and not yet": (told(202, FILED), Unclear("contradiction")),
    "conflict without a state": (told(409, {"title": "Conflict", "status": 409}), Unclear("garbage")),
    "conflict with the standing filing": (told(409, NAMED | {"state": "withdrawn"}), Withdrawn()),
    "an error": (told(500, FILED), Unclear("http_500")),
    "closed": (http(503), Unclear("http_503")),
    "closed until": (http(503, b"", "Retry-After: 30"), Unclear("http_503", 30)),
    "too many": (http(429), Busy()),
    "too many until": (http(429, b"", "Retry-After: 30"), Busy(30)),
    "too many until a date": (
        http(429, b"", "Retry-After: Fri, 20 Nov 2026 07:00:00 GMT", "Date: Fri, 20 Nov 2026 06:59:00 GMT"),
        Busy(60),
    ),
    "malformed": (http(400), Blocked(400)),
    "no token": (http(401), Blocked(401)),
    "not allowed": (http(403), Blocked(403)),
    "not found": (told(404, {"state": "absent", "reference": OURS.reference}), Blocked(404)),
    "a teapot": (http(418), Blocked(418)),
    "filings are not taken": (http(405), Blocked(405)),
}


@pytest.mark.parametrize(("answer", "expected"), FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_never_taken_for_more_than_it_proves(answer: bytes, expected: object) -> None:
    """Whatever comes back over a real line, the request leaves once and nothing unproven is claimed."""
    async with office_that_answers(answer) as office, OfficeClient(office.address) as client:
        assert await client.create(OURS) == expected
        assert len(office.asked) == 1


@pytest.mark.parametrize("answer", [b"", WHOLE[:40], WHOLE[:-20]])
async def test_waiting_ends(answer: bytes) -> None:
    """An office that falls silent, before its answer or within it, is not waited for beyond the time-out."""
    async with (
        office_that_answers(answer, silent=True) as office,
        OfficeClient(office.address, timeout=0.05) as client,
    ):
        assert await client.create(OURS) == Unclear("timeout")


@pytest.mark.parametrize("step", ["create", "correct", "look_up", "withdraw"])
async def test_a_broken_line_is_not_tried_again(step: str) -> None:
    """Not even where HTTP would allow it: whether to send again is not the client's to decide."""
    async with office_that_answers(b"") as office, OfficeClient(office.address) as client:
        assert await getattr(client, step)(OURS) == Unclear("cut")
        assert len(office.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_lead_nowhere(status: int) -> None:
    """What the owner confirmed for one office never reaches another."""
    async with office_that_answers(WHOLE) as other:
        answer = http(status, b"", f"Location: {other.address}/filings")
        async with office_that_answers(answer) as office, OfficeClient(office.address) as client:
            assert await client.create(OURS) == Unclear("redirect")
            assert other.asked == []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("create", Busy()),
        ("correct", Busy()),
        ("withdraw", Busy()),
        ("look_up", Unclear("unreachable")),
    ],
)
async def test_where_nobody_listens_nothing_was_sent(step: str, expected: Answer) -> None:
    """No line proves that nothing arrived now; of what was sent earlier it proves nothing."""
    with nobody() as address:
        async with OfficeClient(address) as client:
            assert await getattr(client, step)(OURS) == expected


@pytest.mark.parametrize("answer", [WHOLE, b"", http(401), http(500), WHOLE[:-20]])
async def test_logs_tell_nothing_about_an_owner(answer: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Not even at the most talkative level, nor does the token show."""
    caplog.set_level(logging.DEBUG)
    async with office_that_answers(answer) as office, OfficeClient(office.address, TOKEN) as client:
        await client.create(OURS)
    assert not [word for word in (*SECRETS, TOKEN) if word in caplog.text]
