from __future__ import annotations

import json
from typing import Any

import pytest

from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, result_of

pytestmark = pytest.mark.anyio

HELLO = {"chat_id": "1001", "text": "字 & 😀"}


@pytest.mark.parametrize(
    "encoded",
    [
        {"params": HELLO},
        {"data": HELLO},
        {"json": HELLO | {"chat_id": 1001, "protect_content": False, "reply_markup": None}},
        {"params": {"chat_id": "1001"}, "data": {"text": HELLO["text"]}},
    ],
)
async def test_parameters_come_in_every_encoding(api: Raw, person: Person, encoded: dict[str, Any]) -> None:
    """Query, form and JSON say the same."""
    async with api.http.post(api.address("sendMessage"), **encoded) as response:
        assert (await result_of(response))["text"] == HELLO["text"]
    (call,) = api.server.called("sendMessage")
    assert call.parameters["chat_id"] == "1001"


async def test_method_names_take_any_case(api: Raw) -> None:
    """As Telegram's do, by GET as well."""
    async with api.http.get(api.address("GETME")) as response:
        assert (await result_of(response))["id"] == 4200000042


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot{token}/getHim", 404, "Not Found: method not found"),
        ("bot{token}/sendPhoto", 404, "Not Found: method not found"),
        ("bot4200000042:BBB-invented_for_the_tests-00000000/getMe", 401, "Unauthorized"),
        ("botsecret/getMe", 404, "Not Found"),
        ("somewhere", 404, "Not Found"),
        ("file/bot{token}/documents/file_1.pdf", 404, "Not Found"),
        ("file/botsecret/documents/file_1.pdf", 404, "Not Found"),
    ],
)
async def test_what_is_not_there(api: Raw, path: str, status: int, description: str) -> None:
    """Unknown methods, tokens and paths are refused in Telegram's own shape."""
    address = f"{api.server.url}/{path.format(token=api.server.token)}"
    async with api.http.get(address) as response:
        with pytest.raises(Refused) as refusal:
            await result_of(response)
    assert (refusal.value.status, str(refusal.value)) == (status, description)


@pytest.mark.parametrize("body", [b"{", b"[]", b"5", b"\xff", b'{"text": "\\ud800"}'])
async def test_wrong_json_is_refused(api: Raw, body: bytes) -> None:
    """400, and the call is on record."""
    headers = {"Content-Type": "application/json"}
    async with api.http.post(api.address("sendMessage"), data=body, headers=headers) as response:
        with pytest.raises(Refused) as refusal:
            await result_of(response)
    assert refusal.value.status == 400
    assert [call.status for call in api.server.called("sendMessage")] == [400]


async def test_calls_are_on_record(api: Raw, person: Person) -> None:
    """Each with its parameters and what became of it; refusals stand out."""
    await api.say("x", person.chat.id)
    with pytest.raises(Refused):
        await api.say("", person.chat.id)
    done, refused = api.server.called("sendMessage")
    assert (done.status, done.acted, done.chat_id, done.description) == (200, True, 1001, "")
    assert (refused.status, refused.acted) == (400, False)
    assert refused.description == "Bad Request: message text is empty"
    assert refused.at == api.server.clock()
    assert api.server.refusals() == [refused]
    assert done.answer is not None
    assert json.loads(done.answer.body)["result"]["text"] == "x"
