from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import words
from bot.rulebook import rulebook, texts
from dialogs.conversation import At, Choosing, Editing, OfficeAnswered, Pressed, TimePassed
from dialogs.filing import Step
from dialogs.office import Filed, Receipt, Received
from dialogs.rules.load import load
from tests.dialogs.talks import BODY, WEIBO, Talk, a_talk, filed
from tests.dialogs.upgrades import COMMENT, HIGHER, LOOK, UPDATED, lines, upgraded

SAME = "By your answers so far no result changes."
PERSONAL = "Registering a personal Weibo account (the Xi'an notice of 2017)"


def answers(talk: Talk) -> dict[str, object]:
    """The facts answered so far."""
    assert talk.conversation.check is not None
    return dict(talk.conversation.check.answers)


def test_a_threshold_changed_in_the_middle_of_a_check() -> None:
    """It is told, the answer to the question that is gone is not taken, and the next one is the right one."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER).say("yes")
    assert lines(talk) == [
        UPDATED,
        f"{PERSONAL}: not decided yet before, does not apply now.",
        LOOK,
        "What do you post about? (last question)",
    ]
    assert list(answers(talk)) == ["platform", "place", "holder", "followers"]
    talk.say("none of these")
    assert UPDATED not in talk.text
    assert talk.scene == "verdict"


def test_a_band_that_the_new_threshold_divides_is_asked_again() -> None:
    """More than 30,000 does not say whether it is more than 50,000."""
    talk = upgraded(a_talk(*WEIBO[:3], "about 30k", "2", "yes"), HIGHER).say("news")
    assert UPDATED in talk.text
    assert lines(talk)[-1].startswith("How many followers does it have?")
    talk.say("60000")
    assert lines(talk)[-1].startswith("What do you post about?")


def test_where_nothing_changes_the_answer_is_taken() -> None:
    """It is told all the same, once, and asked on."""
    talk = upgraded(a_talk(*WEIBO[:4]), COMMENT).say("yes")
    assert lines(talk)[:2] == [UPDATED, SAME]
    assert LOOK not in talk.text
    assert answers(talk)["residence"] == "xian"
    assert UPDATED not in talk.say("why").text


def test_where_the_question_has_moved_on_the_closing_line_is_the_answers() -> None:
    """What an answered question shows from now on is what was said back, not the news."""
    talk = upgraded(a_talk(*WEIBO[:4]), COMMENT).say("yes")
    closes = replace(talk.message, lines=talk.message.closes, closes=())
    assert "\n".join(words("en").question(closes)).startswith("Is your domicile or usual residence in Xi'an?")
    assert UPDATED not in repr(talk.message.closes)


def test_an_earlier_rulebook_that_is_not_known() -> None:
    """What changed cannot be said; that it changed can, and what is to be asked."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER, known=False).say("yes")
    assert lines(talk) == [UPDATED, LOOK, "What do you post about? (last question)"]


def test_nothing_was_answered_yet() -> None:
    """Then there is nothing to tell."""
    talk = upgraded(a_talk(), HIGHER).say("weibo")
    assert UPDATED not in talk.text
    assert answers(talk)["platform"] == "weibo"


def test_an_answer_whose_option_is_gone_is_dropped_and_asked_again() -> None:
    """The others stand."""
    edits = [
        (name, '"individual"', '"natural_person"') for name in texts() if '"individual"' in texts()[name]
    ]
    talk = upgraded(a_talk(*WEIBO[:4]), *edits).say("yes")
    assert UPDATED in talk.text
    assert "These answers no longer fit, and are dropped: Holder" in talk.text
    assert lines(talk)[-1].startswith("In whose name is it?")
    assert answers(talk) == {"platform": "weibo", "place": "xian", "followers": 45000}
    talk.say("me")
    assert lines(talk)[-1].startswith("Is your domicile or usual residence in Xi'an?")


def test_an_answer_whose_fact_is_gone_is_dropped() -> None:
    """By the name it had; where that is not known it goes without one."""
    edits = [
        (name, word, word.replace("followers", "fans"))
        for name in texts()
        for word in ('"followers"', "[fact.followers]")
        if word in texts()[name]
    ]
    talk = upgraded(a_talk(*WEIBO[:4]), *edits).say("why")
    assert "no longer fit, and are dropped: Followers." in talk.text
    assert "followers" not in answers(talk)
    assert "no longer fit" not in upgraded(a_talk(*WEIBO[:4]), *edits, known=False).say("why").text


def test_an_answer_that_nothing_depends_on_any_more_is_dropped() -> None:
    """The residence is of no use once the threshold is missed."""
    talk = upgraded(a_talk(*WEIBO[:5]), HIGHER).say("none of these")
    assert "No longer needed, and dropped: Residence." in talk.text
    assert "residence" not in answers(talk)


def test_the_card_is_shown_anew() -> None:
    """After a press below the old one: told, and nothing is done by it."""
    talk = upgraded(a_talk(*WEIBO).press(":why"), HIGHER).press(":register")
    assert lines(talk)[0] == UPDATED
    assert f"{PERSONAL}: applies before, does not apply now." in lines(talk)
    assert LOOK in lines(talk)
    assert "this account does not have to be registered with an authority" in talk.text
    assert talk.conversation.draft is None


def test_a_verdict_that_needs_another_answer_is_asked_for_it() -> None:
    """Also where the card was shown and only its choices were left."""
    talk = a_talk(*WEIBO[:3], "about 30k", "2", "yes", "none of these").press(":why")
    assert talk.conversation.open == At("verdict")
    upgraded(talk, HIGHER).say("help")
    assert lines(talk)[-1].startswith("How many followers does it have?")


