from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.rulebook import rulebook
from dialogs.rules.explain import Flip, flips
from dialogs.rules.load import load
from dialogs.rules.model import Rulebook
from dialogs.rules.proofs import prove
from dialogs.rules.statement import Statement
from dialogs.rules.values import Band, Value
from dialogs.rules.verdict import Result
from tests.dialogs.rules.seeded import changed, checked

FACTS, NATIONAL, XIAN = "facts.toml", "cn/national.toml", "cn/xian.toml"
TODAY = date(2026, 11, 21)
NUMBER = 'more_than = 30000, says = "超过3万"'
ENDED = "{ from = 2017-07-14, to = 2019-12-31, value = 30000 }"
PERSON = '{ fact = "holder", is = ["individual"] },\n    { fact = "followers"'
VALID, NEXT = "valid_from = 2022-08-01", "valid_from = 2023-07-10"
SUPERSEDED = 'superseded_by = "cn-self-media-2023"'
BODY_PLACE = 'says = "超过5万" },\n    { fact = "office_place", is = ["xian"] }'
DRAFT = 'status = "draft"\nvalid_from = 2020-10-15'
AGE = '[fact.age]\nkind = "count"\nask = "How old is it?"\nlabel = "Age"\n\n[fact.platform]'

UNUSED = """
[source.xian-2018]
issuer = "IT Home"
title = "Report on a Chinese law on influencers and degrees"
title_zh = "新闻"
kind = "reprint"
date = 2018-01-01
read_at = "example.org"
checked_on = 2026-11-20
"""

SEEDED = [
    (
        "a swapped more_than",
        changed(XIAN, (NUMBER, 'at_least = 30000, says = "超过3万"')),
        (
            "cn-xian-2017/weibo-individual: followers >= 30000 is not what its source says: "
            "'超过3万' is > 30000"
        ),
    ),
    (
        "a gap of one day",
        changed(NATIONAL, (VALID, f"{VALID}\nvalid_to = 2023-07-08\n{SUPERSEDED}")),
        (
            "cn-account-info-2022: a gap before cn-self-media-2023, which supersedes it: "
            "neither is in force on 2023-07-09"
        ),
    ),
    (
        "a gap of one day in a number",
        changed(
            XIAN,
            (
                NUMBER,
                f"more_than = [{ENDED}, {{ from = 2020-01-02, value = 30000 }}]",
            ),
        ),
        (
            "Error: cn/xian.toml: duty[cn-xian-2017/weibo-individual].when.all[3].more_than: "
            "expected a value for 2020-01-01, and there is none"
        ),
    ),
    (
        "an overlap",
        changed(NATIONAL, (VALID, f"{VALID}\nvalid_to = 2023-07-10\n{SUPERSEDED}")),
        (
            "cn-account-info-2022: an overlap with cn-self-media-2023, which supersedes it: "
            "both are in force on 2023-07-10"
        ),
    ),
    (
        "an unreachable duty",
        changed(XIAN, (BODY_PLACE, BODY_PLACE.replace("xian", "tang"))),
        ("cn-xian-2017/weibo-body: never applies: on 2017-07-14, office silent: whatever is answered"),
    ),
    (
        "a draft marked in force",
        changed(NATIONAL, (DRAFT, DRAFT.replace("draft", "in_force"))),
        (
            "cn-public-accounts-2020-draft: marked in force without a legal text, official "
            "notice or reprint: its sources are draft and news_report only"
        ),
    ),
    (
        "a missing translation",
        changed(XIAN, ("Registering a personal Weibo account", "Filing a Weibo account")),
        "cn/xian.toml: no translation into zh_CN: 'Filing a Weibo account'",
    ),
    (
        "a lost source",
        changed(XIAN, ("[source.xian-2017-report]", "[source.xian-2017-news]")),
        (
            "Error: cn/xian.toml: instrument.cn-xian-2017.sources: expected the id of a "
            "[source], not 'xian-2017-report'"
        ),
    ),
    (
        "a source that nothing rests on",
        changed(XIAN, ("[place.xian]", f"{UNUSED}\n[place.xian]")),
        "source.xian-2018: nothing that is ever shown rests on it",
    ),
    (
        "a contradictory pair",
        changed(XIAN, (PERSON, f'{{ fact = "platform", is = ["wechat"] }},\n    {PERSON}')),
        (
            "cn-xian-2017/weibo-individual: never applies: on 2017-07-14, office silent, "
            "with platform=weibo, holder=individual, followers=30001, residence=xian: "
            "platform is weibo, and so never platform is wechat"
        ),
    ),
    (
        "a question never asked",
        changed(FACTS, ("[fact.platform]", AGE)),
        "fact.age: never asked: no interview, form or deadline needs it",
    ),
    (
        "a circular condition",
        changed(
            NATIONAL,
            (VALID, f"{VALID}\nvalid_to = 2023-07-09\n{SUPERSEDED}"),
            (NEXT, f'{NEXT}\nvalid_to = 2024-01-01\nsuperseded_by = "cn-account-info-2022"'),
        ),
        (
            "cn-account-info-2022: superseded by itself: cn-account-info-2022 -> "
            "cn-self-media-2023 -> cn-account-info-2022"
        ),
    ),
    (
        "an unknown fact",
        changed(XIAN, ('fact = "followers"', 'fact = "folowers"')),
        (
            "Error: cn/xian.toml: duty[cn-xian-2017/weibo-individual].when.all[3].fact: "
            "expected one of platform, place, holder, followers, residence, id_place, "
            "people_place, office_place, network_place, name_place, content_place, "
            "branch_of, content, first_published_on, not 'folowers'"
        ),
    ),
]


