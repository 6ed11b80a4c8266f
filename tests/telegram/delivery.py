"""Delivery of updates to a webhook: lane by lane, again and again until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from tests.telegram.errors import Refused
from tests.telegram.parameters import Asked, asked_in_reply
from tests.telegram.state import Hook, Retry, State
from tests.telegram.updates import Update

PATIENCE = aiohttp.ClientTimeout(total=60)
LONGEST_GAP = 60.0
LONGEST_ASKED_GAP = 3600.0
NOT_BY_REPLY = {"setwebhook", "deletewebhook", "close", "logout"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """An attempt: the update, the status of the answer, 0 if the line failed, and when, in Unix time."""

    update: Update
    status: int
    at: float


class Delivery:
    """Delivers while it runs. `act` does what answers ask for, `routes` leads public addresses to local ones.

    Updates of one lane go one after the other, lanes beside each other, at most `max_connections` at a time.
    What was not taken is due again after growing gaps on the clock. An update in flight when the webhook
    changes may arrive, and waits on.
    """

    def __init__(self, state: State, act: Callable[[str, Asked], Awaitable[object]]) -> None:
        self._state = state
        self._act = act
        self._flying: dict[asyncio.Task[None], tuple[Update, Hook]] = {}
        self.routes: dict[str, str] = {}
        self.attempts: list[Delivered] = []

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as http, asyncio.TaskGroup() as flights:
            while True:
                update, hook = await self._state.clock.bell.until(self._next)
                flight = flights.create_task(self._deliver(http, update, hook))
                self._flying[flight] = (update, hook)
                flight.add_done_callback(self._landed)

    def retry_now(self) -> None:
        """What was not taken is due at once."""
        self._state.hook.retries.clear()
        self._state.clock.bell.ring()

    def _next(self) -> tuple[Update, Hook] | None:
        """The first update whose lane is free and which is due, if there is a connection for it."""
        hook = self._state.hook
        flying = [update for update, its_hook in self._flying.values() if its_hook is hook]
        if not hook.url or len(flying) >= hook.connections:
            return None
        busy = {update.lane for update in flying}
        for update in self._state.updates.waiting():
            if update.lane not in busy and self._due(update):
                return update, hook
            busy.add(update.lane)
        return None

    def _due(self, update: Update) -> bool:
        retry = self._state.hook.retries.get(update.id)
        return retry is None or retry.due <= self._state.clock.unix()

    def _landed(self, flight: asyncio.Task[None]) -> None:
        del self._flying[flight]
        self._state.clock.bell.ring()

    async def _deliver(self, http: aiohttp.ClientSession, update: Update, hook: Hook) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        status, asked_gap, reply = 0, 0.0, None
        try:
            async with http.post(self._local(hook.url), json=update.json(), headers=headers) as response:
                reply = await asked_in_reply(response)
                status = response.status
                asked_gap = _seconds(response.headers.get("Retry-After", ""))
            error = f"Wrong response from the webhook: {status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, Refused):
            error = "Webhook connection closed"
        self.attempts.append(Delivered(update, status, self._state.clock.unix()))
        if 200 <= status <= 299:
            self._taken(update, hook)
            if reply is not None:
                await self._do(reply)
        elif hook is self._state.hook:
            self._not_taken(update, hook, error, asked_gap)

    def _taken(self, update: Update, hook: Hook) -> None:
        if hook is self._state.hook:
            hook.retries.pop(update.id, None)
            self._state.updates.forget(update)

    def _not_taken(self, update: Update, hook: Hook, error: str, asked_gap: float) -> None:
        now = self._state.clock.unix()
        hook.last_error, hook.last_error_at = error, now
        before = hook.retries.get(update.id, Retry(0, 1))
        hook.retries[update.id] = Retry(now + (asked_gap or before.gap), min(before.gap * 2, LONGEST_GAP))

    async def _do(self, reply: Asked) -> None:
        method = reply.text("method")
        if not method.lower().startswith("get") and method.lower() not in NOT_BY_REPLY:
            values = {name: value for name, value in reply.values.items() if name != "method"}
            await self._act(method, Asked(values, reply.files))

    def _local(self, url: str) -> str:
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url


def _seconds(header: str) -> float:
    return min(float(header), LONGEST_ASKED_GAP) if header.isdecimal() else 0.0
