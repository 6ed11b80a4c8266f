from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.options import match, number, several
from dialogs.parsing.result import Ambiguous, Refused

NOT_AN_OPTION = Refused("not_an_option")

PLATFORMS = {
    "weibo": ("Weibo", "微博", "新浪微博"),
    "wechat": ("WeChat public account", "wechat", "微信公众号", "公众号", "微信"),
    "website": ("Website", "网站"),
    "forum": ("Forum", "论坛"),
    "other": ("Another platform", "other", "其他平台的账号", "其他"),
}
HOLDERS = {
    "individual": ("Me, as a person", "me", "individual", "个人", "我"),
    "state_enterprise": (
        "A state-owned enterprise",
        "state-owned enterprise",
        "state enterprise",
        "国有企业",
    ),
    "private_enterprise": ("Another company", "company", "公司", "企业"),
    "public_institution": ("A public institution", "public institution", "事业单位"),
    "unknown": ("I don't know", "don't know", "不清楚", "不知道"),
}
ANSWERS = {
    "yes": ("yes", "y", "在", "是"),
    "no": ("no", "n", "neither", "不在", "不是"),
    "unknown": ("I don't know", "don't know", "不清楚", "不知道"),
    "untold": ("rather not say", "不便说明"),
}
CONTENT = {
    "news": ("News", "新闻"),
    "economy": ("Economy", "经济"),
    "finance": ("Finance", "金融"),
    "education": ("Education", "教育"),
    "health": ("Health", "医疗卫生", "医疗"),
    "justice": ("Justice", "司法"),
    "other": ("None of these", "none", "以上都不是", "都不是"),
}

MATCHED = [
    (PLATFORMS, "Weibo", "weibo"),
    (PLATFORMS, " WEIBO. ", "weibo"),
    (PLATFORMS, "微博", "weibo"),
    (PLATFORMS, "my Weibo account", "weibo"),
    (PLATFORMS, "我的微博账号", "weibo"),
    (PLATFORMS, "微信公众号", "wechat"),
    (PLATFORMS, "a public account on WeChat", "wechat"),
    (PLATFORMS, "wiebo", "weibo"),
    (PLATFORMS, "webo", "weibo"),
    (PLATFORMS, "wechta", "wechat"),
    (HOLDERS, "me", "individual"),
    (HOLDERS, "国有企业", "state_enterprise"),
    (HOLDERS, "state owned enterprise", "state_enterprise"),
    (HOLDERS, "my company", "private_enterprise"),
    (HOLDERS, "a public institution in Xi'an", "public_institution"),
    (ANSWERS, "Yes!", "yes"),
    (ANSWERS, "是的", "yes"),
    (ANSWERS, "在的", "yes"),
    (ANSWERS, "不在", "no"),
    (ANSWERS, "不是的", "no"),
    (ANSWERS, "I really don't know", "unknown"),
    (ANSWERS, "我不清楚", "unknown"),
    (ANSWERS, "dont know", "unknown"),
    (ANSWERS, "I’d rather not say", "untold"),
]

NOT_MATCHED = [
    (PLATFORMS, ""),
    (PLATFORMS, "形式"),
    (PLATFORMS, "not Weibo"),
    (PLATFORMS, "不是微博"),
    (PLATFORMS, "anything but Weibo"),
    (PLATFORMS, "除了微博"),
    (PLATFORMS, "weibo" * 100),
    (HOLDERS, "tell me"),
    (HOLDERS, "不是公司"),
    (HOLDERS, "do know"),
    (ANSWERS, "no idea"),
    (ANSWERS, "现在"),
    (ANSWERS, "不是很确定"),
    (ANSWERS, "yes and no"),
]

IN_DOUBT = [
    (PLATFORMS, "Weibo or WeChat", ("weibo", "wechat")),
    (PLATFORMS, "微博和微信", ("weibo", "wechat")),
    (PLATFORMS, "maybe Weibo", ("weibo",)),
    (PLATFORMS, "what is Weibo?", ("weibo",)),
    (PLATFORMS, "什么是微博", ("weibo",)),
    (HOLDERS, "state company", ("state_enterprise", "private_enterprise")),
    (HOLDERS, "国有公司", ("state_enterprise", "private_enterprise")),
    ({"one": ("station",), "other": ("stations",)}, "statios", ("one", "other")),
    ({"one": ("same", "a"), "other": ("same", "b")}, "same", ("one", "other")),
]

