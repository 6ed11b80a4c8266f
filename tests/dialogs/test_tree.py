from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import words
from bot.rulebook import rulebook
from dialogs.card.tree import forced_line, is_tree, tree_of
from dialogs.card.why import why_lines
from dialogs.conversation import Check
from dialogs.interview import verdict
from dialogs.messages import T
from dialogs.rules.logic import All, Any, Is, MoreThan, Node, Not, Truth, Vague
from dialogs.rules.values import UNKNOWN, Band, Value
from dialogs.rules.verdict import Result
from tests.dialogs.talks import a_world

WORLD = a_world("none")
SUMMER = date(2017, 7, 25)
PERSON: dict[str, Value] = {
    "platform": "weibo", "place": "xian", "holder": "individual", "followers": 45000,
    "residence": "elsewhere", "id_place": "xian", "content": ("other",),
}  # fmt: skip
BODY: dict[str, Value] = {
    "platform": "weibo", "place": "xian", "holder": "private_enterprise", "followers": 20000,
    "office_place": "xian", "content": ("other",),
}  # fmt: skip
WEIBO, INDIVIDUAL = Is("platform", ("weibo",)), Is("holder", ("individual",), passage="item 9")
MANY, HERE = MoreThan("followers", 30000), Is("residence", ("xian",))


def with_condition(when: Node) -> Result:
    """A shipped duty, with another condition; its passage is item 4."""
    return replace(verdict(Check(), WORLD).result("cn-xian-2017/weibo-individual"), when=when)


def tree(when: Node, answers: dict[str, Value], language: str) -> list[str]:
    """The lines of a condition's tree."""
    said = words(language).text(T("{tree}", tree=tree_of(with_condition(when), Check(answers), WORLD)))
    assert said.startswith("\n")
    return said[1:].split("\n")


NESTED: Node = All((WEIBO, Not(Any((INDIVIDUAL, All((MANY, HERE)))))))


def test_every_condition_stands_below_the_one_it_belongs_to() -> None:
    """With a mark whether it is met; a passage only where it is another than the duty's."""
    answers: dict[str, Value] = {
        "platform": "weibo", "holder": "state_enterprise", "followers": 45000, "residence": "xian",
    }  # fmt: skip
    assert tree(NESTED, answers, "en") == [
        "   ✓ a Weibo account",
        "   ✗ this must not hold:",
        "      ✓ one of these is enough:",
        "         ✗ held by a state-owned enterprise (item 9)",
        "         ✓ all of these must hold:",
        "            ✓ more than 30,000 followers",
        "            ✓ your domicile or usual residence in Xi'an",
    ]
    assert tree(NESTED, answers, "zh_CN") == [
        "   ✓ 是微博账号",
        "   ✗ 须不属于以下情形：",
        "      ✓ 以下条件满足其一即可：",
        "         ✗ 以国有企业名义开设（item 9）",
        "         ✓ 以下条件须同时满足：",
        "            ✓ 粉丝超过3万",
        "            ✓ 住所地或经常居住地在西安",
    ]


TERMS = Vague("media attributes and the function of mobilising opinion (媒体属性和舆论动员功能)")
UNDECIDED: list[tuple[Node, dict[str, Value], str, str]] = [
    (WEIBO, {}, "– Kind of account: not asked, as it changes nothing", "– 类别：未询问，不影响结果"),
    (MANY, {"followers": 30000}, "✗ 30,000 followers or fewer", "✗ 粉丝不超过3万"),
    (MANY, {"followers": 30001}, "✓ more than 30,000 followers", "✓ 粉丝超过3万"),
    (MoreThan("followers", 50000), {"followers": Band(30001, None)}, "? more than 30,000 followers",
     "? 粉丝超过3万"),
    (MoreThan("followers", 50000), {"followers": Band(0, 30000)}, "✗ 50,000 followers or fewer",
     "✗ 粉丝不超过5万"),
    (INDIVIDUAL, {"holder": UNKNOWN}, "? the holder not known (item 9)", "? 主体未知（item 9）"),
    (Is("holder", (), ("private_enterprise",)), {"holder": "private_enterprise"},
     "? held by a company that is not state-owned: the sources differ",
     "? 以非国有企业名义开设：各来源说法不一"),
    (Is("holder", (), ("private_enterprise",)), {"holder": UNKNOWN}, "? the holder not known", "? 主体未知"),
    (Is("content", (), ("news",)), {"content": ("news", "other")}, "? posts about news: the sources differ",
     "? 涉及新闻：各来源说法不一"),
    (replace(INDIVIDUAL, passage="item 4"), {"holder": "individual"}, "✓ an account in a person's name",
     "✓ 以个人名义开设"),
    (TERMS, {}, f"? {TERMS.text}: for the office to say",
     "? 媒体属性和舆论动员功能：由网信办认定"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "answers", "english", "chinese"), UNDECIDED)
