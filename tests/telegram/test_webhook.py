from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.listening import listener, serving
from tests.telegram.bell import Bell
from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw, inline
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

OK = Response()
SECRET = "s3cret-_"  # noqa: S105 - invented
HTTPS = "https://bot.example"


class Bot:
    """A bot's web server: keeps what it gets, and answers as it is told."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self.got: list[tuple[dict[str, Any], str | None]] = []
        self.answers: Callable[[dict[str, Any]], Response] = lambda _: OK
        self.gates: dict[str, asyncio.Event] = {}
        self.url = ""

    async def take(self, request: Request) -> Response:
        """One update."""
        update = await request.json()
        self.got.append((update, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        self._bell.ring()
        if "message" in update and update["message"]["text"] in self.gates:
            await self.gates[update["message"]["text"]].wait()
        return self.answers(update)

    def texts(self) -> list[str]:
        """What the messages said, in the order in which they came."""
        return [update["message"]["text"] for update, _ in self.got if "message" in update]


@pytest.fixture
async def bot(server: Telegram) -> AsyncIterator[Bot]:
    """A bot that is reached by webhook."""
    made = Bot(server.clock.bell)
    async with serving(
        Starlette(routes=[Route("/hook", made.take, methods=["POST"])]), listener("127.0.0.1", 0)
    ) as address:
        made.url = f"{address}/hook"
        yield made
        for gate in made.gates.values():
            gate.set()


async def attempts(server: Telegram, number: int) -> list[int]:
    """The statuses of the attempts to deliver, when there are so many."""
    await server.until(lambda: len(server.delivery.attempts) >= number)
    return [attempt.status for attempt in server.delivery.attempts]


async def test_updates_are_posted_with_the_secret(api: Raw, person: Person, bot: Bot) -> None:
    """As JSON, in order, what waited before included; the secret is in its header."""
    person.says("a")
    await api("setWebhook", url=bot.url, secret_token=SECRET, allowed_updates=["message"])
    person.says("b")
    assert await attempts(api.server, 2) == [200, 200]
    assert bot.texts() == ["a", "b"]
    assert {secret for _, secret in bot.got} == {SECRET}
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (bot.url, 0)
    assert (info["allowed_updates"], info["max_connections"]) == (["message"], 40)


async def test_what_is_not_taken_comes_again_after_growing_gaps(api: Raw, person: Person, bot: Bot) -> None:
    """1, 2, 4… seconds on the clock; later ones of the chat wait behind it."""
    bot.answers = lambda _: Response(status_code=500)
    await api("setWebhook", url=bot.url)
    person.says("a")
    person.says("b")
    for tries, gap in enumerate([1, 2, 4, 8], 1):
        assert await attempts(api.server, tries) == [500] * tries
        api.server.clock.advance(seconds=gap - 0.5)
        assert await api("getMe")
        assert len(api.server.delivery.attempts) == tries
        api.server.clock.advance(seconds=0.5)
    bot.answers = lambda _: OK
    api.server.delivery.retry_now()
    await api.server.until(lambda: not api.server.state.updates.waiting())
    assert bot.texts()[-2:] == ["a", "b"]
    assert set(bot.texts()[:-1]) == {"a"}


async def test_the_bot_may_name_the_gap(api: Raw, person: Person, bot: Bot) -> None:
    """Retry-After is honoured; the failure is told by getWebhookInfo."""
    bot.answers = lambda _: Response(status_code=503, headers={"Retry-After": "30"})
    await api("setWebhook", url=bot.url)
    person.says("a")
    await attempts(api.server, 1)
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert (info["pending_update_count"], info["last_error_date"]) == (1, 1795226400)
    api.server.clock.advance(seconds=29)
    assert await api("getMe")
    assert len(bot.got) == 1
    api.server.clock.advance(seconds=1)
    assert await attempts(api.server, 2) == [503, 503]


async def test_nobody_at_the_webhook(api: Raw, person: Person) -> None:
    """A line that cannot be made counts as a failure; the update expires after a day."""
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    person.says("a")
    assert await attempts(api.server, 1) == [0]
    assert (await api("getWebhookInfo"))["last_error_message"] == "Webhook connection closed"
    api.server.clock.advance(hours=24)
    assert (await api("getWebhookInfo"))["pending_update_count"] == 0


async def test_chats_and_presses_do_not_wait_for_each_other(api: Raw, person: Person, bot: Bot) -> None:
    """A chat's messages come one by one; another chat, and presses in the same, may overtake."""
    other = Person(api.server, 1002)
    await api.say("Q", person.chat.id, reply_markup=inline(["A"]))
    gate = bot.gates["slow"] = asyncio.Event()
    await api("setWebhook", url=bot.url)
    person.says("slow")
    person.says("next")
    other.says("quick")
    person.presses("A")
    assert await attempts(api.server, 2) == [200, 200]
    assert sorted(bot.texts()) == ["quick", "slow"]
    gate.set()
    await attempts(api.server, 4)
    assert bot.texts()[-1] == "next"


