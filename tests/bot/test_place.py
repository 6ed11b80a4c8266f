"""Where a message goes, and what its chat shows since, by what was there before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.delivered import Delivered, Place
from bot.place import place_of, report_after, screen_after
from dialogs.messages import Message
from storage.records import Address, ClaimedMessage, Outgoing, Screen
from tests.storage.samples import message

OPEN = Screen("70", 4, buttons=True)
BARE = Screen("70", 4, buttons=False)
QUESTION = message("What else?")
REPORT = Message(("On its way.",), progress="REF")
END = replace(REPORT, closes=("Sent.",))


def claimed(
    said: Message, *, turn: int = 5, screen: Screen | None = OPEN, report: str = "", part: int = 0
) -> ClaimedMessage:
    """A message of that turn, in a chat that shows this."""
    return ClaimedMessage(Outgoing(1, "en", turn, said), Address("telegram", "1"), part, 0, 0, screen, report)


@pytest.mark.parametrize(
    ("one", "place"),
    [
        (claimed(QUESTION, screen=None), Place()),
        (claimed(QUESTION, screen=BARE), Place()),
        (claimed(QUESTION), Place(closes="70")),
        (claimed(QUESTION, turn=4), Place()),
        (claimed(REPORT), Place()),
        (claimed(REPORT, report="71"), Place(replaces="71")),
        (claimed(REPORT, turn=4, report="71"), Place(replaces="71")),
        (claimed(END), Place()),
        (claimed(END, report="71"), Place(closes="71")),
    ],
)
def test_where_it_goes(one: ClaimedMessage, place: Place) -> None:
    """A question closes the one before, unless it is news of the same turn; a report keeps to reports."""
    assert place_of(one) == place


@pytest.mark.parametrize(
    ("one", "sent", "screen"),
    [
        (claimed(QUESTION), Delivered("72"), Screen("72", 5, buttons=True)),
        (claimed(Message(("Bye.",))), Delivered("72"), Screen("72", 5, buttons=False)),
        (claimed(QUESTION), Delivered(more=True), None),
        (claimed(QUESTION, turn=4), Delivered("72"), None),
        (claimed(REPORT), Delivered("72"), None),
        (claimed(END, report="71"), Delivered("72"), None),
    ],
)
def test_which_question_is_open_since(one: ClaimedMessage, sent: Delivered, screen: Screen | None) -> None:
    """The message that ends the text of a turn; news and reports leave it."""
    assert screen_after(one, sent) == screen


@pytest.mark.parametrize(
    ("one", "sent", "report"),
    [
        (claimed(QUESTION), Delivered("72"), None),
        (claimed(REPORT), Delivered("72"), "72"),
        (claimed(REPORT), Delivered(more=True), None),
        (claimed(REPORT, report="71"), Delivered("72"), "72"),
        (claimed(REPORT, report="71"), Delivered("71"), None),
        (claimed(END, report="71"), Delivered("72"), ""),
        (claimed(END, report="71"), Delivered(more=True), ""),
        (claimed(END), Delivered("72"), None),
    ],
)
def test_which_message_tells_the_progress_since(
    one: ClaimedMessage, sent: Delivered, report: str | None
) -> None:
    """The last one sent or changed; none after the end; and nothing is said where nothing has changed."""
    assert report_after(one, sent) == report
