"""What can go wrong between a bot and Telegram, as scripted by a test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar, Protocol

from tests.telegram import errors
from tests.telegram.errors import Refused
from tests.telegram.ledger import CUT, Answer, refused
from tests.telegram.polling import ANOTHER_POLL

Act = Callable[[], Awaitable[Answer]]


class Fault(Protocol):
    """What happens to a call instead of, or besides, `act`."""

    async def meet(self, act: Act) -> Answer:
        """The answer that goes over the line."""


class _Instead:
    """Nothing is done, unless it `acts`; the answer is its own."""

    acts: ClassVar[bool] = False

    async def meet(self, act: Act) -> Answer:
        if self.acts:
            await act()
        return self.answer()

    def answer(self) -> Answer:
        return CUT


@dataclass(frozen=True)
class Status(_Instead):
    """An error in Telegram's shape, without effect."""

    code: int
    description: str = ""

    def answer(self) -> Answer:
        """By default in HTTP's words."""
        return refused(Refused(self.code, self.description or HTTPStatus(self.code).phrase))


@dataclass(frozen=True)
class Flood(_Instead):
    """429 with so many seconds to wait, without effect."""

    retry_after: int

    def answer(self) -> Answer:
        """As flood control words it."""
        return refused(errors.flood(self.retry_after))


class Conflict(_Instead):
    """409, as if another bot were polling."""

    def answer(self) -> Answer:
        """As the second poll words it."""
        return refused(errors.conflict(ANOTHER_POLL))


class Unauthorized(_Instead):
    """401, as if the token were revoked."""

    def answer(self) -> Answer:
        """As a wrong token is refused."""
        return refused(errors.UNAUTHORIZED)


class CutBefore(_Instead):
    """The line is cut; nothing was done."""


class CutAfter(_Instead):
    """It is done, then the line is cut: the bot cannot know."""

    acts = True


@dataclass(frozen=True)
class Garbage(_Instead):
    """It is done, and answered with something that is not Telegram's."""

    body: bytes = b"<html><title>Welcome</title>"
    status: int = 200
    acts: ClassVar[bool] = True

    def answer(self) -> Answer:
        """These bytes."""
        return Answer(self.status, self.body)


@dataclass(frozen=True, slots=True)
class Slow:
    """Nothing happens until the gate opens; if `done`, it is done before, and only the answer is slow."""

    gate: asyncio.Event
    done: bool = False

    async def meet(self, act: Act) -> Answer:
        """Late."""
        if self.done:
            answer = await act()
            await self.gate.wait()
            return answer
        await self.gate.wait()
        return await act()


@dataclass(slots=True)
class _Plan:
    method: str
    how: Fault
    chat: int | None
    skip: int
    left: int


class Faults:
    """The script. Plans are followed in the order they were made; a call meets the first due for it."""

    def __init__(self) -> None:
        self._plans: list[_Plan] = []

    def plan(self, method: str, how: Fault, times: int, at: int, chat: int | None) -> None:
        """From the `at`-th matching call that no earlier plan takes (1 is the next), `times` in a row."""
        self._plans.append(_Plan(method, how, chat, at - 1, times))

    def meeting(self, method: str, chat_id: str) -> Fault | None:
        """What this call meets."""
        for plan in self._plans:
            if plan.left and plan.method == method and plan.chat in {None, _number(chat_id)}:
                if plan.skip:
                    plan.skip -= 1
                else:
                    plan.left -= 1
                    return plan.how
        return None

    def unmet(self) -> list[str]:
        """Methods of plans that were not followed to their end."""
        return [plan.method for plan in self._plans if plan.left]


def _number(text: str) -> int | None:
    value = json.loads(text or "null")
    return value if isinstance(value, int) else None
