from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.conversation import At, Office, Track
from dialogs.filing import Arrival, State
from dialogs.office import (
    Absent,
    Blocked,
    Busy,
    Filed,
    NotOffered,
    Received,
    Rejected,
    Returned,
    Unclear,
    Withdrawn,
)
from tests.dialogs.places import RECEIPT, changed, unanswered, unsent
from tests.dialogs.talks import FORM, PERSON, WEIBO, Talk, a_talk, filed

THREE_DAYS = timedelta(hours=72)
CUT = Unclear("cut")
RETURNED = Returned((("account_name", "Another."),), date(2026, 12, 1))


def at_screen(talk: Talk) -> Talk:
    """At the filing's own screen."""
    return talk.say("/filings")


@pytest.mark.parametrize(
    ("way", "choices"),
    [
        (filed, "withdraw"),
        (lambda: filed().office(CUT), "withdraw"),
        (lambda: filed().office(Received()), "withdraw"),
        (lambda: filed().office(Filed(RECEIPT)), "receipt amend withdraw remove"),
        (lambda: filed().office(RETURNED).say("cancel", "erase it"), "correct withdraw remove"),
        (lambda: filed().office(Rejected("No.")), "correct remove"),
        (lambda: filed().office(Withdrawn()), "correct remove"),
        (lambda: filed().office(Blocked(401)), "remove"),
        (unanswered, "registered ask-again withdraw remove"),
        (unsent, "registered try-again remove"),
        (lambda: filed().office(CUT).office(NotOffered()), "registered withdraw remove"),
        (lambda: filed("/filings", "withdraw it", "yes"), ""),
        (lambda: changed().say("send"), ""),
        (lambda: changed().say("send").later(THREE_DAYS).office(Busy()), "registered try-again drop remove"),
        (lambda: filed(kind="none"), "registered remove"),
    ],
)
def test_each_state_has_its_choices(way: Callable[[], Talk], choices: str) -> None:
    """No more, no fewer; and the way back."""
    talk = at_screen(way())
    expected = [f":{one.replace('-', ' ')}" for one in choices.split()]
    assert (talk.scene, talk.choices) == ("filing", [*expected, ":up"])


@pytest.mark.parametrize("office", [Office(), Office("practice", "other.example")])
def test_without_its_office_nothing_is_asked_of_it(office: Office) -> None:
    """Neither of another one, nor of none."""
    for way in (lambda: filed().office(Filed(RECEIPT)), unanswered, unsent, filed):
        talk = way()
        talk.world = replace(talk.world, office=office)
        assert {":withdraw", ":amend", ":ask again", ":try again"}.isdisjoint(at_screen(talk).choices)


def test_several_filings_are_a_list_first() -> None:
    """Each by its reference and state; from its screen the way back is to the list."""
    talk = filed(*WEIBO, *FORM, *PERSON, "send", "/filings")
    assert (talk.scene, len(talk.choices)) == ("filings", 3)
    older = talk.conversation.filings[0].reference
    assert talk.say(older).scene == "filing"
    assert talk.conversation.open == At("filing", None, older)
    assert talk.say("back").scene == "filings"


def test_words_that_are_no_choice_lead_back_to_the_question_behind() -> None:
    """It is shown again, and then answered: a look at the filings interrupts nothing."""
    talk = filed("check", "/filings").say("weibo")
    assert talk.scene == "check"
    talk.say("weibo")
    assert talk.conversation.check is not None
    assert talk.conversation.check.answers == {"platform": "weibo"}


@pytest.mark.parametrize(
    ("way", "contact"), [(unanswered, True), (lambda: filed().office(Blocked(401)), True), (filed, False)]
)
def test_how_the_office_is_reached_is_shown_where_it_helps(way: Callable[[], Talk], contact: bool) -> None:
    """As the office states it, else as the rulebook knows it."""
    talk = way()
    assert "telephone" not in at_screen(talk).text  # of an authority, in a practice run
    (filing,) = talk.conversation.filings
    real = replace(talk.conversation, filings=(replace(filing, practice=False),))
    talk.conversation = real
    assert ("We have found no telephone" in at_screen(talk).text) == contact
    stated = {id_: replace(s, contact="Tel. 12345") for id_, s in talk.world.statements.items()}
    talk.world = replace(talk.world, statements=stated)
    assert ("Tel. 12345" in at_screen(talk).text) == contact


