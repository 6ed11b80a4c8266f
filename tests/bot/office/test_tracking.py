"""Where an answer says that the filing can be tracked."""

from __future__ import annotations

import pytest

from bot.office.client import OfficeClient
from bot.office.outgoing import leads_to
from dialogs.office import Filed, Received, Unclear
from tests.bot.office.examples import FILED, NAMED, OURS
from tests.bot.office.faults import office_that_answers, told

pytestmark = pytest.mark.anyio

BASE = "https://office.example/v1"
PATH = f"/v1/filings/{OURS.reference}"
RECEIVED = NAMED | {"state": "received"}
OWN = f"/filings/{OURS.reference}"
FOREIGN = "https://elsewhere.example/filings/1"


@pytest.mark.parametrize(
    "tracked",
    [
        f"https://office.example{PATH}",
        f"https://office.example:443{PATH}",
        f"HTTPS://OFFICE.example{PATH}",
        f"//office.example{PATH}",
        PATH,
        f"filings/{OURS.reference}",
        f"./filings/../filings/{OURS.reference}",
    ],
)
def test_an_address_may_be_told_in_any_way(tracked: str) -> None:
    """Whole, without the host, or beside the address of the request."""
    assert leads_to(tracked, f"{BASE}/filings", BASE + f"/filings/{OURS.reference}")


@pytest.mark.parametrize(
    "tracked",
    [
        "",
        f"https://elsewhere.example{PATH}",
        f"https://office.example.elsewhere.example{PATH}",
        f"https://elsewhere.example/https://office.example{PATH}",
        f"https://office.example:8443{PATH}",
        f"https://office.example:0{PATH}",
        f"https://office.example:port{PATH}",
        f"http://office.example{PATH}",
        f"http://office.example:443{PATH}",
        f"ftp://office.example{PATH}",
        f"https://office.example@elsewhere.example{PATH}",
        f"https://elsewhere.example@office.example{PATH}",
        f"https://:@office.example{PATH}",
        f"//elsewhere.example{PATH}",
        f"///elsewhere.example{PATH}",
        f"\\\\elsewhere.example{PATH}",
        f"https://office.example\\@elsewhere.example{PATH}",
        f"https://[office.example]{PATH}",
        f"https://[::1{PATH}",
        "/v1/filings/BN-ZZZZZZZZZZZZZZZZ",
        f"/v1/filings/{OURS.reference.lower()}",
        f"/v1/filings/%42{OURS.reference[1:]}",
        f"/filings/{OURS.reference}",
        f"{PATH}/",
        f"{PATH}?to=elsewhere",
        f"{PATH}#elsewhere",
        f"{PATH}/../BN-ZZZZZZZZZZZZZZZZ",
        f"{PATH}\t",
        f" {PATH}",
        f"{PATH}\u00e9",
        "javascript:0",
        OURS.reference,
    ],
)
def test_any_other_address_is_not_ours(tracked: str) -> None:
    """Another host, port, scheme, user or reference; or one that readers of addresses would not agree on."""
    assert not leads_to(tracked, f"{BASE}/filings", BASE + f"/filings/{OURS.reference}")


@pytest.mark.parametrize(
    ("step", "status", "said"),
    [
        ("create", 200, FILED),
        ("create", 201, FILED),
        ("create", 202, RECEIVED),
        ("look_up", 200, FILED),
        ("look_up", 202, RECEIVED),
    ],
)
@pytest.mark.parametrize(
    ("addresses", "proves"),
    [((OWN,), True), ((FOREIGN,), False), ((OWN, FOREIGN), False)],
)
async def test_an_answer_with_a_foreign_address_proves_nothing(
    step: str, status: int, said: object, addresses: tuple[str, ...], proves: bool
) -> None:
    """Whoever answers so may not be the office; nobody goes there."""
    answer = told(status, said, *(f"Location: {one}" for one in addresses))
    async with office_that_answers(answer) as office, OfficeClient(office.address) as client:
        got = await getattr(client, step)(OURS)
        assert (got != Unclear("foreign_address")) is isinstance(got, Filed | Received) is proves
        assert len(office.asked) == 1
