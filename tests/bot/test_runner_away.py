"""Chats whose owners are away: who speaks is back, and is told what was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import words
from bot.runner import Incoming
from dialogs.conversation import Arrived, Event, Noticed, OfficeAnswered, Pressed, Said, TimePassed
from dialogs.filing import Step
from dialogs.office import Filed, Receipt
from storage import holds, outbox
from storage.records import Address
from tests.bot.running import HERE, OTHER, SORRY, House, named
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.storage.samples import LEASE, counted


def away(house: House, *addresses: Address) -> None:
    """The owners of these chats have blocked the bot."""
    with house.database.transaction() as tx:
        for address in addresses:
            holds.hold(tx, address)


def sent(house: House) -> list[str]:
    """The first lines of all that a worker sends now, until nothing is due."""
    said: list[str] = []
    with house.database.transaction() as tx:
        while mine := outbox.claim_messages(tx, [HERE.channel], house.world.now, 100, LEASE)[0]:
            outbox.delivered(tx, mine)
            said += [words("en").text(one.outgoing.message.lines[0]) for one in mine]
    return said


def answered(house: House) -> OfficeAnswered:
    """The office files the newest filing."""
    filing = house.conversation().filings[-1]
    receipt = Receipt("PRACTICE-1", filing.reference, 1, "Practice office", house.world.now, practice=True)
    return OfficeAnswered(filing.reference, 1, Step.CREATE, Filed(receipt))


@pytest.mark.parametrize("event", [Arrived(), Said("help"), Pressed(1, 0), Noticed("unreadable")])
def test_an_owner_who_speaks_is_back(house: House, event: Event) -> None:
    """What lasts is told first, then the answer to what they did; nothing else of what was said meanwhile."""
    house.say(*WEIBO, *FORM, *PERSON, "send")
    away(house, HERE)
    house.take(answered(house))
    assert (sent(house), house.runner.conversation(HERE).held) == ([], True)
    house.take(event)
    assert not house.runner.conversation(HERE).held
    sending, receipt, answer = sent(house)
    assert sending.startswith("Sending.")
    assert receipt.startswith("Practice receipt PRACTICE-1")
    assert not answer.startswith(("Practice receipt", SORRY))


@pytest.mark.parametrize("event", [answered, lambda _: TimePassed()])
def test_an_owner_who_did_nothing_stays_away(house: House, event: Callable[[House], Event]) -> None:
    """Neither an office nor the clock brings anybody back; what the office says is kept, and only that."""
    house.say(*WEIBO, *FORM, *PERSON, "send", "check", *WEIBO)
    away(house, HERE)
    house.world = replace(house.world, now=house.world.now + timedelta(hours=2))
    before = house.conversation()
    what = event(house)
    house.take(what)
    assert house.conversation() != before
    assert house.runner.conversation(HERE).held
    assert sent(house) == []
    assert [message.lasting for message in house.messages()] == [
        True,
        *[True] * isinstance(what, OfficeAnswered),
    ]


def test_an_owner_is_back_for_a_whole_batch(house: House) -> None:
    """They are told everything of it, also what was not for them to ask; each once, in order."""
    house.say(*WEIBO, *FORM, *PERSON, "send")
    away(house, HERE)
    house.take(answered(house), Said("privacy"), TimePassed(), Said("help"))
    _sending, receipt, first, second = sent(house)
    assert receipt.startswith("Practice receipt PRACTICE-1")
    assert first != second


def test_the_others_of_a_batch_stay_away(house: House) -> None:
    """Who speaks is back; who does not is not, also if the office has news for them."""
    house.say(*WEIBO, *FORM, *PERSON, "send")
    house.say(address=OTHER)
    away(house, HERE, OTHER)
    house.runner.run([Incoming(HERE, answered(house)), Incoming(OTHER, Said("help"))])
    assert [house.runner.conversation(address).held for address in (HERE, OTHER)] == [True, False]
    assert len(sent(house)) == 1


def test_a_repeated_update_brings_nobody_back(house: House) -> None:
    """The channel repeats what was said before the owner went away."""
    house.runner.run(named(("1", Arrived()), ("2", Said("weibo"))))
    away(house, HERE)
    house.runner.run([*named(("2", Said("weibo"))), Incoming(HERE, TimePassed())])
    assert house.runner.conversation(HERE).held
    house.runner.run(named(("3", Said("me"))))
    assert len(sent(house)) == 1


def test_only_who_comes_back_costs_more(house: House) -> None:
    """A batch is the same statements whether chats are held or not; three more for each that is back."""
    batch = [Incoming(Address("web", str(number)), Said("help")) for number in range(10)]
    house.runner.run(batch)
    ran = []
    for gone in (0, 2, 0):
        away(house, *(one.address for one in batch[:gone]))
        with counted() as statements:
            house.runner.run(batch)
        ran.append([one.split()[0] for one in statements])
    plain = ["SELECT", "INSERT", "INSERT", "COMMIT"]
    assert ran == [plain, ["SELECT", *["UPDATE", "DELETE", "UPDATE"] * 2, *plain[1:]], plain]
    away(house, *(one.address for one in batch))
    with counted() as statements:
        house.runner.run([replace(one, event=TimePassed()) for one in batch])
    assert "UPDATE" not in [one.split()[0] for one in statements]