@pytest.mark.parametrize(
    ("way", "choice", "state"),
    [(unanswered, "ask the office again", State.UNKNOWN), (unsent, "try again", State.CONFIRMED)],
)
def test_the_owner_may_have_it_tried_for_another_72_hours(
    way: Callable[[], Talk], choice: str, state: State
) -> None:
    """Beginning now, with the same key; then it is the owner's again."""
    talk = at_screen(way())
    before = talk.conversation.filings[-1]
    talk.say(choice)
    (filing,) = talk.conversation.filings
    assert talk.turn.effects == (Track(filing.reference, 1, state, talk.world.now),)
    assert filing.idempotency_key == before.idempotency_key
    assert talk.turn.messages[0].progress == filing.reference
    answer = Busy() if state is State.CONFIRMED else CUT
    talk.later(THREE_DAYS - timedelta(seconds=1)).office(answer)
    assert talk.conversation.filings[-1].state is state
    assert talk.later(timedelta(seconds=1)).office(answer).conversation.filings[-1].state is State.UNANSWERED


def test_what_was_received_is_asked_about_as_received() -> None:
    """An absence then proves nothing, and nothing is sent a second time."""
    talk = at_screen(filed().office(Received()).later(timedelta(days=61)).office(CUT))
    talk.say("ask the office again").office(Absent())
    assert (talk.conversation.filings[-1].state, talk.conversation.filings[-1].arrival) == (
        State.RECEIVED,
        Arrival.YES,
    )


def test_a_withdrawal_is_asked_about_first() -> None:
    """To say no leaves everything as it is."""
    talk = at_screen(filed().office(Filed(RECEIPT))).say("withdraw it")
    assert talk.turn.effects == ()
    assert talk.say("no").scene == "filing"
    talk.say("withdraw it", "yes")
    (filing,) = talk.conversation.filings
    assert (filing.state, filing.before) == (State.WITHDRAWING, State.FILED)
    assert talk.turn.effects == (Track(filing.reference, 1, State.WITHDRAWING, talk.world.now),)


def test_what_is_withdrawn_is_not_corrected_any_more() -> None:
    """What was begun for it goes, in hand or set aside; and that is said before."""
    talk = filed().office(RETURNED)
    talk.say("/filings", "withdraw it")
    assert "is erased" in talk.text
    talk.say("yes")
    assert (talk.conversation.draft, talk.conversation.aside) == (None, ())


def test_what_changed_meanwhile_is_not_withdrawn_unseen() -> None:
    """The office rejects it while the owner is being asked."""
    talk = at_screen(filed()).say("withdraw it").office(Rejected("No.")).say("yes")
    assert talk.turn.effects == ()
    assert talk.conversation.filings[-1].state is State.REJECTED


def test_a_change_keeps_what_still_stands() -> None:
    """Only what is to be changed is asked; the earlier receipt is shown until it is done."""
    talk = at_screen(filed().office(Filed(RECEIPT))).say("change what was filed")
    assert talk.scene == "change"
    assert "This change has not been sent yet" in talk.say("account name", "长安夜话").text
    (track,) = talk.say("send").turn.effects
    assert isinstance(track, Track)
    assert (track.reference, track.revision) == (RECEIPT.reference, 2)
    assert RECEIPT.number in at_screen(talk).text


def test_after_three_days_a_change_asks_everything_anew() -> None:
    """But for what decides which form it is; and it says so."""
    talk = at_screen(filed().office(Filed(RECEIPT)).later(THREE_DAYS)).say("change what was filed")
    assert "the form is asked anew" in talk.text
    assert talk.say(*PERSON).scene == "review"
    assert talk.conversation.drafting.revision == 2


def test_consent_is_asked_again_where_it_does_not_stand() -> None:
    """Another text needs another agreement."""
    talk = filed().office(Filed(RECEIPT))
    talk.world = replace(talk.world, operator=("Example Ltd", "help@example.org"))
    at_screen(talk).say("change what was filed", "account name", "长安夜话")
    assert talk.choices == [":agree", ":decline"]


def test_a_change_that_did_not_arrive_can_be_dropped() -> None:
    """Then what was registered is shown as before."""
    talk = at_screen(changed().say("send").later(THREE_DAYS).office(Busy())).say("drop the change")
    (filing,) = talk.conversation.filings
    assert (filing.state, filing.revision, filing.receipt) == (State.FILED, 1, RECEIPT)
    assert talk.turn.effects == (Track(filing.reference, 1, State.FILED, None),)


def test_what_is_removed_is_gone() -> None:
    """After a question, which says what goes with it."""
    talk = at_screen(filed().office(Filed(RECEIPT))).say("remove it")
    assert "Its receipt is removed too" in talk.text
    assert talk.say("no").scene == "filing"
    assert talk.say("remove it", "yes").conversation.filings == ()
    assert talk.scene == "idle"


def test_a_number_may_be_told_of_what_was_never_answered() -> None:
    """The owner may know more than the office's system says."""
    talk = at_screen(unanswered()).say("I have a number", "XA-1", "the office", "2017-08-10", "send")
    assert [one.state for one in talk.conversation.filings] == [State.RECORDED]


def test_who_has_no_filing_is_told_so() -> None:
    """And goes on."""
    talk = a_talk("/filings")
    assert (talk.scene, talk.choices) == ("filings", [":go on"])