@pytest.mark.parametrize(("files", "message"), [s[1:] for s in SEEDED], ids=[s[0] for s in SEEDED])
def test_a_seeded_fault_is_caught(files: dict[str, str], message: str, tmp_path: Path) -> None:
    """It is printed in so many words, and the command fails."""
    result = checked(files, tmp_path)
    assert message in result.output.splitlines()
    assert result.exit_code == 1


def unfounded(
    result: Result,
    answers: Mapping[str, Value],
    book: Rulebook,
    at: date,
    statements: Mapping[str, Statement] | None = None,
) -> tuple[Flip, ...]:
    """The flips with the number of followers one too high."""
    found = flips(result, answers, book, at, statements)
    return tuple(
        replace(flip, to=Band(flip.to.low, flip.to.high + 1))
        if isinstance(flip.to, Band) and flip.to.high is not None
        else flip
        for flip in found
    )


def test_a_flip_that_does_not_flip_is_caught() -> None:
    """30,001 followers are more than 30,000; whoever is told otherwise is told wrong."""
    faults = [str(fault) for fault in prove(rulebook(), TODAY, shown_flips=unfounded).faults]
    assert faults[0] == (
        "cn-miluo-2022/account: followers=0-1000 does not flip ask_the_office to does_not_apply: "
        "on 2022-01-17, office silent, with platform=weibo, place=miluo, holder=individual, followers=1000, "
        "residence=miluo, content=none of those tested: with followers=1000 it is ask_the_office"
    )
    assert prove(rulebook(), TODAY).faults == ()


IN_FORCE = 'status = "in_force"\nvalid_from = 2022-08-01'
DISPLAYED = "cn-account-info-2022/displayed-information: applies, and"
THEN = "on 2022-08-01, office silent, with platform=weibo"
LAW = [
    # what is not law, or is not shown current, and yet would apply
    (
        IN_FORCE.replace("in_force", "superseded"),
        f"{DISPLAYED} is superseded, without a valid_to: {THEN}",
    ),
    (
        IN_FORCE.replace('in_force"', 'unconfirmed"\ndoubt = "it is unclear."'),
        f"{DISPLAYED} is unconfirmed, without a current_until: {THEN}",
    ),
]


@pytest.mark.parametrize(("status", "message"), LAW, ids=["superseded", "unconfirmed"])
def test_only_what_is_shown_to_be_law_applies(status: str, message: str) -> None:
    """Superseded without a last day, or in doubt without a last day on which it was current."""
    faults = [str(fault) for fault in prove(load(changed(NATIONAL, (IN_FORCE, status))), TODAY).faults]
    assert message in faults


def test_a_source_is_checked_again() -> None:
    """One checked on a day to come is a fault; one checked more than 90 days ago is said, no more."""
    early = prove(rulebook(), date(2026, 11, 19))
    assert "source.xian-2017-notice: checked on 2026-11-20: today is 2026-11-19" in map(str, early.faults)
    late = prove(rulebook(), date(2027, 2, 19))
    assert late.faults == ()
    told = "source.xian-2017-notice: last checked on 2026-11-20, more than 90 days ago"
    assert told in late.warnings
    assert told not in prove(rulebook(), date(2027, 2, 18)).warnings


def test_the_smallest_counter_example_comes_first() -> None:
    """Of several faults, the one with the fewest answers."""
    files = changed(XIAN, (BODY_PLACE, BODY_PLACE.replace("xian", "tang")))
    sizes = [len(fault.answers) for fault in prove(load(files), TODAY).faults]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 1
