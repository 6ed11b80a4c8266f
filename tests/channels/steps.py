"""The steps of a turn at which a process can be killed, found from outside: no line of the bot knows of them.

A step is a passage before or after a call of ours or of the library's. What a call comes to at the other end,
before its answer is read, is not seen from within; those steps are in `tests.channels.deaths.EFFECTS`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import iscoroutinefunction
from itertools import count
from typing import Any

from starlette.responses import Response

from bot.channels.telegram.api import Library
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.screen import texts
from bot.delivered import Place
from bot.office.client import OfficeClient
from bot.office.sandbox_desk import Desk
from bot.runner import Runner
from bot.sending import Sending
from bot.shown import Shown
from storage import conversations

Applies = Callable[..., bool]


def _every(*_: object, **__: object) -> bool:
    return True


def _confirming(_library: object, offset: int, timeout: int) -> bool:  # the poll's own parameters
    return offset > 0


def _taken(response: Response, *_: object) -> bool:
    return response.status_code == 200


def _later_text(_delivery: object, _chat: str, message: Shown, _place: Place, part: int) -> bool:
    return 0 < part < len(texts(message.lines, html=False, question=False))


@dataclass(frozen=True, slots=True)
class Passage:
    """A call, with the names of the steps before and after it. Calls that do not `apply` are not counted."""

    owner: Any
    method: str
    before: str = ""
    after: str = ""
    applies: Applies = _every


def passages(library: type[Library]) -> tuple[Passage, ...]:
    """Every step of a turn, in its order, as far as it is seen from within."""
    return (
        Passage(library, "decode", "before decode", "after decode"),
        Passage(conversations, "save", after="before commit"),  # all is written, nothing is committed
        Passage(Runner, "_batch", after="after commit"),
        Passage(library, "acknowledge", "before press answer", "after press answer"),
        Passage(library, "updates", "before offset", "after offset", _confirming),
        Passage(Response, "__call__", "before 200", "after 200", _taken),
        Passage(library, "edit", "before close", "after close"),
        Passage(library, "send", "before send", "after send"),
        Passage(Delivery, "show", before="between parts", applies=_later_text),
        Passage(library, "document", "before file", "after file"),
        Passage(Sending, "_mark", "before mark", "after mark"),
        Passage(OfficeClient, "_send", "before office", "after office"),
        Passage(Desk, "submit", after="office has it"),
    )


def die_at(step: str, nth: int, library: type[Library]) -> None:
    """Have this process kill itself as it comes to `step` for the `nth` time, from 1. Raises LookupError."""
    passage = next((one for one in passages(library) if step in (one.before, one.after)), None)
    if not step or passage is None:
        raise LookupError(step)
    passed = count(1)

    def reach() -> None:
        if next(passed) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    call = getattr(passage.owner, passage.method)
    around = _awaited if iscoroutinefunction(call) else _called
    setattr(passage.owner, passage.method, around(call, passage, reach, first=step == passage.before))


def _called(call: Callable[..., Any], passage: Passage, reach: Callable[[], None], *, first: bool) -> Any:
    @wraps(call)
    def passing(*args: Any, **named: Any) -> Any:
        counted = passage.applies(*args, **named)
        if counted and first:
            reach()
        result = call(*args, **named)
        if counted and not first:
            reach()
        return result

    return passing


def _awaited(call: Callable[..., Any], passage: Passage, reach: Callable[[], None], *, first: bool) -> Any:
    @wraps(call)
    async def passing(*args: Any, **named: Any) -> Any:
        counted = passage.applies(*args, **named)
        if counted and first:
            reach()
        result = await call(*args, **named)
        if counted and not first:
            reach()
        return result

    return passing
