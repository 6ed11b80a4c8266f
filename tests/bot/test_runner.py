from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.runner import Incoming, fresh_id
from dialogs.conversation import Arrived, OfficeAnswered, Pressed, Said
from dialogs.filing import Step
from dialogs.messages import Text
from dialogs.office import Returned
from storage import schema
from storage.database import Database
from storage.records import Address
from tests.bot.running import HERE, OTHER, SORRY, House, named
from tests.dialogs.talks import FORM, PERSON, WEIBO
from tests.storage.samples import counted


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
