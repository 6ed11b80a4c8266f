"""Progress is one message that changes: news of it takes its place, and its end is a message of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.messages import Message
from tests.channels.bots import AS_IT_IS, WITH_EFFECT, WITHOUT_EFFECT, bot, commit, named, people, texts
from tests.channels.reports import ANSWERED, CONFIRMED, FILED, RECEIVED, SAID, SENDING, STANDING, standing
from tests.storage.samples import message
from tests.telegram.faults import Fault, Flood, Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

NOT_THERE = "message to edit not found"


async def sent(
    folder: Path,
    server: Telegram,
    library: str,
    owner: Person,
    *said: str | Message | tuple[Message, ...],
    seen: str,
) -> None:
    """These are committed, and a bot sends all of it; in the end that text is to be seen."""
    commit(folder, {owner: said})
    async with bot(folder, server, library) as running:
        await running.time.until(lambda: seen in [text for text, _ in standing(owner)])


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_progress_is_one_message_and_its_end_another(
    tmp_path: Path, server: Telegram, library: str, mode: str
) -> None:
    """It touches no question: what was confirmed is closed by the next one, which stays open meanwhile."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [*CONFIRMED, *ANSWERED]})
    async with bot(tmp_path, server, library, mode) as running:
        await running.time.until(lambda: standing(owner) == STANDING)
        assert texts(owner) == SAID
    commit(tmp_path, {owner: [message("and now?")]})
    async with bot(tmp_path, server, library, mode) as running:
        await running.time.until(lambda: len(texts(owner)) == len(SAID) + 1)
    assert [buttons for _, buttons in standing(owner)] == [[], [], [], [], [["Yes"]]]


async def test_a_report_that_the_owner_has_deleted_is_sent_anew(
    tmp_path: Path, server: Telegram, library: str, refused: list[str]
) -> None:
    """And that one is closed in the end."""
    refused.append(NOT_THERE)
    (owner,) = people(server, 1)
    await sent(tmp_path, server, library, owner, *CONFIRMED, seen="What else?")
    owner.deletes(owner.chat.of_bot()[1])
    await sent(tmp_path, server, library, owner, RECEIVED, seen="The office is processing it.")
    await sent(tmp_path, server, library, owner, FILED, seen="Registered.")
    closed, ended, question, filed = STANDING
    assert standing(owner) == [closed, question, ended, filed]
    assert len([call for call in server.refusals() if NOT_THERE in call.description]) == 1


async def test_the_end_is_told_though_there_is_no_report_to_close(
    tmp_path: Path, server: Telegram, library: str, refused: list[str]
) -> None:
    """Because the owner has deleted it, or because there never was one."""
    refused.append(NOT_THERE)
    owner, other = people(server, 2)
    await sent(tmp_path, server, library, owner, *CONFIRMED, seen="What else?")
    owner.deletes(owner.chat.of_bot()[1])
    await sent(tmp_path, server, library, owner, FILED, seen="Registered.")
    assert standing(owner) == [STANDING[0], *STANDING[2:]]
    await sent(tmp_path, server, library, other, FILED, seen="Registered.")
    assert standing(other) == STANDING[3:]


async def test_what_telegram_does_not_let_be_changed_is_sent_anew(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """Whatever it says against it."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [SENDING, RECEIVED, FILED]})
    server.fail("editMessageText", how=Status(400, "Bad Request: message can't be edited"))
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: texts(owner)[-1:] == ["Registered."])
    assert [text for text, _ in standing(owner)] == ["Sending. You can leave.", "Sent.", "Registered."]


async def test_a_report_too_long_for_one_message_is_sent_anew(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """In all its parts; the next one takes the place of the last part."""
    (owner,) = people(server, 1)
    long = Message(("a" * 4000, "b" * 4000), lasting=True, progress="REF")
    await sent(tmp_path, server, library, owner, SENDING, long, RECEIVED, seen=RECEIVED.lines[0])
    assert [text for text, _ in standing(owner)] == [SENDING.lines[0], "a" * 4000, RECEIVED.lines[0]]


async def test_after_its_end_progress_begins_anew(tmp_path: Path, server: Telegram, library: str) -> None:
    """As when a corrected filing goes out under the same reference; the receipt's files come once."""
    (owner,) = people(server, 1)
    ended = Message(FILED.lines, closes=FILED.closes, files=(("a.txt", "text/plain", "A"),), progress="REF")
    commit(tmp_path, {owner: [SENDING, ended, SENDING, RECEIVED, ended]})
    async with bot(tmp_path, server, library) as running:
        await running.time.until(lambda: texts(owner)[-1:] == ["a.txt"] and len(texts(owner)) == 6)
    assert [text for text, _ in standing(owner)] == ["Sent.", "Registered.", ""] * 2


@pytest.mark.parametrize("at", [2, 3])
@pytest.mark.parametrize("how", [*WITHOUT_EFFECT, *WITH_EFFECT, Flood(5)], ids=named)
async def test_an_edit_that_fails_is_made_again_and_repeats_no_message(
    tmp_path: Path, server: Telegram, refused: list[str], how: Fault, at: int
) -> None:
    """Whether it had its effect or not; what comes after it waits."""
    refused.append(AS_IT_IS)
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [*CONFIRMED, *ANSWERED]})
    server.fail("editMessageText", how=how, times=2, at=at)
    async with bot(tmp_path, server, "ptb" if at % 2 else "aiogram") as running:
        await running.time.until(lambda: standing(owner) == STANDING)
    assert texts(owner) == SAID
    assert server.unmet() == []


async def test_an_owner_who_has_left_finds_the_report_changed(
    tmp_path: Path, server: Telegram, library: str
) -> None:
    """What lasts is kept, and takes the place that it would have taken."""
    (owner,) = people(server, 1)
    commit(tmp_path, {owner: [*CONFIRMED, *ANSWERED]})
    server.fail("editMessageText", how=Status(403, "Forbidden: bot was blocked by the user"), at=2)
    async with bot(tmp_path, server, library) as running:
        await server.until(lambda: server.unmet() == [])
        await running.time.passes(60)
        assert texts(owner) == SAID[:3]
        owner.says("/help")
        await running.time.until(lambda: len(texts(owner)) == len(SAID) + 1)
    assert [text for text, _ in standing(owner)][:4] == [text for text, _ in STANDING]


async def test_reports_keep_the_pace_of_messages(tmp_path: Path, server: Telegram, library: str) -> None:
    """One a second in a chat, after a burst of three; each stands for a message."""
    (owner,) = people(server, 1)
    steps = [Message((f"step {number}",), progress="REF") for number in range(6)]
    commit(tmp_path, {owner: steps})
    async with bot(tmp_path, server, library, telegram_chat_rate=1) as running:
        begun = running.time()
        await running.time.until(lambda: standing(owner) == [("step 5", [])])
        assert running.time() - begun >= 3
    assert texts(owner) == ["step 0"]
