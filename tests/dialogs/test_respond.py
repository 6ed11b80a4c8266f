from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conversation import Check, Conversation
from dialogs.respond import LONGEST, apology
from tests.dialogs.places import PLACES, at
from tests.dialogs.talks import FORM, PERSON, WEIBO, Talk, a_talk

EARLIER = "That button belongs to an earlier question."


def answers(talk: Talk) -> dict[str, object]:
    """The facts answered so far."""
    return dict((talk.conversation.check or Check()).answers)


def unturned(conversation: Conversation) -> dict[str, object]:
    """All of a conversation but the count of its turns, the time of the last, and what hangs on that."""
    return {
        name: getattr(conversation, name)
        for name in Conversation.__slots__
        if name not in ("turn", "last_said", "warned", "language", "shown")
    }


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("choice", [None, "weibo", ":send", ":agree", "=0", ":", ""])
def test_a_press_of_an_earlier_button_changes_nothing(place: str, choice: str | None) -> None:
    """Even of a choice that stands there again: it says so, and the question as it is now follows."""
    talk, before = at(place), at(place)
    first = choice if choice is not None or not talk.choices else talk.choices[0]
    talk.press(first or "", turn=talk.conversation.turn - 1)
    assert talk.text.startswith(EARLIER)
    assert unturned(talk.conversation) == unturned(before.conversation)
    assert talk.turn.effects == ()


@pytest.mark.parametrize("place", PLACES)
def test_a_press_of_no_button_changes_nothing(place: str) -> None:
    """What was not offered cannot be pressed, whatever is sent in its name."""
    talk, before = at(place), at(place)
    offered = talk.arrive().choices
    for forged in (":send", ":agree", ":erase", ":command", "weibo", "=0", "=99", "resident_id", "xian", ":"):
        if forged not in offered:
            talk.press(forged)
            assert talk.text.startswith(EARLIER)
            assert talk.turn.effects == ()
    assert unturned(talk.conversation) == unturned(before.arrive().conversation)


def test_a_button_works_once() -> None:
    """A second press of the same button, sent before the first was answered, does nothing more."""
    talk = a_talk(*WEIBO, *FORM, *PERSON)
    turn = talk.conversation.turn
    assert len(talk.press(":send", turn).turn.effects) == 1
    assert talk.press(":send", turn).turn.effects == ()
    assert talk.text.startswith(EARLIER)
    assert len(talk.conversation.filings) == 1


@pytest.mark.parametrize("place", PLACES)
def test_every_turn_has_a_number_of_its_own(place: str) -> None:
    """So that a button is known by the turn it was shown in."""
    talk = at(place)
    before = talk.conversation.turn
    assert talk.say("hm").conversation.turn == before + 1
    assert talk.conversation.last_said == talk.world.now


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "中" * 1_000_000])
@pytest.mark.parametrize("place", ["first question", "field 0 of a person", "review"])
def test_a_text_beyond_all_measure_is_not_read(place: str, text: str) -> None:
    """It is refused by its length, and the question asked again; the next answer is taken."""
    talk, before = at(place), at(place)
    assert talk.say(text).text.startswith(f"That is too long: it has {len(text):,} characters.")
    assert unturned(talk.conversation) == unturned(before.conversation)
    assert "too long" not in talk.say("weibo").text


def test_back_goes_through_all_answers_and_keeps_them() -> None:
    """From the verdict to the first question and on again with "keep", nothing is asked anew."""
    talk = a_talk(*WEIBO)
    given = answers(talk)
    for _ in given:
        assert "now:" in talk.say("back").text
    assert talk.say("back").text.startswith("This is the first question.")
    talk.say("keep")
    assert (answers(talk), talk.scene) == (given, "verdict")


@pytest.mark.parametrize("keep", ["keep", "继续", "不改"])
def test_keep_leaves_the_answer(keep: str) -> None:
    """By button or word, in both languages."""
    talk = a_talk(*WEIBO, "change", "holder", keep)
    assert talk.scene == "verdict"
    assert answers(talk) == answers(a_talk(*WEIBO))
    assert a_talk(*WEIBO, "change", "followers").press(":keep").scene == "verdict"


@pytest.mark.parametrize(
    ("field", "answer", "dropped"),
    [
        ("Followers", "60000", set()),
        ("Followers", "300", {"residence"}),
        ("Residence", "neither", set()),
        ("Holder", "private company", {"residence"}),
        ("Kind of account", "wechat", {"followers", "residence"}),
        ("Kind of account", "live service", {"place", "followers", "residence"}),
    ],
)
def test_a_change_keeps_what_still_applies_and_names_what_does_not(
    field: str, answer: str, dropped: set[str]
) -> None:
    """No later answer is lost that some verdict still depends on."""
    talk = a_talk(*WEIBO)
    before = answers(talk)
    talk.say("change", field, answer)
    assert before.keys() - answers(talk).keys() == dropped
    assert all(answers(talk)[fact] == before[fact] for fact in before.keys() - dropped - {_fact(talk, field)})
    assert ("No longer needed, and dropped:" in talk.text) == bool(dropped)


def _fact(talk: Talk, label: str) -> str:
    return next(fact for fact, question in talk.world.rulebook.facts.items() if question.label == label)


def test_a_sentence_that_changes_an_answer_names_what_it_makes_void() -> None:
    """A change is a change, however it is said."""
    talk = a_talk(*WEIBO[:5]).say("it is a wechat account of a private company")
    assert set(answers(talk)) == {"platform", "place", "holder"}
    assert "No longer needed, and dropped: Followers and Residence." in talk.text


