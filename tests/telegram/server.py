"""A Bot API server for tests, over real HTTP on this machine: as strict as Telegram, and stricter.

async with telegram() as server:
    person = Person(server, 1001, "en")
    bot = Bot(server.token, …server.url…)
"""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from tests.telegram import ledger
from tests.telegram.chats import Chat, User
from tests.telegram.clock import Clock
from tests.telegram.delivery import Delivery
from tests.telegram.errors import NOT_FOUND, UNAUTHORIZED, Refused
from tests.telegram.faults import Fault, Faults
from tests.telegram.ledger import CUT, Answer, Call
from tests.telegram.lines import Lines
from tests.telegram.methods import METHODS, Method
from tests.telegram.parameters import LARGEST_REQUEST, Asked, asked_by
from tests.telegram.presses import Press
from tests.telegram.state import State

TOKEN = "4200000042:AAE-invented_for_the_tests-00000000"  # noqa: S105 - invented
LONGEST = 10.0
"""Seconds that anything in a test may take."""
DOWNLOAD = "download"
"""The name under which fetching a file can be made to fail."""

METHOD_NOT_FOUND = Refused(404, "Not Found: method not found")

T = TypeVar("T")
_WELL_FORMED = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")


class Telegram:
    """The server. `state` is what it keeps, `calls` what was asked of it, `delivery` its webhook's side."""

    def __init__(self, clock: Clock, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.clock = clock
        bot = User(int(token.partition(":")[0]), "Beian", username="beian_bot", is_bot=True)
        self.state = State(clock, bot)
        self.calls: list[Call] = []
        self.delivery = Delivery(self.state, self._by_reply)
        self._faults = Faults()
        self.lines = Lines(clock.bell)

    def fail(self, method: str, *, how: Fault, times: int = 1, at: int = 1, chat: int | None = None) -> None:
        """Let calls of a method fail: the `at`-th from now (1 is the next) and on, `times` in all.

        With `chat`, only calls about it count. Plans that are made earlier take their calls first.
        """
        if method != DOWNLOAD and METHODS[method.lower()].name != method:
            raise ValueError(method)
        self._faults.plan(method, how, times, at, chat)

    def unmet(self) -> list[str]:
        """Methods of scripted faults that no call has met yet."""
        return self._faults.unmet()

    def called(self, method: str) -> list[Call]:
        """The calls of a method, in the order in which they came."""
        return [call for call in self.calls if call.method == method]

    def refusals(self) -> list[Call]:
        """Calls that were refused though no fault was scripted: what a bot should not have done."""
        return [call for call in self.calls if call.status >= 400 and not call.planned]

    def unanswered(self) -> list[Press]:
        """Presses that the bot has not answered: their buttons still spin."""
        return self.state.presses.unanswered()

    def transcript(self, chat: Chat) -> str:
        """All that was ever seen in a chat, as it happened."""
        return ledger.transcript(chat)

    def screen(self, chat: Chat) -> str:
        """What is to be seen in a chat now."""
        return ledger.screen(chat)

    async def until(self, ready: Callable[[], T | None]) -> T:
        """What `ready` returns as soon as that is true; it is looked at whenever anything happens here.

        Raises TimeoutError after ten seconds.
        """
        async with asyncio.timeout(LONGEST):
            return await self.clock.bell.until(ready)

    async def left(self) -> None:
        """Return when nobody is connected any more, and all has arrived that will.

        Raises TimeoutError after ten seconds.
        """
        async with asyncio.timeout(LONGEST):
            address = urlsplit(self.url)
            await self.lines.all_ended(str(address.hostname), int(address.port or 0))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """A call by HTTP."""
        asked: Asked | Refused
        try:
            asked = await asked_by(request)
        except Refused as refusal:
            asked = refusal
        token = request.match_info["token"]
        if token != self.token:
            return _http(ledger.refused(UNAUTHORIZED if _WELL_FORMED.fullmatch(token) else NOT_FOUND))
        answer = await self._call(request.match_info["method"], asked)
        return _cut(request) if answer is CUT else _http(answer)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file by HTTP."""
        if request.match_info["token"] != self.token:
            return _http(ledger.refused(NOT_FOUND))

        def fetch(state: State, asked: Asked) -> Answer:
            return Answer(200, state.files.fetch(asked.text("path")))

        method = Method(DOWNLOAD, fetch, frozenset({"path"}))
        answer = await self._meet(method, Asked({"path": request.match_info["path"]}))
        return _cut(request) if answer is CUT else _http(answer)

    async def _by_reply(self, method: str, asked: Asked) -> Answer:
        return await self._call(method, asked)

    async def _call(self, name: str, asked: Asked | Refused) -> Answer:
        method = METHODS.get(name.lower())
        if method is None:
            return await self._meet(_refusing(name, METHOD_NOT_FOUND), Asked({}))
        if isinstance(asked, Refused):
            return await self._meet(_refusing(method.name, asked), Asked({}))
        return await self._meet(method, asked)

    async def _meet(self, method: Method, asked: Asked) -> Answer:
        call = Call(method.name, asked.values, self.clock())
        self.calls.append(call)
        self.clock.bell.ring()
        fault = self._faults.meeting(method.name, asked.text("chat_id"))
        call.planned = fault is not None

        async def act() -> Answer:
            return await self._act(method, asked, call)

        try:
            call.answer = await (fault.meet(act) if fault else act())
        except asyncio.CancelledError:
            call.hung_up = True
            raise
        finally:
            self.clock.bell.ring()
        return call.answer

    async def _act(self, method: Method, asked: Asked, call: Call) -> Answer:
        try:
            method.check(asked)
            result = method.does(self.state, asked)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refusal:
            return ledger.refused(refusal)
        call.acted = True
        return result if isinstance(result, Answer) else ledger.told(result)


def _refusing(name: str, refusal: Refused) -> Method:
    def refuse(state: State, asked: Asked) -> Answer:
        raise refusal

    return Method(name, refuse, frozenset())


async def _nowhere(request: web.Request) -> web.Response:
    return _http(ledger.refused(NOT_FOUND))


def _http(answer: Answer) -> web.Response:
    kind = "application/json" if answer.body.startswith(b"{") else "application/octet-stream"
    headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else {}
    return web.Response(status=answer.status, body=answer.body, content_type=kind, headers=headers)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def telegram(clock: Clock | None = None, token: str = TOKEN) -> AsyncIterator[Telegram]:
    """A server at a free port of this machine. Fails when it closes if it broke in any call."""
    server = Telegram(clock or Clock(), token)
    app = web.Application(client_max_size=LARGEST_REQUEST)
    app.router.add_route("*", "/bot{token}/{method}", server.answer)
    app.router.add_get("/file/bot{token}/{path:.+}", server.download)
    app.router.add_route("*", "/{path:.*}", _nowhere)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    assert runner.server is not None
    server.lines.watch(runner.server)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    delivering = asyncio.create_task(server.delivery.run())
    try:
        yield server
    finally:
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering
        await runner.cleanup()
    broken = [call.method for call in server.calls if call.answer is None and not call.hung_up]
    assert not broken, f"the server itself broke in {broken}"
