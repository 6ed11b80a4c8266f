"""Ways to be killed: at a step within the process, at the other end of a call, or at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.telegram.faults import Act
from tests.telegram.ledger import Answer

EFFECTS = {
    "updates handed out": "getUpdates",
    "press answer's effect": "answerCallbackQuery",
    "close's effect": "editMessageText",
    "send's effect": "sendMessage",
    "file's effect": "sendDocument",
}
"""Steps at which a call had its effect and nobody has read the answer, by Telegram's methods."""
MOMENT = "any moment"
"""No step: so many milliseconds after the process began."""

DECODED = ("before decode", "after decode")
COMMITTED = ("before commit", "after commit")
CONFIRMED = ("before offset", "after offset", "updates handed out")
ACCEPTED = ("before 200", "after 200")
ANSWERED = ("before press answer", "press answer's effect", "after press answer")
CLOSED = ("before close", "close's effect", "after close")
SENT = ("before send", "send's effect", "after send")
MARKED = ("before mark", "after mark")
FILED = ("before office", "office has it", "after office")
HANDED = ("between parts", "before file", "file's effect", "after file")
RARE = (*FILED, *HANDED)
"""Steps that a chat comes to once or not at all."""

TURN = (*DECODED, *COMMITTED, *ANSWERED, *CLOSED, *SENT, *MARKED)
"""The steps of every turn, however updates come."""


@dataclass(frozen=True, slots=True)
class Death:
    """A kill: at `step`, as it is come to for the `nth` time in a life."""

    step: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Deadly:
    """A fault of the line: the call has its effect, and who made it dies before the answer leaves."""

    kill: Callable[[], None]

    async def meet(self, act: Act) -> Answer:
        """Do it, and kill."""
        answer = await act()
        self.kill()
        return answer


def at_random(count: int, chance: Random, steps: tuple[str, ...]) -> list[Death]:
    """So many deaths: a third of them at any moment, the others at some passage of a step."""
    return [_one(chance.choice((*steps, *[MOMENT] * (len(steps) // 2))), chance) for _ in range(count)]


def _one(step: str, chance: Random) -> Death:
    if step == MOMENT:
        return Death(step, chance.randrange(50, 1500))
    return Death(step, chance.randint(1, 2 if step in RARE else 25))
