from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.i18n import words
from bot.runner import Incoming, fresh_id
from dialogs.conversation import Arrived, Event, Noticed, OfficeAnswered, Pressed, Said, TimePassed
from dialogs.filing import Step
from dialogs.messages import Text
from dialogs.office import Filed, Receipt, Returned
from storage import holds, outbox, schema
from storage.database import Database
from storage.records import Address
from tests.bot.running import HERE, House
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.storage.samples import LEASE, counted

OTHER = Address("console", "other")
SORRY = "Something went wrong on my side. Nothing you entered before is lost."


@pytest.fixture
def house(database: Database) -> House:
    """A runner on each kind of database in turn."""
    return House(database)


def named(*updates: tuple[str, Event]) -> list[Incoming]:
    """Events of one chat with the channel's ids of them."""
    return [Incoming(HERE, event, id_) for id_, event in updates]


def test_a_batch_is_taken_in_order(house: House) -> None:
    """Each event meets what the one before it left; each is answered."""
    house.say(*WEIBO)
    assert list(house.conversation().check.answers.values())[:3] == ["weibo", "xian", "individual"]  # type: ignore[union-attr]
    assert len(house.messages()) == len(WEIBO) + 1
    assert house.words()[1].startswith("A Weibo account.")


def test_chats_of_one_batch_do_not_meet(house: House) -> None:
    """Mixed as they come, each in its own order."""
    house.runner.run(
        [
            Incoming(address, event)
            for event in (Arrived(), Said("weibo"), Said("me"))
            for address in (HERE, OTHER)
        ]
    )
    house.say("about 30k", address=OTHER)
    assert house.conversation().turn == 3
    assert house.conversation(OTHER).turn == 5
    assert len(house.messages()) == 3


@pytest.mark.parametrize("together", [True, False])
def test_an_update_is_taken_once(house: House, together: bool) -> None:
    """Repeated in its batch or in a later one, by a runner that knows nothing of the first."""
    updates = named(("1", Arrived()), ("2", Said("weibo")), ("2", Said("weibo")), ("3", Said("me")))
    for batch in [updates] if together else [[one] for one in updates]:
        house.runner.run(batch)
    house.runner.run(updates)
    assert house.conversation().turn == 3
    assert len(house.messages()) == 3


def test_the_same_id_on_another_channel_is_another_update(house: House) -> None:
    """Every channel counts for itself; events without an id are never repetitions."""
    house.runner.run([Incoming(HERE, Arrived(), "1"), Incoming(Address("web", "x"), Arrived(), "1")])
    house.runner.run([Incoming(HERE, Said("help")), Incoming(HERE, Said("help"))])
    assert (house.conversation().turn, house.conversation(Address("web", "x")).turn) == (3, 1)


def test_updates_in_another_order_are_all_taken(house: House) -> None:
    """An id that is smaller than one already taken is not an old one."""
    house.runner.run(named(("9", Arrived()), ("3", Said("weibo"))))
    house.runner.run(named(("4", Said("me"))))
    assert house.conversation().turn == 3