@pytest.mark.parametrize("place", [0, 1, 50])
def test_a_press_for_a_question_that_is_no_longer_shown_is_not_taken(place: int) -> None:
    """Whichever button it was."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER)
    before = answers(talk)
    talk.take(Pressed(talk.conversation.turn, place))
    assert (LOOK in lines(talk), answers(talk)) == (True, before)


def test_two_questions_with_the_same_choices_are_not_confused() -> None:
    """A number typed for the one is not taken for the other."""
    fact = '\n[fact.likes]\nkind = "count"\nask = "How many likes?"\nlabel = "Likes"\nsaid = "{n} likes."\n'
    edits = (
        ("facts.toml", "\n[fact.followers]", fact + "\n[fact.followers]"),
        (
            "cn/xian.toml",
            '{ fact = "followers"',
            '{ fact = "likes", more_than = 9 },\n    { fact = "followers"',
        ),
    )
    talk = upgraded(a_talk(*WEIBO[:3]), *edits).say("45000")
    assert lines(talk)[-2:] == [LOOK, lines(talk)[-1]]
    assert lines(talk)[-1].startswith("How many likes?")
    assert "likes" not in answers(talk)


@pytest.mark.parametrize("word", ["help", "/help", "privacy", "中文"])
def test_a_command_is_carried_out_whatever_has_changed(word: str) -> None:
    """It is meant for no question."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER).say(word)
    assert LOOK not in talk.text
    assert talk.choices[-1] == ":done"


def test_a_check_can_be_stopped_whatever_has_changed() -> None:
    """With the news, for what they are worth."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER).say("cancel")
    assert talk.conversation.check is None
    assert "Stopped. The answers are erased." in lines(talk)


def test_choices_made_of_several_stand_as_far_as_they_are_there() -> None:
    """Those that are gone are not chosen any more."""
    talk = a_talk(*WEIBO[:5], "news", "health")
    assert talk.conversation.open == Choosing("content", ("news", "health"))
    edits = [(name, '"health"', '"medicine"') for name in texts() if '"health"' in texts()[name]]
    upgraded(talk, *edits).say("why")
    assert talk.conversation.open == Choosing("content", ("news",))


def test_a_question_that_was_asked_again_stays() -> None:
    """Unless it is gone."""
    talk = upgraded(a_talk(*WEIBO[:4], "back"), COMMENT).say("why")
    assert talk.conversation.open == Editing("followers")


def test_what_was_half_said_is_asked_in_full() -> None:
    """A clarification was of the old threshold."""
    talk = upgraded(a_talk(*WEIBO[:3], "about 30k"), HIGHER).say("2")
    assert LOOK in lines(talk)
    assert lines(talk)[-1].startswith("How many followers does it have?")


def test_many_changes_are_told_in_short() -> None:
    """What concerns the account first, then how many more there are."""
    files = dict(texts())
    for name in ("cn/national.toml", "cn/xian.toml"):
        files[name] = "\n".join(
            "valid_from = 2999-01-01" if line.startswith("valid_from") else line
            for line in files[name].splitlines()
            if not line.startswith(("valid_to", "current_until"))
        )
    talk = a_talk(*WEIBO)
    talk.world = replace(talk.world, rulebook=load(files), earlier={rulebook().version: rulebook()})
    talk.say("help")
    told = [line for line in lines(talk) if " before, " in line]
    assert len(told) == 3
    assert told[0].startswith(PERSONAL)
    assert "more result" in talk.text


def test_a_card_that_came_to_something_else_is_not_answered() -> None:
    """Also where its choices are the same, and what changed is not known."""
    for talk in (upgraded(a_talk(*WEIBO), HIGHER), upgraded(a_talk(*WEIBO), COMMENT, known=False)):
        talk.press(":another")
        assert LOOK in lines(talk)
        assert answers(talk)


def test_passing_time_and_an_offices_answer_keep_the_news_for_the_owner() -> None:
    """Neither reads them; the conversation rests on its rulebook until the owner is back."""
    talk = upgraded(filed("check", *WEIBO[:4]), HIGHER)
    pinned = talk.conversation.check
    talk.later(timedelta(minutes=1)).take(TimePassed())
    assert talk.conversation.check == pinned
    talk.office(Received(60))
    filing = talk.conversation.filings[-1]
    receipt = Receipt("PRACTICE-1", filing.reference, 1, "Practice office", talk.world.now, practice=True)
    talk.take(OfficeAnswered(filing.reference, 1, Step.CREATE, Filed(receipt)))
    assert UPDATED not in talk.text
    assert talk.conversation.check == pinned
    assert lines(talk.say("help"))[0] == UPDATED


def test_a_check_that_was_erased_has_no_news() -> None:
    """It is said that it was erased, and begun anew."""
    talk = upgraded(a_talk(*WEIBO[:4]), HIGHER).later(timedelta(hours=3)).say("yes")
    assert UPDATED not in talk.text
    assert "Your earlier answers were erased, as announced." in talk.text


def test_a_body_is_told_of_its_own_threshold() -> None:
    """A company of 60,000 followers, when the line goes to 70,000."""
    edit = ("cn/xian.toml", "more_than = 50000", "more_than = 70000")
    talk = upgraded(a_talk(*BODY), edit).say("why")
    assert any(line.endswith("applies before, does not apply now.") for line in lines(talk))


def test_in_chinese() -> None:
    """The same, in the owner's language."""
    talk = a_talk("中文", "微博", "西安", "个人", "45000")
    upgraded(talk, HIGHER).say("在")
    said = words("zh_CN").question(talk.message)
    assert said[0] == "您上次回答之后，这次查询所依据的规定已有更新。"
    assert "原为“尚无结论”，现为“不适用”。" in said[1]
    assert talk.conversation.language == "zh_CN"
