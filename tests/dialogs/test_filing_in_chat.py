"""A form in a chat from its confirmation on: what is filed, and what the office answers."""

from __future__ import annotations

import pytest

from dialogs.filing import State
from dialogs.office import Filed, Receipt, Received, Returned
from tests.dialogs.places import RECEIPT
from tests.dialogs.talks import BODY, COMPANY, FORM, PERSON, WEIBO, a_talk, filed


def test_nothing_is_tracked_before_the_confirmation() -> None:
    """No effect, so nothing that leaves, from any answer on the whole way to the review."""
    talk = a_talk()
    for text in (*WEIBO, *FORM, *PERSON):
        assert talk.say(text).turn.effects == ()
    (track,) = talk.say("send").turn.effects
    assert (track.state, track.revision, track.due_at) == (State.CONFIRMED, 1, talk.world.now)


PERSON_FIELDS = {
    "account_name": "古城漫步",
    "weibo_id": "1234567890",
    "real_name": "李华",
    "resident_id": "11010519491231002X",
    "manager_name": "王芳",
    "contact_number": "13800138000",
    "content_kind": "video",
}
COMPANY_FIELDS = {
    "account_name": "古城漫步",
    "weibo_id": "1234567890",
    "body_name": "西安古城文化有限公司",
    "credit_code": "916101020000000002",
    "person_in_charge": "李华",
    "contact_number": "13800138000",
    "content_kind": "video",
}


@pytest.mark.parametrize(
    ("account", "fields"),
    [((*WEIBO, *FORM, *PERSON), PERSON_FIELDS), ((*BODY, *FORM, *COMPANY), COMPANY_FIELDS)],
)
def test_what_was_confirmed_is_what_is_filed(account: tuple[str, ...], fields: dict[str, str]) -> None:
    """Each answer in full; the owner's word for others is not filed."""
    (filing,) = a_talk(*account, "send").conversation.filings
    assert dict(filing.fields) == fields
    assert (filing.practice, filing.rulebook) == (True, a_talk().world.rulebook.version)


def test_a_correction_asks_exactly_what_the_office_named() -> None:
    """What was left out stays left out; the reference stays, the revision and so the key are new."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:4], "no", *PERSON[6:], "send")
    sent = talk.conversation.filings[-1]
    talk.office(Returned((("account_name", "Not this one."),)))
    assert "Not this one." in talk.text
    assert talk.say("长安夜话").scene == "review"
    (track,) = talk.say("send").turn.effects
    (filing,) = talk.conversation.filings
    assert (track.reference, track.revision) == (sent.reference, 2)
    assert dict(filing.fields) == dict(sent.fields) | {"account_name": "长安夜话"}


def test_a_correction_may_ask_about_somebody_who_was_left_out() -> None:
    """With the office's words; and whether that person agrees is asked before."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:4], "no", *PERSON[6:], "send")
    talk.office(Returned((("manager_name", "Who manages it?"),)))
    assert "others_agreed" not in talk.conversation.drafting.answers
    assert "Who manages it?" in talk.say("yes").text
    assert talk.say("王芳").scene == "review"
    talk.say("send")
    assert dict(talk.conversation.filings[-1].fields)["manager_name"] == "王芳"


def test_going_back_within_a_correction_stays_within_the_form() -> None:
    """To each field that this account has, the last first."""
    talk = filed().office(Returned((("account_name", "Not this one."),)))
    asked = [talk.say("/back").text.partition(",")[0] for _ in range(7)]
    labels = ["Posts", "Phone", "Manager or user", "The other person agreed", "ID", "Name", "Account"]
    assert [text.rpartition("\n")[2] for text in asked] == labels


def test_an_answer_about_something_else_is_let_rest() -> None:
    """Of a filing that is not there, or is closed: nobody is told, and nothing more is due."""
    talk = filed().office(Filed(RECEIPT))
    before = talk.conversation
    turn = talk.office(Received()).turn
    assert (turn.messages, turn.conversation) == ((), before)
    assert [effect.due_at for effect in turn.effects] == [None]


def test_the_office_is_heard_in_the_middle_of_something_else() -> None:
    """Its answer is told at once; the question that was open is still the one to answer."""
    talk = filed("check", "weibo")
    talk.office(Filed(RECEIPT))
    assert "PRACTICE-2026-000001" in talk.text
    check = talk.say("xi'an").conversation.check
    assert check is not None
    assert set(check.answers) == {"platform", "place"}


def test_a_receipt_of_an_authority_is_told_apart_from_practice() -> None:
    """Only a practice receipt says that nothing was sent to an authority."""
    real = Receipt("XA-1", "BN-0000000000000019", 1, "the office", RECEIPT.issued_at)
    assert "authority" not in filed(kind="real").office(Filed(real)).text
    assert "Nothing was sent to an authority" in filed().office(Filed(RECEIPT)).text