def test_a_turn_that_fails_is_told_and_asked_again(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is lost, the log has no content, and with the fault mended the next answer is taken."""
    house.say(*WEIBO)
    whole, before = house.world, house.conversation()
    house.world = replace(whole, rulebook=replace(whole.rulebook, forms={}))
    house.take(Said("register"))
    last = house.messages()[-1]
    assert last.lines[0] == Text(SORRY)
    assert last.buttons == house.messages()[-2].buttons
    assert (house.conversation().check, house.conversation().draft) == (before.check, None)
    assert [(record.getMessage(), record.__dict__["event"]) for record in caplog.records] == [
        ("turn failed", "Said")
    ]
    house.world = whole
    house.take(Said("register"))
    assert house.conversation().draft is not None


def test_a_question_that_cannot_be_shown_still_gets_an_apology(house: House) -> None:
    """The last resort: one line, and all answers kept for the day it is mended."""
    house.say(*WEIBO)
    before = house.conversation()
    house.world = replace(
        house.world, rulebook=replace(house.world.rulebook, facts={}, duties={}, instruments={})
    )
    house.take(Said("why"), Pressed(before.turn + 1, 0))
    assert house.words()[-2:] == [SORRY, SORRY]
    assert house.conversation().check == before.check


def test_a_turn_that_fails_stops_no_other(house: House) -> None:
    """Neither other chats of its batch, nor its own next event."""
    house.say(*WEIBO)
    house.world = replace(house.world, rulebook=replace(house.world.rulebook, forms={}))
    events = ((OTHER, Arrived()), (HERE, Said("register")), (OTHER, Said("weibo")), (HERE, Said("help")))
    house.runner.run([Incoming(*event) for event in events])
    assert house.words(OTHER)[-1].startswith("A Weibo account.")
    assert [text.startswith(SORRY) for text in house.words()[-2:]] == [True, False]


def test_a_turn_that_nobody_spoke_for_fails_in_silence(house: House) -> None:
    """The owner hears nothing of an office's answer that could not be taken, until it is taken later."""
    house.say(*WEIBO, *FORM, *PERSON, "send")
    whole, before, said = house.world, house.conversation(), len(house.messages())
    returned = Returned((("account_name", "Another name."),))
    answer = OfficeAnswered(before.filings[0].reference, 1, Step.CREATE, returned)
    unreadable = {id_: replace(form, fields=None) for id_, form in whole.rulebook.forms.items()}
    house.world = replace(whole, rulebook=replace(whole.rulebook, forms=unreadable))
    house.take(answer)
    assert (house.conversation(), len(house.messages())) == (before, said)
    house.world = whole
    house.take(answer)
    assert "Another name." in house.words()[-1]


def test_a_conversation_that_cannot_be_read_stops_no_other(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It is left as it is, for whoever mends it; the operator hears which row it is."""
    house.say("weibo")
    house.say(address=OTHER)
    with house.database.transaction() as tx:
        broken = update(schema.conversations).where(schema.conversations.c.chat == HERE.chat)
        tx.connection.execute(broken.values(state=b"\x01not an envelope"))
    house.runner.run([Incoming(HERE, Said("me")), Incoming(OTHER, Said("weibo")), Incoming(HERE, Said("me"))])
    assert house.conversation(OTHER).turn == 2
    assert [record.getMessage() for record in caplog.records] == ["conversation unreadable"]
    assert caplog.records[0].levelno == logging.ERROR


def test_a_batch_is_a_few_statements_however_many_chats(house: House) -> None:
    """Four, with the updates; none more for a hundred chats than for one."""
    ran = []
    for count in (1, 100):
        batch = [Incoming(Address("web", f"{count}-{n}"), Arrived(), f"{count}-{n}") for n in range(count)]
        with counted() as statements:
            house.runner.run(batch)
        ran.append(len([one for one in statements if one != "COMMIT"]))
    assert ran[0] == ran[1] <= 4


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


def test_racing_runners_lose_nothing(postgres_database: Database) -> None:
    """Several processes on one database take the first words of the same new chat at the same time."""
    house = House(postgres_database)
    batches = [[Incoming(HERE, Said("help"), f"{n}")] for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(house.runner.run, batches))
    assert house.conversation().turn == len(batches)
    assert len(house.messages()) == len(batches)


def test_what_is_overdue_is_erased_unasked(house: House) -> None:
    """A check after 2 hours, without a word; the draft beside it is for another day."""
    house.say(*WEIBO, "check", *WEIBO, *FORM, *PERSON[:3])
    house.say("weibo", address=OTHER)
    assert house.runner.erase_overdue() == 0
    house.world = replace(house.world, now=house.world.now + timedelta(hours=2))
    assert house.runner.erase_overdue() == 2
    assert house.runner.erase_overdue() == 0
    assert house.conversation(OTHER).check is None
    assert house.conversation().draft is not None
    assert len(house.messages(OTHER)) == 2
    house.world = replace(house.world, now=house.world.now + timedelta(days=7))
    assert house.runner.erase_overdue() == 1
    assert "李华" not in repr(house.conversation())


def test_a_fresh_id_is_one_that_nobody_mistakes() -> None:
    """80 random bits, without the letters that look like figures."""
    ids = {fresh_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(one) for one in ids} == {16}
    assert not set("".join(ids)) & set("ILOU")
