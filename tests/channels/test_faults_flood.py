"""429: while Telegram wants quiet nothing is sent to anybody; then everything is, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from dialogs.messages import Message
from tests.channels.bots import AS_IT_IS, about_chats, bot, commit, people, talk, texts
from tests.storage.samples import message
from tests.telegram.faults import Flood
from tests.telegram.ledger import Call
from tests.telegram.person import Person
from tests.telegram.rates import Rates
from tests.telegram.server import Telegram

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

QUIET = 30
SAID = (
    message("one"),
    Message(("two",), closes=("one", "✓ Yes.")),
    Message(("three",), files=(("form.txt", "text/plain", "A form."),)),
)
"""Messages to which every call that shows something is needed."""
ARRIVED = ["one", "two", "three", "form.txt"]


@pytest.fixture(autouse=True)
def _tried_again(refused: list[str]) -> None:
    """A turn that is tried again edits the question before it once more."""
    refused.append(AS_IT_IS)


def floods(server: Telegram) -> Iterator[tuple[Call, timedelta]]:
    """The calls that met a flood, each with the quiet that it asked for."""
    for call in server.calls:
        if call.answer is not None and call.answer.retry_after:
            yield call, timedelta(seconds=call.answer.retry_after)


def broke_quiet(server: Telegram) -> list[Call]:
    """The calls that came when Telegram wanted quiet; those that were on their way already did not."""
    return [
        call
        for flood, quiet in floods(server)
        for call in about_chats(server)
        if flood.at < call.at < flood.at + quiet
    ]


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "sendDocument"])
async def test_nothing_is_sent_while_telegram_wants_quiet(
    tmp_path: Path, server: Telegram, library: str, method: str
) -> None:
    """Not to those either who speak meanwhile; after it, all of it in order, and once."""
    first, *others = people(server, 5)
    commit(tmp_path, {first: SAID})
    server.fail(method, how=Flood(QUIET))
    async with bot(tmp_path, server, library) as running:
        await server.until(lambda: list(floods(server)))
        await running.time.passes(3)
        before = len(about_chats(server))
        for other in others:
            other.starts()
        await running.time.passes(QUIET - 4)
        assert len(about_chats(server)) == before
        await running.time.until(lambda: texts(first) == ARRIVED and all(map(texts, others)))
    assert broke_quiet(server) == []
    assert [len(texts(other)) for other in others] == [1] * 4


async def test_flood_after_flood(tmp_path: Path, server: Telegram, library: str) -> None:
    """Several chats meet them, some one after the other."""
    chance = Random(20261121)  # noqa: S311 - no secret
    owners = people(server, 6)
    commit(tmp_path, dict.fromkeys(owners, SAID))
    for _ in range(12):
        method = chance.choice(["sendMessage", "editMessageText", "sendDocument"])
        server.fail(method, how=Flood(chance.randint(1, 60)), at=chance.randint(1, 5))
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: all(texts(owner) == ARRIVED for owner in owners))
    assert len(list(floods(server))) == 12
    assert broke_quiet(server) == []


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_talk_goes_on_after_a_flood(
    tmp_path: Path, server: Telegram, person: Person, library: str, mode: str
) -> None:
    """At any place of it, and what is typed meanwhile is taken."""
    for method, at in (("sendMessage", 1), ("editMessageText", 2), ("sendMessage", 4)):
        server.fail(method, how=Flood(QUIET), at=at)
    async with bot(tmp_path, server, library, mode) as running:
        await talk(running, person)
    assert len(list(floods(server))) == 3
    assert broke_quiet(server) == []
    assert len(texts(person)) == len(set(texts(person)))


async def test_a_bot_that_ends_in_a_flood_sends_nothing_then_nor_too_early_after_it(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """The message that met it waits as long in the next process."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: SAID})
    server.fail("sendMessage", how=Flood(QUIET), at=3)
    async with bot(tmp_path, server, library):
        await server.until(lambda: list(floods(server)))
    assert texts(owner) == ["one", "two"]
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: texts(owner) == ARRIVED)
    assert broke_quiet(server) == []


async def test_at_its_own_rates_the_bot_meets_no_flood(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """Thirty messages a second to all, and one to each, of which three may come at once."""
    owners = people(server, 40)
    commit(tmp_path, {owner: [message(str(number)) for number in range(6)] for owner in owners})
    server.state.rates = Rates(server.clock.unix)
    async with bot(tmp_path, server, library, telegram_rate=30, telegram_chat_rate=1) as running:
        begun = running.time()
        await running.time.until(lambda: all(len(texts(owner)) == 6 for owner in owners))
        assert running.time() - begun >= (40 * 6 - 30) / 30
    assert list(floods(server)) == []


async def test_edits_and_press_answers_are_not_counted(
    tmp_path: Path, server: Telegram, person: Person, library: str
) -> None:
    """A burst of three goes at once, though the questions before are closed and a press is answered."""
    async with bot(tmp_path, server, library, telegram_rate=3, telegram_chat_rate=1) as running:
        person.starts()
        await server.until(lambda: len(texts(person)) == 1)
        person.presses("Weibo")
        await server.until(lambda: len(texts(person)) == 2 and server.called("answerCallbackQuery"))
        person.says("/help")
        await server.until(lambda: len(texts(person)) == 3)
        begun = running.time()
        person.says("/privacy")
        await running.time.until(lambda: len(texts(person)) == 4)
        assert running.time() - begun > 0.9
    assert len([call for call in about_chats(server) if call.method.startswith("edit")]) == 3
