"""Reports on progress: each finds the message in which the last one on the same is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from dialogs.messages import Message
from storage import holds, outbox, schema
from storage.database import Database
from storage.records import ClaimedMessage
from tests.storage.lost import WAYS
from tests.storage.samples import CHAT, NOW, chats, claimed, counted, lasting, one_turn

Mark = Callable[..., set[int]]
"""What a worker says of messages: that they are sent, or one more part of each."""
GO_ON: Mark = partial(outbox.went_on, now=NOW)


def report(on: str, text: str = "on its way") -> Message:
    """A report, kept for an owner who is away."""
    return Message((text,), lasting=True, progress=on)


def tell(
    database: Database, sent: list[ClaimedMessage], *told: str, mark: Mark = outbox.delivered
) -> set[int]:
    """All of `sent` are delivered, those that come first in these messages of the channel."""
    by_id = {one.outgoing.id: message for one, message in zip(sent, told, strict=False)}
    with database.transaction() as tx:
        return mark(tx, sent, told=by_id)


def last(database: Database, on: str) -> str:
    """What the chat's next report finds; one is said for this, and given up."""
    one_turn(database, CHAT, report(on))
    sent = claimed(database, after=3600)
    tell(database, sent)
    return sent[0].report


def test_a_report_comes_with_the_last_one_on_the_same(database: Database) -> None:
    """Not with one on something else, nor in another chat; and nothing else comes with any."""
    chat, other = chats(2)
    one_turn(database, chat, report("A"), report("B"), report("A"), "a question", report("B"))
    one_turn(database, other, *[report("A")] * 5)
    found = []
    for number in range(5):
        sent = claimed(database)
        found.append([one.report for one in sent])
        tell(database, sent, *([] if number == 3 else [f"7{number}", f"8{number}"]))
    assert found == [["", ""], ["", "80"], ["70", "81"], ["", "82"], ["71", "82"]]


def test_a_report_that_has_ended_is_forgotten(database: Database) -> None:
    """That one only; the next on the same begins anew."""
    one_turn(database, CHAT, report("A"), report("B"), report("A"))
    for message in ("71", "72", ""):
        tell(database, claimed(database), message)
    assert (last(database, "A"), last(database, "B")) == ("", "72")


def test_a_part_may_change_the_report(database: Database) -> None:
    """The next part comes with what tells it since."""
    one_turn(database, CHAT, report("A"))
    for before, told in (("", ["71"]), ("71", [])):
        sent = claimed(database)
        assert sent[0].report == before
        tell(database, sent, *told, mark=GO_ON)
    assert [(one.part, one.report) for one in claimed(database)] == [(2, "71")]


@pytest.mark.parametrize("mark", [outbox.delivered, GO_ON])
@pytest.mark.parametrize("lose", WAYS)
@pytest.mark.parametrize("told", ["72", ""])
def test_who_has_lost_a_report_changes_nothing(
    database: Database, lose: Callable[[Database, ClaimedMessage], None], mark: Mark, told: str
) -> None:
    """What the new owner tells is not overwritten by what the slow one did, nor forgotten."""
    one_turn(database, CHAT, report("A"), report("A"))
    tell(database, claimed(database), "71")
    slow = claimed(database)
    lose(database, slow[0])
    assert tell(database, slow, told, mark=mark) == set()
    with database.transaction() as tx:
        holds.resume(tx, CHAT, NOW)
        tx.connection.execute(schema.messages.delete())
    assert last(database, "A") == "71"


def test_reports_cost_a_statement_only_where_there_are_some(database: Database) -> None:
    """Read in one, kept in one and forgotten in one, however many there are."""
    for address in chats(20):
        one_turn(database, address, lasting("one"), report("A"), report("A"), report("A"))
    with counted() as statements:
        tell(database, claimed(database))
        tell(database, claimed(database), *["71"] * 20)
        tell(database, claimed(database), *["72"] * 10, *[""] * 10)
        sent = claimed(database)
    verbs = [one.split()[0] for one in statements]
    claim, report_ = ["WITH", "SELECT", "COMMIT"], ["WITH", "SELECT", "SELECT", "COMMIT"]
    assert verbs[:5] == [*claim, "DELETE", "COMMIT"]
    assert verbs[5:12] == [*report_, "DELETE", "INSERT", "COMMIT"]
    assert verbs[12:] == [*report_, "DELETE", "INSERT", "DELETE", "COMMIT", *report_]
    assert [one.report for one in sent] == ["72"] * 10 + [""] * 10


def test_a_report_goes_with_its_conversation(database: Database) -> None:
    """Nothing stays of a chat that is deleted."""
    one_turn(database, CHAT, report("A"))
    tell(database, claimed(database), "71")
    with database.transaction() as tx:
        kept = tx.connection.execute(select(schema.progress)).all()
        assert [(row.reference, row.message) for row in kept] == [("A", "71")]
        tx.connection.execute(schema.conversations.delete())
        assert tx.connection.execute(select(schema.progress)).all() == []
