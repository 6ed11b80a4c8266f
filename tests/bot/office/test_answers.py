from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.office.answers import LONGEST_WAIT, Reply, from_body, from_head
from dialogs.filing import Filing
from dialogs.office import (
    Absent,
    Blocked,
    Busy,
    Filed,
    NotOffered,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)
from tests.bot.office.contract import CONTRACT, judge, operations, resolved
from tests.bot.office.filings import filing

OURS = filing(reference="BN-7Q4ZK2M9XW0T3RVA", practice=False)
SECOND = replace(OURS, revision=2)
STATES = {
    name: example["value"]
    for name, example in CONTRACT["components"]["examples"].items()
    if "state" in example["value"]
}
WITH_FILING = [(method, said) for method, path, said in operations() if path != "/duties"]
RETURNED = Returned((("account_name", "账号名称与平台显示的不一致，请核对。"),), date(2026, 12, 4))
DATE = "Fri, 20 Nov 2026 06:32:00 GMT"


def read(method: str, status: int, state: str, ours: Filing = OURS, **changes: Any) -> object:
    """What the client makes of an example of the contract, with some members changed."""
    return from_body(Reply(method, status, json.dumps(STATES[state] | changes).encode()), ours)


@pytest.mark.parametrize(("method", "said"), WITH_FILING)
@pytest.mark.parametrize("state", ["Filed", "Received", "Returned", "Rejected", "Withdrawn", "Absent"])
def test_a_state_counts_only_where_the_contract_has_it(method: str, said: Any, state: str) -> None:
    """A body that contradicts its status, or comes where it has no place, proves nothing."""
    for status in (200, 201, 202, 204, 404, 409, 422):
        response = resolved(said["responses"].get(str(status), {}))
        its_schema = response.get("content", {}).get("application/json", {}).get("schema", False)
        allowed = its_schema is not False and judge(its_schema).is_valid(STATES[state])
        if (method, status) == ("PUT", 404):
            assert from_head(method, status, {}) == Blocked(404)
        elif from_head(method, status, {}) is None:
            assert isinstance(read(method, status, state), Unclear) != allowed
        else:
            assert not allowed


def test_states_become_answers() -> None:
    """Every state of the contract has its word in `dialogs.office`, with all that it says."""
    filed = read("POST", 201, "Filed")
    assert isinstance(filed, Filed)
    assert (filed.receipt.number, filed.receipt.revision, filed.receipt.practice) == (
        "示例备2026004217号",
        1,
        False,
    )
    received = read("POST", 202, "Received")
    assert isinstance(received, Received)
    assert received.retry_after == 3600
    assert str(received.until) == "2026-11-27 18:00:00+08:00"
    assert read("POST", 202, "Received", retry_after=None, until=None) == Received()
    assert read("POST", 422, "Returned") == RETURNED
    assert read("POST", 422, "Returned", until=None) == replace(RETURNED, until=None)
    assert read("GET", 200, "Rejected") == Rejected("The account is registered with another office.")
    assert read("DELETE", 200, "Withdrawn") == Withdrawn()
    assert read("GET", 404, "Absent") == Absent()


@pytest.mark.parametrize(
    ("method", "status", "state", "ours", "expected"),
    [
        ("POST", 201, "Filed", replace(OURS, reference="BN-0000000000000000"), Unclear("foreign_receipt")),
        ("POST", 201, "Filed", SECOND, Unclear("foreign_receipt")),
        ("POST", 201, "FiledAgain", OURS, Unclear("foreign_receipt")),
        ("PUT", 200, "Filed", SECOND, Unclear("foreign_receipt")),
        ("POST", 422, "Returned", replace(OURS, reference="BN-0000000000000000"), Unclear("foreign_answer")),
        ("PUT", 422, "Rejected", SECOND, Unclear("foreign_answer")),
        ("GET", 404, "Absent", replace(OURS, reference="BN-0000000000000000"), Unclear("foreign_answer")),
        ("GET", 200, "Filed", SECOND, Absent()),
        ("GET", 200, "Returned", SECOND, Absent()),
        ("GET", 202, "Received", SECOND, Absent()),
        ("GET", 200, "FiledAgain", OURS, Unclear("foreign_receipt")),
        ("PUT", 409, "Returned", SECOND, Blocked(409)),
        ("PUT", 409, "FiledAgain", OURS, Unclear("foreign_receipt")),
        ("PUT", 409, "Returned", OURS, RETURNED),
    ],
)
def test_an_answer_must_be_about_this_revision_of_this_filing(
    method: str, status: int, state: str, ours: Filing, expected: object
) -> None:
    """A look-up that finds the revision before ours proves that ours is not there; nothing else is taken."""
    assert read(method, status, state, ours) == expected


