from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bot.office.client import OfficeClient, OfficeUnreachable
from bot.office.outgoing import check_request
from dialogs.office import Filed, Receipt
from dialogs.rules.statement import Statement
from tests.bot.office.examples import FILED, OURS, WHOLE
from tests.bot.office.faults import http, office_that_answers, told
from tests.bot.office.filings import filing

pytestmark = pytest.mark.anyio

TOKEN = "s3cret.Token-42"  # noqa: S105 - invented
STATEMENT = {
    "id": "cn-example-2026/weibo",
    "collects": True,
    "since": "2026-11-02",
    "until": None,
    "basis": "",
    "deadline": "",
    "documents": ["ID card"],
    "contact": "",
    "stated_at": "2026-11-20T01:00:00Z",
    "practice": False,
}


async def test_a_receipt_is_read_whole() -> None:
    """What the owner keeps is what the office wrote."""
    async with office_that_answers(WHOLE) as office, OfficeClient(office.address) as client:
        issued_at = datetime.fromisoformat("2026-11-20T14:32:00+08:00")
        number, name = "PRACTICE-2026-000001", "Practice office"
        receipt = Receipt(number, OURS.reference, 1, name, issued_at, practice=True)
        assert await client.create(OURS) == Filed(receipt)


@pytest.mark.parametrize(
    ("step", "revision", "line"),
    [
        ("create", 1, "POST /v1/filings"),
        ("correct", 2, "PUT /v1/filings/{}"),
        ("look_up", 2, "GET /v1/filings/{}"),
        ("withdraw", 2, "DELETE /v1/filings/{}"),
    ],
)
async def test_what_leaves_is_what_was_confirmed(step: str, revision: int, line: str) -> None:
    """Nothing more than the contract asks for: the key unless only looking, the body when filing."""
    ours = filing(revision=revision)
    async with office_that_answers(b"") as office, OfficeClient(f"{office.address}/v1/", TOKEN) as client:
        await getattr(client, step)(ours, language="zh_CN")
        head, _, body = office.asked[0].decode().partition("\r\n\r\n")
        first, *rest = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (entry.partition(": ") for entry in rest)}
        assert first == f"{line} HTTP/1.1".format(ours.reference)
        expected = {
            "host": office.address.removeprefix("http://"),
            "accept": "application/json",
            "accept-encoding": "identity",
            "accept-language": "zh-CN",
            "authorization": f"Bearer {TOKEN}",
            "user-agent": "beian",
        }
        if step != "look_up":
            expected["idempotency-key"] = f"{ours.reference}.{revision}"
        if step in ("create", "correct"):
            expected |= {"content-type": "application/json", "content-length": str(len(body.encode()))}
            assert json.loads(body) == {
                "reference": ours.reference,
                "revision": revision,
                "form": "xian/individual",
                "duties": ["cn-xian-2017/weibo-individual"],
                "rulebook": "3f9c2a71",
                "confirmed_at": "2026-11-20T06:31:58+00:00",
                "fields": dict(ours.fields),
            }
        else:
            headers.pop("content-length", None)
            assert body == ""
        assert headers == expected


async def test_duties_are_read() -> None:
    """An office's statements arrive as they were made."""
    answer = told(200, [STATEMENT, STATEMENT | {"id": "cn-example-2026/wechat", "until": "2026-11-02"}])
    async with office_that_answers(answer) as office, OfficeClient(office.address) as client:
        first, second = await client.duties()
    assert first == Statement(
        duty="cn-example-2026/weibo",
        collects=True,
        since=date(2026, 11, 2),
        stated_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
        documents=("ID card",),
    )
    assert (second.duty, second.until) == ("cn-example-2026/wechat", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "cut"),
        (http(200, b"<p>Welcome", kind="text/html"), "garbage"),
        (told(200, [STATEMENT | {"collects": "yes"}]), "garbage"),
        (told(200, [STATEMENT, STATEMENT]), "garbage"),
        (told(200, [STATEMENT, STATEMENT | {"id": "cn-example-2026/wechat", "practice": True}]), "garbage"),
        (told(200, [STATEMENT | {"until": "2026-11-01"}]), "garbage"),
        (told(200, FILED), "garbage"),
        (told(202, [STATEMENT]), "http_202"),
        (told(404, []), "http_404"),
        (http(302, b"", "Location: /elsewhere"), "redirect"),
        (http(401), "http_401"),
        (http(429), "busy"),
        (http(500), "http_500"),
    ],
)
async def test_without_readable_statements_the_office_counts_as_unreachable(answer: bytes, why: str) -> None:
    """No half of a list is believed; the reason is a code, with no exception of the line behind it."""
    async with office_that_answers(answer) as office, OfficeClient(office.address, TOKEN) as client:
        with pytest.raises(OfficeUnreachable) as caught:
            await client.duties()
    assert str(caught.value) == why
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "office.example",
        "ftp://office.example",
        "http://office.example",
        "http://10.0.0.1",
        "http://127.0.0.1.office.example",
        "https://",
        "https://name@office.example",
        "https://name:word@office.example",
        "https://office.example/?to=x",
        "https://office.example/#x",
    ],
)
async def test_unsafe_addresses_are_refused_at_once(address: str) -> None:
    """Details of owners go to one host, encrypted unless it is this machine."""
    with pytest.raises(ValueError, match="office"):
        OfficeClient(address)


@pytest.mark.parametrize(
    "address", ["https://office.example/v1", "http://localhost:8080", "http://[::1]:80/"]
)
async def test_safe_addresses_are_taken(address: str) -> None:
    """An address is shown without its last slash, and without the token."""
    async with OfficeClient(address, TOKEN) as client:
        assert repr(client) == f"OfficeClient('{address.rstrip('/')}')"


@pytest.mark.parametrize("token", ["", "two words", "a\r\nHost: evil.example", "令牌"])
async def test_what_cannot_be_a_token_is_refused_without_repeating_it(token: str) -> None:
    """A slip in the settings is told in words that can go to a log."""
    with pytest.raises(ValueError, match=r"bearer token as RFC 6750 has it$"):
        OfficeClient("https://office.example", token)


@pytest.mark.parametrize("reference", ["", "../duties", "BN-7Q4ZK2M9XW0T3RVA/../..", "BN-7Q4ZK2M9XW0T3RVU"])
async def test_only_requests_of_the_contract_leave(reference: str) -> None:
    """A reference that is none raises, and nothing is sent."""
    async with office_that_answers(WHOLE) as office, OfficeClient(office.address) as client:
        with pytest.raises(ValueError, match="not a request of the contract"):
            await client.look_up(filing(reference=reference))
        assert office.asked == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/filings"),
        ("DELETE", "/filings"),
        ("POST", "/duties"),
        ("POST", f"/filings/{OURS.reference}"),
        ("GET", "/filings"),
        ("GET", "https://elsewhere.example/duties"),
        ("GET", "/duties\n"),
    ],
)
def test_other_methods_and_paths_are_not_of_the_contract(method: str, path: str) -> None:
    """The list of what may leave is closed."""
    with pytest.raises(ValueError, match="not a request of the contract"):
        check_request(method, path)