NUMBERED = {
    **dict.fromkeys(
        ["1", "１", "1.", "(1)", "（1）", "1)", "1、", "①", "一", "第一个", "第1项", "1st", "the first"], 0
    ),
    **dict.fromkeys(["option 2", "#2", "no. 2", "number 2", "选2", "选项二", "2号", "the second one"], 1),
    "7": 6,
    **dict.fromkeys(
        ["", "0", "8", "01", "-1", "1.5", "1 3", "12", "十一", "一个", "no 2", "two", "1" * 5000]
    ),
}

CHOSEN = {
    **dict.fromkeys(["1 5", "1,5", "１，５", "5、1", "1和5", "1; 5", "1. 5.", "(1) (5)"], ("news", "health")),
    **dict.fromkeys(
        ["news and health", "health, news", "新闻、医疗", "新闻医疗", "News & Health"], ("news", "health")
    ),
    **dict.fromkeys(["we mostly post news and health", "我主要发新闻和医疗"], ("news", "health")),
    "helth, finace": ("finance", "health"),
    "1, health": ("news", "health"),
    "1 News": ("news",),
    "none of these": ("other",),
    "以上都不是": ("other",),
}

NOT_CHOSEN = (
    "",
    "15",
    "1-3",
    "1.3",
    "99",
    "news 8",
    "cooking",
    "not news",
    "everything except news",
    "不发新闻",
    "x" * 500,
)

CHOSEN_IN_DOUBT = {
    "news and cooking": ("news",),
    "news about celebrities": ("news",),
    "news or health": ("news", "health"),
}


@pytest.mark.parametrize(("options", "text", "id_"), MATCHED)
def test_match(options: dict[str, tuple[str, ...]], text: str, id_: str) -> None:
    """A word of an option, a phrase with one, or a close spelling of one means that option."""
    assert match(text, options) == id_


@pytest.mark.parametrize(("options", "text"), NOT_MATCHED)
def test_no_match(options: dict[str, tuple[str, ...]], text: str) -> None:
    """What is negated, too short to tell or unknown is never taken."""
    assert match(text, options) == NOT_AN_OPTION


@pytest.mark.parametrize(("options", "text", "ids"), IN_DOUBT)
def test_ambiguous_match(options: dict[str, tuple[str, ...]], text: str, ids: tuple[str, ...]) -> None:
    """Two options, a guess or a question is to be confirmed."""
    assert match(text, options) == Ambiguous(ids)


@pytest.mark.parametrize(("text", "place"), NUMBERED.items())
def test_number(text: str, place: int | None) -> None:
    """An option's number counts from 1, and only if there is such an option."""
    assert number(text, 7) == place


@pytest.mark.parametrize(("text", "ids"), CHOSEN.items())
def test_several(text: str, ids: tuple[str, ...]) -> None:
    """Several options come in the order they were offered."""
    assert several(text, CONTENT) == ids


@pytest.mark.parametrize("text", NOT_CHOSEN)
def test_not_several(text: str) -> None:
    """A number out of range, a range, a negation or nothing known is refused."""
    assert several(text, CONTENT) == NOT_AN_OPTION


@pytest.mark.parametrize(("text", "ids"), CHOSEN_IN_DOUBT.items())
def test_ambiguous_several(text: str, ids: tuple[str, ...]) -> None:
    """What is left unread makes the choice one to be confirmed."""
    assert several(text, CONTENT) == Ambiguous((ids,))


@given(st.sampled_from([*CONTENT][:-1]), st.sampled_from("{} | {}. |我选{}|i choose {}".split("|")))
def test_every_word_finds_its_option(id_: str, frame: str) -> None:
    """Each word that is no negation means its option, alone and in a sentence."""
    for word in CONTENT[id_]:
        assert match(frame.format(word), CONTENT) == id_


@given(st.sets(st.integers(1, 7), min_size=1), st.sampled_from([" ", ",", "，", "、", " and ", "和", ";"]))
def test_numbers_choose_what_they_name(places: set[int], separator: str) -> None:
    """Any set of numbers, however parted, chooses just those options."""
    ids = list(CONTENT)
    assert several(separator.join(map(str, sorted(places))), CONTENT) == tuple(
        ids[n - 1] for n in sorted(places)
    )
