from __future__ import annotations

import pytest

from bot.i18n import words
from bot.rulebook import rulebook
from dialogs.asking import understand
from dialogs.card.card import card
from dialogs.card.why import why_lines
from dialogs.conversation import Check
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.rules.model import ELSEWHERE
from dialogs.rules.values import UNKNOWN, Value
from tests.dialogs.talks import NOW, Talk, a_talk, a_world

PERSON: dict[str, Value] = {"holder": "individual", "followers": 45000, "content": ("other",)}

SAID = {
    "xi'an": "xian",
    "I live in Xi'an": "xian",
    "张店区": "zibo",
    "山东淄博": "zibo",
    "Tang county, Hebei": "tang",
    "湖南省岳阳市汨罗市": "miluo",
    "Beijing": ELSEWHERE,
    "I live in Shanghai": ELSEWHERE,
    "湖南长沙": ELSEWHERE,
    "唐山": ELSEWHERE,
}


@pytest.mark.parametrize("text", SAID)
def test_a_place_or_another_city(text: str) -> None:
    """A city without a file is none of these places."""
    assert understand(rulebook().facts["place"], text, rulebook(), NOW.date()) == SAID[text]


UNCLEAR = {
    "Hebei": ("tang", ELSEWHERE),
    "保定": ("tang", ELSEWHERE),
    "陕西": ("xian", ELSEWHERE),
    "Beijing or Xi'an": (ELSEWHERE, "xian"),
    "zibo and tang county": ("zibo", "tang"),
    "不在北京": (ELSEWHERE, "miluo", "tang", "xian", "zibo"),
}


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_may_be_one_or_another_is_asked(text: str) -> None:
    """A province may mean the county in it; a negation means nothing certain."""
    found = understand(rulebook().facts["place"], text, rulebook(), NOW.date())
    assert found == Ambiguous(UNCLEAR[text])


def test_what_is_no_place_is_refused() -> None:
    """With the question again."""
    assert isinstance(understand(rulebook().facts["place"], "moon", rulebook(), NOW.date()), Refused)


@pytest.mark.parametrize("text", ["Beijing", "Zibo", "唐县"])
def test_another_place_does_not_answer_a_question_about_one(text: str) -> None:
    """Of two criteria the other may still hold, so who names another place is asked again."""
    talk = a_talk("weibo", "xi'an", "me", "45000", text)
    assert "One of them being there is enough, so I have to ask exactly." in talk.text
    assert "residence" not in answers(talk)


def answers(talk: Talk) -> dict[str, Value]:
    """What has been answered."""
    assert talk.conversation.check is not None
    return dict(talk.conversation.check.answers)


def test_who_says_where_he_lives_has_named_the_place() -> None:
    """The residence is not asked a second time."""
    talk = a_talk("weibo", "I live in Xi'an")
    assert answers(talk) == {"platform": "weibo", "residence": "xian"}
    assert answers(talk.say("me", "45000", "none of these")).keys() == {
        "platform", "residence", "holder", "followers", "content",
    }  # fmt: skip
    assert talk.scene == "verdict"


def test_another_place_drops_what_was_said_about_the_first() -> None:
    """And says so; what still matters stays."""
    talk = a_talk("weibo", "xi'an", "me", "45000", "neither", "change", "place", "tang county")
    assert "Said of the other place, and dropped: Residence." in talk.text
    assert answers(talk) == {"platform": "weibo", "place": "tang", "holder": "individual"}


def test_the_same_place_again_drops_nothing() -> None:
    """It is the same answer."""
    talk = a_talk("weibo", "xi'an", "me", "45000", "neither", "change", "place", "xi'an")
    assert answers(talk)["residence"] == ELSEWHERE
    assert "dropped" not in talk.text


def said(check: Check, *, why: bool = False) -> str:
    """The card, or why it is so, in English."""
    world = a_world("none")
    return "\n".join(words("en").text(line) for line in (why_lines if why else card)(check, world))


def weibo(**facts: Value) -> Check:
    """A person's Weibo account."""
    return Check({"platform": "weibo", **PERSON, **facts})


NO_NAMES = ("Xi'an", "Zibo", "Miluo", "Tang county")


def test_a_card_names_the_notices_of_named_places_only() -> None:
    """Who named Zibo hears nothing of Xi'an."""
    told = said(weibo(place="zibo", name_place=ELSEWHERE, content_place=ELSEWHERE))
    assert told.startswith(
        "Under the Zibo notice of 2019 and the national rules listed here, this account does not"
    )
    assert not any(name in told for name in ("Xi'an", "Miluo", "Tang county", "Other places"))


def test_a_notice_that_was_not_yet_there_is_not_named() -> None:
    """On a day before it only the national rules were checked."""
    told = said(Check({"platform": "website", "place": "tang", **PERSON}, on=NOW.date().replace(year=2018)))
    assert "Under the national rules listed here, this website does not" in told


def test_without_a_place_the_national_rules_alone_were_checked() -> None:
    """No notice is named, and the reason is not the platform."""
    told = said(weibo(place=ELSEWHERE))
    national, others = told.splitlines()
    assert national.startswith("Under the national rules listed here, this account does not have to be")
    assert others.startswith("Other places have had notices of their own. I have none of yours")


def test_a_place_that_never_mattered_is_not_said_to_be_missing() -> None:
    """All notices were checked for a live-broadcast service, wherever it is."""
    told = said(Check({"platform": "live_service", "holder": "individual", "content": ("other",)}))
    assert all(name in told for name in NO_NAMES)
    assert "If you are not in Miluo, Tang county, Xi'an or Zibo: other places have had notices" in told


def test_an_unknown_place_makes_one_short_answer() -> None:
    """Four offices in one sentence, not in four cards; nothing is prepared for an office nobody named."""
    told = said(weibo(place=UNKNOWN))
    assert len(told.splitlines()) == 4
    assert "hangs on the place it is connected with, which is not known" in told
    talk = a_talk("weibo", "rather not say", "me", "45000", "none of these", kind="none")
    assert ":prepare" not in talk.choices
    assert ":ask" in talk.choices


def test_why_leaves_out_the_places_that_were_not_named() -> None:
    """In one line; those of the place that was named are all there."""
    told = said(weibo(place="xian", residence="xian"), why=True)
    assert told.count("the Xi'an notice of 2017)") == 6
    assert "Left out: the notices of Miluo, Tang county and Zibo, as another place was named." in told
    assert "Registering a new-media account" not in told
    told = said(weibo(place=UNKNOWN), why=True)
    assert "For the office to say: the notices of Miluo, Tang county, Xi'an and Zibo" in told


def test_only_the_vague_words_it_hangs_on_are_told() -> None:
    """What a source leaves open elsewhere does not matter here."""
    tang: dict[str, Value] = {"place": "tang", "residence": ELSEWHERE, "people_place": "tang"}
    away = {"name_place": ELSEWHERE, "content_place": ELSEWHERE}
    told = said(Check({**PERSON, **tang, **away, "platform": "weibo"}))
    assert "(以其他方式提供互联网信息服务)" in told
    assert "媒体属性" not in told
    told = said(Check({**PERSON, "platform": "other", "place": "tang", "residence": "tang"}))
    assert "media attributes and the function of mobilising opinion" in told
    assert "以其他方式" not in told
