"""An event loop in which no time is lost: when nothing is left to do but to wait, the clock jumps.

The lines are real, and what comes over them is waited for; only time-outs and naps pass at once. Work for
threads is done on the spot, so that nothing goes on unseen while the clock jumps.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
_SURE = 0.003
"""Seconds, real ones, in which nothing has come over any line before the clock jumps."""


class _Selector(selectors.DefaultSelector):
    """Waits for lines, not for time."""

    def __init__(self) -> None:
        super().__init__()
        self.jumped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout if timeout is None else min(timeout, _SURE))
        if timeout is not None and not ready:
            self.jumped += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    """The loop; its time is that of the machine and all jumps."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)
        self.set_default_executor(_OnTheSpot())

    def time(self) -> float:
        return super().time() + self._jumping.jumped


class _OnTheSpot(ThreadPoolExecutor):
    """Does what it is given at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is to see it
            done.set_exception(error)
        return done


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(work)