def test_a_condition_in_words(when: Node, answers: dict[str, Value], english: str, chinese: str) -> None:
    """Met, not met, not known, not exact enough, disputed, vague, or not asked."""
    assert tree(when, answers, "en") == [f"   {english}"]
    assert tree(when, answers, "zh_CN") == [f"   {chinese}"]


TITLE = "Registering a personal Weibo account"


def why(answers: dict[str, Value], day: date, title: str, language: str) -> list[str]:
    """What is said of the duty with that title, and what follows it."""
    lines = [words(language).text(line) for line in why_lines(Check(answers, day), WORLD)]
    place = next(i for i, line in enumerate(lines) if line.startswith(title))
    return lines[place : place + 2]


def test_why_a_duty_applies() -> None:
    """Its outcome, its conditions, and the answers that alone decide it."""
    said = why(PERSON, SUMMER, TITLE, "en")
    assert said[0].split("\n") == [
        f"{TITLE} (the Xi'an notice of 2017): applies. It hangs on this (item 4):",
        "   ✓ a Weibo account",
        "   ✓ an account in a person's name",
        "   ✓ more than 30,000 followers",
        "   ✓ one of these is enough:",
        "      ✗ your domicile and usual residence outside Xi'an",
        "      ✓ a place in Xi'an on your ID document",
    ]
    assert said[1] == "These answers alone decide it: Kind of account, Holder, Followers and Place on ID."
    said = why(PERSON, SUMMER, "个人微博账号登记备案", "zh_CN")
    assert said[0].endswith(
        "\n   ✓ 以下条件满足其一即可：\n      ✗ 住所地和经常居住地都不在西安\n      ✓ 证件地在西安"
    )
    assert said[1] == "仅凭这几项回答即可得出这个结果：类别、主体、粉丝数、证件地。"


def test_why_the_office_is_to_say() -> None:
    """The condition on which the sources differ is marked, and named among what decides it."""
    said = why(BODY, SUMMER, "Registering an account or site of a body", "en")
    assert "   ? held by a company that is not state-owned: the sources differ" in said[0].split("\n")
    assert said[1] == "These answers alone decide it: Kind of account, Holder and Place of the office."


def test_why_not_is_said_in_one_line() -> None:
    """A duty that does not apply needs no tree: one condition that fails is enough."""
    (said, _) = why(PERSON, SUMMER, "Registering a body's Weibo account", "en")
    assert said == (
        "Registering a body's Weibo account (the Xi'an notice of 2017): does not apply,"
        " because of: an account in a person's name (item 4)."
    )


def test_what_only_something_vague_leaves_open_is_explained_too() -> None:
    """One of two is enough, one fails, and of the other only the office can tell: the tree shows both."""
    duties = {id_: replace(duty, when=Any((WEIBO, TERMS))) for id_, duty in rulebook().duties.items()}
    world = replace(WORLD, rulebook=replace(rulebook(), duties=duties))
    lines = [words("en").text(line) for line in why_lines(Check({"platform": "forum"}, SUMMER), world)]
    (said,) = (line for line in lines if line.startswith("Registering a personal Weibo account"))
    assert said.split("\n")[1:] == [
        "   ? one of these is enough:",
        "      ✗ a forum",
        f"      ? {TERMS.text}: for the office to say",
    ]
    assert lines[lines.index(said) + 1] == "These answers alone decide it: Kind of account."


@pytest.mark.parametrize("when", [WEIBO, MANY, Vague("x"), Truth.TRUE])
def test_one_condition_is_no_tree(when: Node) -> None:
    """It is said in a line; so nothing is said of what decides it either."""
    result = with_condition(when)
    assert not is_tree(result)
    assert forced_line(result, Check({"platform": "weibo"}), WORLD) == ()
