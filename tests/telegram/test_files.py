from __future__ import annotations

import pytest

from tests.telegram.errors import Refused
from tests.telegram.files import LARGEST_DOWNLOAD
from tests.telegram.person import Person
from tests.telegram.raw import Raw, raw
from tests.telegram.server import telegram

pytestmark = pytest.mark.anyio


async def fetched(api: Raw, path: str) -> tuple[int, bytes]:
    """What is found at a path."""
    async with api.http.get(f"{api.server.url}/file/bot{api.server.token}/{path}") as response:
        return response.status, await response.read()


async def test_a_file_is_fetched_within_an_hour(api: Raw, person: Person) -> None:
    """After getFile, by its path; later it must be asked for again."""
    sent = person.sends_document("证.pdf", b"%PDF \r\n\x00").content["document"]
    assert (sent["file_name"], sent["file_size"], sent["mime_type"]) == ("证.pdf", 8, "application/pdf")
    assert (await fetched(api, "documents/file_1.pdf"))[0] == 404
    path = (await api("getFile", file_id=sent["file_id"]))["file_path"]
    assert await fetched(api, path) == (200, b"%PDF \r\n\x00")
    api.server.clock.advance(hours=1, seconds=1)
    assert (await fetched(api, path))[0] == 404
    await api("getFile", file_id=sent["file_id"])
    assert (await fetched(api, path))[0] == 200


async def test_large_and_unknown_files_are_refused(api: Raw, person: Person) -> None:
    """20 MB are the most that a bot can fetch."""
    at_most = person.sends_document("a.pdf", b"%PDF", size=LARGEST_DOWNLOAD).content["document"]
    too_much = person.sends_document("b.pdf", b"%PDF", size=LARGEST_DOWNLOAD + 1).content["document"]
    assert await api("getFile", file_id=at_most["file_id"])
    with pytest.raises(Refused, match="file is too big"):
        await api("getFile", file_id=too_much["file_id"])
    with pytest.raises(Refused, match="wrong file_id or the file is temporarily unavailable"):
        await api("getFile", file_id="unknown")


async def test_an_upload_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """413 for a request beyond 50 MB, or less to save time."""
    monkeypatch.setattr("tests.telegram.server.LARGEST_REQUEST", 1000)
    async with telegram() as server, raw(server) as api:
        with pytest.raises(Refused, match="Request Entity Too Large") as refusal:
            await api("sendDocument", chat_id=1001, document=b"x" * 1001)
    assert refusal.value.status == 413
