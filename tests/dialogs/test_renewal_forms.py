"""A form whose rules change while it is filled in: what is told, asked again and erased."""

from __future__ import annotations

import pytest

from bot.i18n import words
from dialogs.office import Answer, Rejected, Returned
from tests.dialogs.talks import FORM, PERSON, WEIBO, a_talk, filed
from tests.dialogs.upgrades import COMMENT, LOOK, Edit, lines, upgraded

GONE: list[Edit] = [
    ("forms/xian.toml", "form.xian", "form.xian_2"),
    ("cn/xian.toml", 'form = "xian"', 'form = "xian_2"'),
]
NICK: Edit = ("forms/xian.toml", 'id = "account_name"', 'id = "nick"')


def test_a_form_whose_fields_changed() -> None:
    """One line says what is new and what is gone; only the new is asked, and the gone is erased."""
    asked = NICK[1] + '\nkind = "account_name"\nask = "What is the account\'s name?"'
    new = 'id = "nick"\nkind = "account_name"\nask = "What is its nick?"'
    label = ("forms/xian.toml", 'label = "Account name"', 'label = "Nick"')
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON), ("forms/xian.toml", asked, new), label).say("send")
    assert "The form has changed meanwhile: now also asked: Nick; no longer asked: Account name." in talk.text
    talk.say("i agree")  # to what the form now asks for
    assert lines(talk)[-1].startswith("What is its nick?")
    assert talk.conversation.filings == ()
    kept = talk.conversation.drafting.answers
    assert "account_name" not in kept
    assert (kept["real_name"], kept["resident_id"]) == (PERSON[2], PERSON[3])
    talk.say("古城漫步")
    assert talk.scene == "review"
    assert "The form has changed" not in talk.text


def test_what_was_not_seen_is_not_sent() -> None:
    """The form asks for less than what the review showed: consent is asked again, nothing is filed."""
    less = ("forms/xian.toml", 'fact = "platform", is = ["weibo"]', 'fact = "platform", is = ["forum"]')
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON), less).press(":send")
    assert LOOK in lines(talk)
    assert talk.conversation.filings == ()


def test_a_form_that_did_not_change() -> None:
    """Nothing is said of it, and the answer is taken."""
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON[:2]), COMMENT).say(PERSON[2])
    assert "The form" not in talk.text
    assert talk.conversation.drafting.answers["real_name"] == PERSON[2]


def test_a_form_of_which_the_earlier_one_is_not_known() -> None:
    """It may have changed; what is missing shows by being asked."""
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON[:2]), COMMENT, known=False).say(PERSON[2])
    assert "The form may have changed meanwhile; only what is missing is asked." in lines(talk)
    assert talk.conversation.drafting.answers["real_name"] == PERSON[2]


def test_a_field_of_another_kind_is_asked_again() -> None:
    """What was typed for the one kind is no answer to the other."""
    edit = (
        "forms/xian.toml",
        'id = "account_name"\nkind = "account_name"',
        'id = "account_name"\nkind = "link"',
    )
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON[:2]), edit).say(PERSON[2])
    assert "The form has changed meanwhile: asked again: Account name." in lines(talk)
    assert "account_name" not in talk.conversation.drafting.answers
    assert "real_name" not in talk.conversation.drafting.answers


@pytest.mark.parametrize(
    "edits",
    [
        GONE,
        [("cn/xian.toml", '"cn-xian-2017/', '"cn-xian-2017/new-')],
    ],
    ids=["form", "duty"],
)  # fmt: skip
@pytest.mark.parametrize("aside", [False, True])
def test_a_form_that_is_gone(edits: list[Edit], aside: bool) -> None:
    """Its answers are erased, which is said; in hand or set aside."""
    begun = a_talk(*WEIBO, *FORM, *PERSON[:3], *(("check", "weibo") if aside else ()))
    talk = upgraded(begun, *edits).say(PERSON[3] if not aside else "help")
    assert "The form you were filling is no longer offered; its answers are erased." in lines(talk)
    assert (talk.conversation.draft, talk.conversation.aside) == (None, ())
    assert PERSON[2] not in repr(talk.conversation)


@pytest.mark.parametrize("answer", [Returned((("account_name", "Another name."),)), Rejected("No.")])
def test_an_office_answers_about_a_form_that_is_gone(answer: Answer) -> None:
    """It is told; there is nothing left to correct it with."""
    talk = upgraded(filed(), *GONE).office(answer)
    assert "for correction" in talk.text or "rejected" in talk.text
    assert talk.conversation.draft is None
    assert ":correct" not in talk.say("/filings").choices


def test_a_form_set_aside_is_told_of_when_it_is_taken_up() -> None:
    """With the question that is new, in the same turn."""
    begun = a_talk(*WEIBO, *FORM, *PERSON[:3], "check")
    edits = (NICK, ("forms/xian.toml", 'label = "Account name"', 'label = "Nick"'))
    talk = upgraded(begun, *edits).say("help")
    assert "The form" not in talk.text
    talk.say("cancel", "register")
    assert "The form has changed meanwhile: now also asked: Nick; no longer asked: Account name." in talk.text


def test_a_form_that_needs_one_more_answer_of_the_check() -> None:
    """It is asked at its start, as what it asks there itself."""
    edit = (
        "forms/xian.toml",
        'requires = ["platform", "holder"]',
        'requires = ["platform", "holder", "id_place"]',
    )
    talk = upgraded(a_talk(*WEIBO, *FORM, *PERSON[:2]), edit).say(PERSON[2])
    assert LOOK in lines(talk)
    assert "ID" in lines(talk)[-1]
    assert "real_name" not in talk.conversation.drafting.answers


def test_a_form_in_chinese() -> None:
    """What is new in it, and what is gone."""
    talk = upgraded(a_talk("/language", "2", *WEIBO, *FORM, *PERSON[:3]), NICK).say("1")
    assert "登记表已有变动：新增账号（网站）名称；不再询问账号（网站）名称。" in words("zh_CN").question(
        talk.message
    )