@pytest.mark.parametrize("said", ["company news", "news of my company", "education, and news on websites"])
def test_an_answer_to_the_question_is_not_taken_for_another(said: str) -> None:
    """A word that could answer a question answered before does not undo that answer."""
    talk = a_talk(*WEIBO[:5])
    before = answers(talk)
    talk.say(said)
    assert {fact: value for fact, value in answers(talk).items() if fact in before} == before


def test_a_check_is_not_changed_from_within_a_form() -> None:
    """A form is made for one verdict: what decides the verdict cannot be changed under it."""
    talk = a_talk(*WEIBO, *FORM[:3], "change")
    assert "platform" not in talk.choices


def test_who_has_something_kept_here_is_greeted_in_the_language_heard() -> None:
    """A terminal's or a channel's own language is for those of whom nothing is known."""
    checked = ("你好", "微博", "西安", "个人", "4.5万", "在", "以上都不是")
    talk = a_talk(*checked, "登记", "继续", "同意", "2017年3月1日", *PERSON, "提交")
    assert (talk.scene, talk.world.language, talk.conversation.language) == ("idle", "en", "zh_CN")
    assert talk.arrive().conversation.language == "zh_CN"
    assert a_talk("你好", "/cancel").arrive().conversation.language == "en"


@pytest.mark.parametrize("place", [place for place in PLACES if place != "nothing said"])
@pytest.mark.parametrize("chosen", ["zh_CN", "en"])
def test_switching_the_language_keeps_the_answers(place: str, chosen: str) -> None:
    """Wherever the owner is: the same answers, and the same question in other words."""
    talk, stayed = at(place).arrive(), at(place).arrive()
    talk.say("/language").press(f":{chosen}")
    assert talk.conversation.language == chosen
    after, before = talk.conversation, stayed.conversation
    assert (after.check, after.draft, after.aside, after.filings) == (
        before.check, before.draft, before.aside, before.filings,
    )  # fmt: skip
    if stayed.scene in ("check", "register", "review", "verdict", "idle"):
        assert talk.scene == stayed.scene


def test_the_choices_made_so_far_outlast_a_look_elsewhere() -> None:
    """Half a multiple choice is an answer too."""
    for elsewhere in (("language", "english"), ("filings", "go on"), ("help",), ("privacy",)):
        talk = a_talk(*WEIBO[:5], "news", *elsewhere, "done")
        assert answers(talk)["content"] == ("news",)


@pytest.mark.parametrize("place", PLACES)
def test_whoever_comes_back_finds_the_same_question(place: str) -> None:
    """After a restart too, since nothing but the conversation is needed for it."""
    talk = at(place).arrive()
    question, choices = talk.message.lines[-1], talk.choices
    assert Talk(talk.world, talk.conversation).arrive().message.lines[-1] == question
    assert talk.choices == choices


def test_help_and_privacy_are_answered_everywhere() -> None:
    """And the question stands as it did."""
    for place in PLACES:
        before = at(place).arrive()
        for command in ("help", "privacy"):
            talk = at(place).arrive().say(f"/{command}")
            assert (talk.choices, talk.message.lines[-1]) == (before.choices, before.message.lines[-1])
            assert talk.message.lines[0] not in before.message.lines


def test_cancel_erases_a_check_at_once() -> None:
    """With no question whether that is meant; it is quickly made again."""
    talk = a_talk(*WEIBO, "cancel")
    assert talk.conversation.check is None
    assert talk.turn.erase_at is None


@pytest.mark.parametrize(("choice", "drafts", "aside"), [(":erase", 0, 0), (":draft", 0, 1), (":keep", 1, 0)])
def test_cancel_asks_what_becomes_of_a_form(choice: str, drafts: int, aside: int) -> None:
    """Erased, kept for later, or gone on with."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:4], "cancel")
    talk.press(choice)
    assert (talk.conversation.draft is not None, len(talk.conversation.aside)) == (bool(drafts), aside)
    assert ("11010519491231002X" in repr(talk.conversation)) == (choice != ":erase")


def test_a_form_put_aside_is_taken_up_where_it_was() -> None:
    """After another check in between, too."""
    talk = a_talk(*WEIBO, *FORM, *PERSON[:4])
    draft = talk.conversation.draft
    talk.say("check", "weibo", "xi'an", "me", "300", "none of these", "cancel", "register")
    assert talk.conversation.draft == draft
    assert talk.conversation.aside == ()


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("place", ["first question", "field 3 of a person", "review", "filings"])
def test_an_apology_leaves_everything_as_it_was(place: str, again: bool) -> None:
    """The question follows if it can be shown; the next answer is taken."""
    talk = at(place)
    turn = apology(talk.conversation, talk.world, again=again)
    assert unturned(turn.conversation) == unturned(talk.conversation)
    assert turn.messages[0].lines[0].msgid.startswith("Something went wrong")  # type: ignore[union-attr]
    assert (len(turn.messages[0].lines) > 1) == again


def test_what_was_not_shown_is_never_chosen() -> None:
    """An office's word after the screen changes it: a number then chooses nothing."""
    talk = a_talk(*WEIBO, "register", "go on")
    seen = talk.conversation
    talk.conversation = replace(seen, shown=("register", ":go on", ":later"))
    talk.say("1")
    assert "changed meanwhile" in talk.text
    assert talk.conversation.draft == seen.draft
    assert talk.say("1").conversation.draft != seen.draft