async def test_no_more_connections_than_asked_for(api: Raw, person: Person, bot: Bot) -> None:
    """With one connection, all wait for all."""
    gate = bot.gates["slow"] = asyncio.Event()
    await api("setWebhook", url=bot.url, max_connections=1)
    person.says("slow")
    Person(api.server, 1002).says("quick")
    await api.server.until(lambda: bot.got)
    assert await api("getMe")
    assert bot.texts() == ["slow"]
    gate.set()
    await attempts(api.server, 2)
    assert bot.texts() == ["slow", "quick"]


def as_json(update: dict[str, Any]) -> Response:
    """A call as JSON."""
    call = {"method": "sendMessage", "chat_id": 1001, "text": "by reply", "reply_markup": inline(["A"])}
    return JSONResponse(call)


def as_multipart(update: dict[str, Any]) -> Response:
    """A call as multipart/form-data."""
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % part
        for part in ((b"method", b"sendMessage"), (b"chat_id", b"1001"), (b"text", b"by reply"))
    )
    return Response(body + b"--x--\r\n", media_type='multipart/form-data; boundary="x"')


@pytest.mark.parametrize("answer", [as_json, as_multipart])
async def test_the_answer_may_be_a_call(
    api: Raw, person: Person, bot: Bot, answer: Callable[[dict[str, Any]], Response]
) -> None:
    """It is done, and it is on record; nobody learns the result."""
    bot.answers = answer
    await api("setWebhook", url=bot.url)
    person.says("a")
    (message,) = await person.answered()
    assert message.text == "by reply"
    assert [call.status for call in api.server.called("sendMessage")] == [200]


async def test_not_every_call_can_be_made_by_answer(api: Raw, person: Person, bot: Bot) -> None:
    """What asks for something, or changes the webhook, is passed over."""
    bot.answers = lambda update: JSONResponse({"method": update["message"]["text"]})
    await api("setWebhook", url=bot.url)
    for method in ("getMe", "deleteWebhook", "leaveChat"):
        person.says(method)
    await api.server.until(lambda: api.server.called("leaveChat"))
    assert [call.method for call in api.server.calls] == ["setWebhook", "leaveChat"]


async def test_a_deleted_webhook_leaves_what_waits(api: Raw, person: Person, bot: Bot) -> None:
    """What was in flight may come twice; drop_pending_updates forgets it."""
    gate = bot.gates["a"] = asyncio.Event()
    await api("setWebhook", url=bot.url)
    person.says("a")
    await api.server.until(lambda: bot.got)
    await api("deleteWebhook")
    gate.set()
    await attempts(api.server, 1)
    assert len(await api("getUpdates")) == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_a_new_webhook_does_not_wait(api: Raw, person: Person, bot: Bot) -> None:
    """The gaps of the one before do not count."""
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    person.says("a")
    await attempts(api.server, 1)
    await api("setWebhook", url=bot.url)
    assert await attempts(api.server, 2) == [0, 200]


async def test_a_public_address_can_lead_here(api: Raw, person: Person, bot: Bot) -> None:
    """As a proxy in front of the bot would."""
    api.server.delivery.routes["https://bot.example"] = bot.url.removesuffix("/hook")
    await api("setWebhook", url="https://bot.example/hook")
    person.says("a")
    assert await attempts(api.server, 1) == [200]


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"url": "http://bot.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": f"{HTTPS}:99/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://[::"}, "invalid webhook URL specified"),
        ({"url": HTTPS, "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": HTTPS, "secret_token": "x" * 257}, "secret token contains unallowed characters"),
        ({"url": HTTPS, "max_connections": 101}, "invalid max_connections specified"),
        ({"url": HTTPS, "allowed_updates": ["x"]}, "unknown update type in allowed_updates"),
    ],
)  # fmt: skip
async def test_webhooks_that_there_are_not(api: Raw, parameters: dict[str, Any], why: str) -> None:
    """Only HTTPS on four ports, or this machine; nothing is set."""
    with pytest.raises(Refused) as refusal:
        await api("setWebhook", **parameters)
    assert str(refusal.value) == f"Bad Request: {why}"
    assert (await api("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
async def test_an_answer_that_cannot_be_read_takes_nothing(
    api: Raw, person: Person, bot: Bot, kind: str
) -> None:
    """A status of 200 with broken JSON or multipart is no acknowledgement."""
    bot.answers = lambda _: Response(b"{", media_type=kind)
    await api("setWebhook", url=bot.url)
    person.says("a")
    assert await attempts(api.server, 1) == [0]
    assert (await api("getWebhookInfo"))["pending_update_count"] == 1
