"""However often "send" is pressed, and however the presses arrive: one filing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.outbox import LEASE
from dialogs.conversation import Pressed
from storage import filings
from storage.database import Database
from tests.bot.running import HERE, House
from tests.dialogs.talks import FORM, PERSON, WEIBO, a_talk

FIVE = 5


def at_review(database: Database) -> tuple[House, Pressed]:
    """A chat at its review, and a press of "send"."""
    house = House(database)
    house.say(*WEIBO, *FORM, *PERSON)
    return house, Pressed(house.conversation().turn, 0)


def check_one(house: House) -> None:
    """Raises unless one filing was made, reported and tracked once."""
    (filing,) = house.conversation().filings
    with house.database.transaction() as tx:
        (claimed,) = filings.claim_filings(tx, house.world.now, 10, LEASE)
    assert (claimed.reference, claimed.revision) == (filing.reference, 1)
    assert [message.progress for message in house.messages() if message.progress] == [filing.reference]


def test_five_presses_one_after_another_are_one_filing() -> None:
    """The button is good for one turn."""
    talk = a_talk(*WEIBO, *FORM, *PERSON)
    turn = talk.conversation.turn
    effects = [effect for _ in range(FIVE) for effect in talk.press(":send", turn).turn.effects]
    assert (len(effects), len(talk.conversation.filings)) == (1, 1)


def test_five_presses_in_a_batch_are_one_filing(database: Database) -> None:
    """Taken in one transaction."""
    house, press = at_review(database)
    house.take(*[press] * FIVE)
    check_one(house)


def test_five_presses_at_the_same_time_are_one_filing(database: Database) -> None:
    """Each in a transaction of its own, from a thread of its own."""
    house, press = at_review(database)
    with ThreadPoolExecutor(FIVE) as pool:
        list(pool.map(lambda _: house.take(press), range(FIVE)))
    check_one(house)
    assert house.conversation(HERE).turn == press.turn + FIVE
