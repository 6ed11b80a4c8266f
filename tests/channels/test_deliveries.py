"""Updates that come twice, beside each other or out of order: the state is that of the clean run."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, closing, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.api import Library
from bot.channels.telegram.with_aiogram import Aiogram
from bot.channels.telegram.with_ptb import Ptb
from dialogs.conversation import Conversation
from storage.database import Database
from tests.channels.deliveries import Ended, Recording, Takers, disorders, one_by_one, recorded, schedules
from tests.sink import Sink, secrets_of
from tests.storage.samples import KEY
from tests.storage.servers import Server, emptied

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
# It warns of values that are long to print when an example fails; as an error, that hides why it failed.

EXAMPLES = int(os.environ.get("BEIAN_TEST_EXAMPLES", "8"))
"""Examples of each property; a larger number takes as much longer."""


def _examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    """The loop in which the server stays while Hypothesis tries one example after the other."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, loop: asyncio.Runner) -> Iterator[Recording]:
    """What people did."""
    stack = AsyncExitStack()
    yield loop.run(stack.enter_async_context(recorded(tmp_path_factory.mktemp("recorded"))))
    loop.run(stack.aclose())


@pytest.fixture(params=[Aiogram, Ptb])
def library(
    request: pytest.FixtureRequest, recording: Recording, loop: asyncio.Runner, sink: Sink
) -> Iterator[Library]:
    """Each library in turn, at the server of the recording."""
    made = request.param(recording.server.token, recording.server.url)
    yield made
    loop.run(made.close())
    sink.planted |= secrets_of(recording.server)
    assert not recording.server.refusals()


@contextmanager
def _on_sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/beian.db", lambda _: KEY)
        with closing(database):
            yield database


@pytest.fixture(scope="module")
def clean(recording: Recording, loop: asyncio.Runner) -> Ended:
    """What the chats come to if every update is delivered once, alone, in order."""
    library = Aiogram(recording.server.token, recording.server.url)
    with _on_sqlite() as database:
        takers = Takers(recording, library, [database])
        loop.run(takers.take(one_by_one(recording)))
        loop.run(library.close())
        turns = [takers.conversation(chat).turn for chat in range(len(recording.people))]
        assert turns == [len(updates) for updates in recording.updates]
        return takers.ended()


@_examples(EXAMPLES)
@given(data=st.data())
def test_any_delivery_on_sqlite(
    recording: Recording,
    loop: asyncio.Runner,
    library: Library,
    clean: Ended,
    data: st.DataObject,
) -> None:
    """Again, beside each other, in batches: conversations and messages are those of the clean run."""
    rounds = data.draw(schedules([len(updates) for updates in recording.updates]))
    with _on_sqlite() as database:
        takers = Takers(recording, library, [database])
        loop.run(takers.take(rounds))
        assert takers.ended() == clean, _first(takers.ended(), clean)


@pytest.fixture(scope="module")
def two_processes(postgres: Server) -> Iterator[list[Database]]:
    """Two that write to one database on PostgreSQL."""
    with postgres.schema() as url, ExitStack() as stack:
        yield [stack.enter_context(closing(Database.open(url, lambda _: KEY))) for _ in range(2)]


@_examples(max(1, EXAMPLES // 3))
@given(data=st.data())
def test_any_delivery_to_two_processes(
    recording: Recording,
    loop: asyncio.Runner,
    library: Library,
    clean: Ended,
    two_processes: list[Database],
    data: st.DataObject,
) -> None:
    """The same where two processes take the batches of one round, on one database."""
    rounds = data.draw(schedules([len(updates) for updates in recording.updates]))
    emptied(two_processes[0])
    takers = Takers(recording, library, two_processes)
    loop.run(takers.take(rounds))
    assert takers.ended() == clean, _first(takers.ended(), clean)


@_examples(EXAMPLES)
@given(data=st.data())
def test_any_order_within_a_chat(
    recording: Recording, loop: asyncio.Runner, library: Library, sink: Sink, data: st.DataObject
) -> None:
    """Each update is one turn, once; nothing breaks; a press of an earlier question changes no answer."""
    chat = data.draw(st.integers(0, len(recording.people) - 1))
    order = data.draw(disorders(len(recording.updates[chat])))
    logged = len(sink.lines)
    with _on_sqlite() as database:
        takers = Takers(recording, library, [database])
        for number, place in enumerate(order):
            before = takers.conversation(chat)
            loop.run(takers.take([[[(chat, place)]]]))
            after = takers.conversation(chat)
            again = place in order[:number]
            assert after == before if again else after.turn == before.turn + 1
            if _stale(recording.updates[chat][place], before):
                assert _answers(after) == _answers(before)
        assert takers.conversation(chat).turn == len(recording.updates[chat])
        in_turns = takers.ended()
    with _on_sqlite() as database:
        takers = Takers(recording, library, [database])
        loop.run(takers.take([[[(chat, place) for place in order]]]))
        assert takers.ended() == in_turns, "in one batch it is the same as one by one"
    assert "turn failed" not in "\n".join(sink.lines[logged:])


def _first(ended: Ended, clean: Ended) -> Any:
    """The first chat that came to something else, and what it should have come to."""
    return next(pair for pair in zip(ended.chats, clean.chats, strict=True) if pair[0] != pair[1])


def _stale(raw: dict[str, Any], before: Conversation) -> bool:
    """Whether it is a press of a question that is not asked any more, or not yet."""
    press = raw.get("callback_query")
    return press is not None and int(press["data"].partition(".")[0]) != before.turn


def _answers(conversation: Conversation) -> tuple[Any, ...]:
    """All that a press can change."""
    c = conversation
    return c.language, c.check, c.draft, c.aside, c.open, c.filings