@pytest.mark.parametrize(
    ("number", "marked", "ours_is_practice", "taken"),
    [
        ("PRACTICE-2026-000001", True, True, True),
        ("XA-1", False, False, True),
        ("PRACTICE-2026-000001", True, False, False),
        ("PRACTICE-2026-000001", False, False, False),
        ("PRACTICE-2026-000001", False, True, False),
        ("XA-1", True, True, False),
        ("XA-1", True, False, False),
        ("XA-1", False, True, False),
    ],
)
def test_practice_is_never_mistaken(number: str, marked: bool, ours_is_practice: bool, taken: bool) -> None:
    """A receipt counts only if filing, mark and number agree on whether this is practice."""
    receipt = STATES["Filed"]["receipt"] | {"number": number, "practice": marked}
    answer = read("POST", 201, "Filed", replace(OURS, practice=ours_is_practice), receipt=receipt)
    assert answer == Unclear("practice") if not taken else isinstance(answer, Filed)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        *((status, {}, Blocked(status)) for status in (400, 401, 403, 408, 410, 413, 415, 418, 451)),
        *((status, {}, Unclear("redirect")) for status in (300, 301, 302, 303, 304, 307, 308)),
        *((status, {}, Unclear(f"http_{status}")) for status in (203, 204, 206, 500, 502, 503, 504, 599)),
        (500, {"Retry-After": "7"}, Unclear("http_500", 7)),
        (503, {"Retry-After": "7"}, Unclear("http_503", 7)),
        (503, {"Retry-After": "soon"}, Unclear("http_503")),
        (307, {"Retry-After": "7"}, Unclear("redirect")),
        (429, {}, Busy()),
        (429, {"Retry-After": "0"}, Busy(0)),
        (429, {"Retry-After": " 120 "}, Busy(120)),
        (429, {"Retry-After": "9999999999"}, Busy(LONGEST_WAIT)),
        (429, {"Retry-After": "99999999999"}, Busy()),
        (429, {"Retry-After": "-1"}, Busy()),
        (429, {"Retry-After": "1.5"}, Busy()),
        (429, {"Retry-After": "１２"}, Busy()),
        (429, {"Retry-After": DATE}, Busy()),
        (429, {"Retry-After": DATE, "Date": "yesterday"}, Busy()),
        (429, {"Retry-After": DATE, "Date": "Fri, 20 Nov 2026 06:30:00 GMT"}, Busy(120)),
        (429, {"Retry-After": DATE, "Date": "Fri, 20 Nov 2026 06:30:00 -0000"}, Busy()),
        (429, {"Retry-After": DATE, "Date": "Fri, 20 Nov 2026 07:00:00 GMT"}, Busy(0)),
        (429, {"Retry-After": DATE, "Date": "Fri, 20 Nov 2020 06:30:00 GMT"}, Busy(LONGEST_WAIT)),
        (503, {"Retry-After": DATE, "Date": "Fri, 20 Nov 2026 06:31:59 GMT"}, Unclear("http_503", 1)),
    ],
)
def test_what_the_head_alone_says(
    method: str, status: int, headers: dict[str, str], expected: object
) -> None:
    """Refusals are final, doubts stay doubts, and only the office's own word means: not taken."""
    assert from_head(method, status, headers) == expected


@pytest.mark.parametrize("status", [405, 501])
@pytest.mark.parametrize(
    ("method", "offered"), [("GET", False), ("DELETE", False), ("POST", True), ("PUT", True)]
)
def test_what_an_office_does_not_offer(method: str, offered: bool, status: int) -> None:
    """Without a look-up or a withdrawal one can live; an office that takes no filings is none."""
    assert from_head(method, status, {}) == (Blocked(status) if offered else NotOffered())
