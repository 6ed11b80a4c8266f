from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.commands.check import as_data
from dialogs.conversation import Check, World
from dialogs.rules.load import load
from tests.bot.commands.test_check import BODY, PERSON, SUMMER, WEIBO_DUTY, duty, verdict
from tests.dialogs.rules.small import changed
from tests.dialogs.talks import NOW

MANY = (*PERSON, "followers=45000", "content=other")
TANG = ("platform=douyin", "place=tang", "holder=private_enterprise")


def parts(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A condition and all within it."""
    yield tree
    for how in ("all", "any", "not"):
        for part in tree.get(how, ()):
            yield from parts(part)


@pytest.mark.parametrize("facts", [(), MANY, BODY, TANG])
@pytest.mark.parametrize("on", [None, SUMMER, "1995-01-01"])
def test_a_tree_is_made_of_three_kinds(facts: tuple[str, ...], on: str | None) -> None:
    """Exactly these keys: what must hold, a test of a fact, or what is vague."""
    for one in verdict(*facts, on=on)["duties"]:
        assert isinstance(one["forced_by"], list)
        for part in parts(one["tree"]):
            assert part["met"] in (True, False, None)
            assert set(part) - {"met"} in (
                {"all"}, {"any"}, {"not"}, {"fact", "answer", "condition", "passage"}, {"vague", "passage"},
            )  # fmt: skip
            assert part.get("passage") != ""
            if "not" in part:
                assert len(part["not"]) == 1


def test_the_tree_of_a_duty() -> None:
    """Which answer met which condition, and from which passage."""
    told = duty(verdict(*MANY, on=SUMMER), WEIBO_DUTY)
    assert told["forced_by"] == ["platform", "holder", "followers", "residence"]
    assert told["tree"] == {
        "all": [
            {"fact": "platform", "answer": "weibo", "condition": "platform is weibo", "met": True,
             "passage": "item 4"},
            {"fact": "holder", "answer": "individual", "condition": "holder is individual", "met": True,
             "passage": "item 4"},
            {"fact": "followers", "answer": 45000, "condition": "followers > 30000", "met": True,
             "passage": "item 4"},
            {"any": [
                {"fact": "residence", "answer": "xian", "condition": "residence is xian", "met": True,
                 "passage": "item 4"},
                {"fact": "id_place", "answer": None, "condition": "id_place is xian", "met": None,
                 "passage": "item 4"},
            ], "met": True},
        ],
        "met": True,
    }  # fmt: skip


def test_what_is_vague_is_in_the_tree() -> None:
    """In the source's words; neither met nor missed."""
    vague = [
        part
        for one in verdict(*TANG)["duties"]
        for part in parts(one["tree"])
        if "vague" in part and one["instrument"].startswith("cn-tang")
    ]
    assert vague
    assert all("媒体属性" in part["vague"] or "其他方式" in part["vague"] for part in vague)
    assert {part["met"] for part in vague} == {None}


def test_one_answer_may_force_it() -> None:
    """30,000 followers are enough to be out; before its day none is needed, while open none is enough."""
    assert duty(verdict(*PERSON, "followers=30000"), WEIBO_DUTY)["forced_by"] == ["followers"]
    assert duty(verdict("followers=30000", *PERSON[::-1]), WEIBO_DUTY)["forced_by"] == ["followers"]
    assert duty(verdict(*MANY, on="2017-07-13"), WEIBO_DUTY)["forced_by"] == []
    assert duty(verdict(*PERSON), WEIBO_DUTY)["forced_by"] == []


def test_another_place_forces_it() -> None:
    """However it was named: the notices of all others do not apply."""
    for named in ("place=zibo", "residence=zibo", "name_place=zibo"):
        told = duty(verdict("platform=weibo", named), WEIBO_DUTY)
        assert (told["outcome"], told["forced_by"]) == ("does_not_apply", [named.partition("=")[0]])


def test_not_knowing_where_is_an_answer_too() -> None:
    """Without a place that was named it concerns all of them."""
    facts = (
        "platform=weibo",
        "holder=individual",
        "followers=45000",
        "residence=unknown",
        "id_place=unknown",
    )
    told = duty(verdict(*facts, on=SUMMER), WEIBO_DUTY)
    assert told["outcome"] == "ask_the_office"
    assert told["forced_by"] == ["platform", "holder", "followers", "residence", "id_place"]


@pytest.mark.parametrize(
    ("day", "known"), [("2020-01-15", True), ("2019-12-31", False), ("2020-01-21", False)]
)
def test_outside_all_periods_no_value_is_told(day: str, *, known: bool) -> None:
    """Neither as a reason nor in the tree: not the first, and not the last one known."""
    dated = "more_than = [{ from = 2020-01-01, to = 2020-01-20, value = 1000 }] }"
    book = load(changed("cn/city.toml", "more_than = 1000 }", dated))
    check = Check({"platform": "weibo", "followers": 2000, "residence": "city"}, date.fromisoformat(day))
    (told,) = as_data(check, World(NOW, book, ""))["duties"]
    assert (told["outcome"] != "not_in_force") is known
    assert (told["tree"] is not None) is known
    assert bool(told["reasons"]) is known
    assert bool(told["forced_by"]) is known
