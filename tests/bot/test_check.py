from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest

from bot.commands import check
from bot.rulebook import texts


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    """What `beian check --json` prints of a Weibo account in the summer of 2017, by duty."""
    check.run(("platform=weibo", "holder=individual", "followers=45000"), "2017-07-25", as_json=True)
    return {duty["id"]: duty for duty in json.loads(capsys.readouterr().out)["duties"]}


def test_every_reason_says_where_its_source_has_it(told: dict[str, dict[str, Any]]) -> None:
    """A passage stands with the duty or with the condition; a reader of the JSON finds it in each reason."""
    assert {r["passage"] for r in told["cn-xian-2017/weibo-individual"]["reasons"]} == {"item 4"}
    assert all(reason["passage"] for duty in told.values() for reason in duty["reasons"])


def test_a_source_has_the_keys_of_its_file(told: dict[str, dict[str, Any]]) -> None:
    """What the rulebook calls `date` is called so in the JSON too."""
    written = tomllib.loads(texts()["cn/xian.toml"])["source"]["xian-2017-notice"]
    [notice] = [s for s in told["cn-xian-2017/wechat"]["sources"] if s["id"] == "xian-2017-notice"]
    assert notice == {"id": "xian-2017-notice", **written} | {
        "date": "2017-07-14",
        "checked_on": "2026-11-20",
    }
