"""How the parts of the server wait for each other: no clock, no polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung whenever anything has changed; whoever waits for something to become true then looks again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something has changed."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, ready: Callable[[], T | None]) -> T:
        """What `ready` returns as soon as that is true. What it raises is raised here."""
        while not (found := ready()):
            await self._rung.wait()
        return found
