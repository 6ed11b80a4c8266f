from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.rulebook import rulebook

PERSON = ("platform=weibo", "holder=individual", "residence=xian")
BODY = ("platform=weibo", "holder=private_enterprise", "office_place=xian")
AWAY = ("platform=weibo", "holder=individual", "residence=elsewhere", "id_place=elsewhere")
PLATFORMS = "weibo, wechat, website, forum, live_service, douyin, kuaishou, other, unknown"
WECHAT = ("platform=wechat", "followers=12", "people_place=xian")
SUMMER = "2017-07-25"
WEIBO_DUTY = "cn-xian-2017/weibo-individual"


def beian(*facts: str, on: str | None = None, flags: tuple[str, ...] = (), language: str = "en") -> Result:
    """What `beian check` comes to with these facts."""
    options = [option for fact in facts for option in ("--fact", fact)]
    day = ("--on", on) if on else ()
    return CliRunner().invoke(main, ["check", *options, *day, *flags], env={"BEIAN_LANGUAGE": language})


def verdict(*facts: str, on: str | None = None) -> dict[str, Any]:
    """The same as data."""
    result = beian(*facts, on=on, flags=("--json",))
    assert (result.exit_code, result.stderr) == (0, "")
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def duty(told: dict[str, Any], id_: str) -> dict[str, Any]:
    """One duty of a verdict."""
    (found,) = (one for one in told["duties"] if one["id"] == id_)
    return dict(found)


@pytest.mark.parametrize(
    ("facts", "on", "id_", "outcome"),
    [
        ((*PERSON, "followers=30000"), SUMMER, WEIBO_DUTY, "does_not_apply"),
        ((*PERSON, "followers=30001"), SUMMER, WEIBO_DUTY, "applies"),
        ((*PERSON, "followers=0-30000"), SUMMER, WEIBO_DUTY, "does_not_apply"),
        ((*PERSON, "followers=30001+"), SUMMER, WEIBO_DUTY, "applies"),
        ((*AWAY, "followers=45000"), SUMMER, WEIBO_DUTY, "does_not_apply"),
        (WECHAT, SUMMER, "cn-xian-2017/wechat", "applies"),
        ((*BODY, "followers=50000"), SUMMER, "cn-xian-2017/weibo-body", "does_not_apply"),
        ((*BODY, "followers=50001"), SUMMER, "cn-xian-2017/weibo-body", "applies"),
        ((*BODY, "followers=20000"), SUMMER, "cn-xian-2017/body", "ask_the_office"),
        ((*PERSON, "followers=45000"), "2017-07-13", WEIBO_DUTY, "not_in_force"),
        ((*PERSON, "followers=45000"), "2017-08-15", WEIBO_DUTY, "applies"),
        ((*PERSON, "followers=45000"), "2017-08-16", WEIBO_DUTY, "ask_the_office"),
        ((*PERSON, "followers=45000"), None, WEIBO_DUTY, "ask_the_office"),
        ((*PERSON, "followers=unknown"), SUMMER, WEIBO_DUTY, "ask_the_office"),
        (PERSON, SUMMER, WEIBO_DUTY, "undetermined"),
        (PERSON, "2020-11-01", "cn-public-accounts-2020-draft/qualifications", "not_in_force"),
        (PERSON, "2021-02-21", "cn-public-accounts-2021/registration-data", "not_in_force"),
        (PERSON, "2021-02-22", "cn-public-accounts-2021/registration-data", "applies"),
    ],
)  # fmt: skip
def test_the_verdict_of_a_day(facts: tuple[str, ...], on: str | None, id_: str, outcome: str) -> None:
    """超过 is strictly more than; before its day nothing is in force, after its window the office says."""
    assert duty(verdict(*facts, on=on), id_)["outcome"] == outcome


def test_what_is_between_owner_and_platform_says_so() -> None:
    """The provisions of 2021 ask the owner to tell the platform, not an authority."""
    told = verdict(*PERSON, on="2021-02-22")
    assert duty(told, "cn-public-accounts-2021/registration-data")["addressee"] == "platform"
    assert duty(told, WEIBO_DUTY)["addressee"] == "office"


def test_the_keys_are_those_of_the_contract() -> None:
    """Exactly these: other programs rely on them."""
    told = verdict(*PERSON, "followers=45000", "content=other", "first_published_on=2017-03-01", on=SUMMER)
    assert set(told) == {"on", "facts", "duties", "next_question", "questions_left"}
    for one in told["duties"]:
        assert set(one) == {
            "id", "instrument", "outcome", "status", "addressee", "deadline", "sources", "reasons", "flips",
            "tree", "forced_by",
        }  # fmt: skip
        assert one["outcome"] in {
            "applies", "ask_the_office", "does_not_apply", "not_in_force", "undetermined",
        }  # fmt: skip
        assert one["status"] in {"in_force", "window_closed", "draft", "superseded", "unconfirmed"}
        assert one["addressee"] in {"office", "platform", "other"}
        assert all(set(deadline) == {"for", "on", "rule", "source"} for deadline in one["deadline"])
        assert all(deadline["for"] in {"existing", "new", "change"} for deadline in one["deadline"])
        assert all(set(r) == {"fact", "answer", "condition", "met", "passage"} for r in one["reasons"])
        assert all(set(flip) == {"fact", "to", "outcome"} for flip in one["flips"])
        assert one["sources"]


def test_every_duty_of_the_rulebook_is_told_of() -> None:
    """With its outcome, whatever that is."""
    assert {one["id"] for one in verdict()["duties"]} == set(rulebook().duties)


def test_the_answers_are_told_as_they_were_given() -> None:
    """A band stays a band, a list a list, a date a date."""
    content, first = ("content=health", "content=news"), "first_published_on=2017-03-01"
    told = verdict("followers=30001+", *content, first, "holder=unknown")
    assert told["facts"] == {
        "followers": "30001+",
        "content": ["news", "health"],
        "first_published_on": "2017-03-01",
        "holder": "unknown",
    }
    reasons = duty(verdict(*PERSON, "followers=30001+"), WEIBO_DUTY)["reasons"]
    assert {r["answer"] for r in reasons if r["fact"] == "followers"} == {"30001+"}


def test_one_deadline_is_left_once_the_first_message_is_dated() -> None:
    """With its day; an account that is newer than the date has its own."""
    facts = (*PERSON, "followers=45000")
    all_ = duty(verdict(*facts, on=SUMMER), WEIBO_DUTY)["deadline"]
    assert [(d["for"], d["on"]) for d in all_] == [
        ("existing", "2017-08-15"),
        ("new", None),
        ("change", None),
    ]
    for first, expected in (
        ("2017-03-01", ("existing", "2017-08-15")),
        ("2017-09-01", ("new", "2017-10-01")),
    ):
        told = verdict(*facts, f"first_published_on={first}", on=SUMMER)
        assert [(d["for"], d["on"]) for d in duty(told, WEIBO_DUTY)["deadline"]] == [expected]


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        ((), "platform"),
        (("platform=weibo",), "place"),
        (("platform=weibo", "place=xian"), "holder"),
        (("platform=weibo", "place=elsewhere"), "content"),
        (("platform=weibo", "place=xian", "holder=individual"), "followers"),
        ((*PERSON, "followers=30001+"), "content"),
        ((*PERSON, "followers=0-40000"), "followers"),
        ((*BODY, "followers=30001+"), "followers"),
        ((*BODY[:2], "place=xian", "followers=50001+"), "office_place"),
        ((*PERSON, "followers=unknown", "content=other"), None),
    ],
)
def test_the_next_question_is_one_that_matters(facts: tuple[str, ...], question: str | None) -> None:
    """A band is asked about again only where a threshold divides it."""
    told = verdict(*facts, on=SUMMER)
    assert told["next_question"] == question
    assert (told["questions_left"] == 0) == (question is None)


def test_a_flip_names_the_answer_that_would_change_it() -> None:
    """With 30,000 followers or fewer it would not apply."""
    (flip,) = (f for f in duty(verdict(*PERSON, "followers=45000", on=SUMMER), WEIBO_DUTY)["flips"]
               if f["fact"] == "followers")  # fmt: skip
    assert flip == {"fact": "followers", "to": "0-30000", "outcome": "does_not_apply"}


@pytest.mark.parametrize(
    ("fact", "accepted"),
    [
        ("nonsense=1", "platform, place, holder, followers, residence"),
        ("platform=facebook", PLATFORMS),
        ("platform=Weibo", PLATFORMS),
        ("platform=", PLATFORMS),
        ("residence=beijing", "miluo, tang, xian, zibo, elsewhere, unknown"),
        ("content=sports", "news, economy, finance, education, health, justice, other, unknown"),
        ("platform", "NAME=VALUE"),
        ("", "NAME=VALUE"),
        ("1" * 5000, "NAME=VALUE"),
        ("1" * 5000 + "=1", "platform, place, holder"),
        ("platform=" + "1" * 5000, "weibo, wechat"),
        *((f"followers={text}", "a whole number such as 45000, a band such as 0-30000 or 30001+, or unknown")
          for text in ("-5", "3_0", "3_0_0_0_0", "1e5", "nan", "4.5万", "30,000", "٣", "９", "+5", "30000-0",
                       "")),
        ("followers=" + "1" * 5000, "at most 12 digits"),
        *((f"first_published_on={text}", "a date such as 2017-07-25, or unknown")
          for text in ("2017-02-30", "yesterday", "25/07/2017", "")),
    ],
)  # fmt: skip
def test_what_is_not_in_the_vocabulary_is_refused(fact: str, accepted: str) -> None:
    """With exit code 2, the accepted values, nothing on standard output; the right value is then taken."""
    result = beian(fact, flags=("--json",))
    assert (result.exit_code, result.stdout) == (2, "")
    assert accepted in " ".join(result.stderr.split())
    assert len(result.stderr) < 1000
    assert verdict("platform=weibo")["facts"] == {"platform": "weibo"}


def test_one_value_is_refused_twice() -> None:
    """Only a list is given by repeating the option."""
    result = beian("platform=weibo", "platform=wechat")
    assert result.exit_code == 2
    assert "platform is given 2 times" in result.stderr


@pytest.mark.parametrize("count", ["1234567890123", "1234567890123+", "0-1234567890123"])
def test_a_count_has_twelve_digits_at_most(count: str) -> None:
    """More are a mistake of typing."""
    result = beian(f"followers={count}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "with at most 12 digits" in result.stderr
    assert verdict("followers=999999999999")["facts"] == {"followers": 999999999999}


@pytest.mark.parametrize("text", ["news,health", "news, health", "news;health", "news、health"])
def test_a_list_is_given_by_repeating_the_option(text: str) -> None:
    """Said to whoever writes it in one."""
    result = beian(f"content={text}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--fact content=news --fact content=economy" in result.stderr


@pytest.mark.parametrize("day", ["2017-02-30", "tomorrow", "25.07.2017", "1" * 5000])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    """With an example of one that is."""
    result = beian(on=day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2017-07-25" in result.stderr
    assert len(result.stderr) < 1000


def test_a_day_without_facts_is_the_question_what_is_asked_then() -> None:
    """Nothing need be known to ask what would be asked."""
    assert verdict(on="2016-01-01")["on"] == "2016-01-01"
    assert "The next question would be: Kind of account." in beian(on=SUMMER).stdout


def test_without_a_day_it_is_today() -> None:
    """Today in Xi'an, where it may be a day later than here."""
    today = date.fromisoformat(verdict()["on"])
    assert abs((today - date.today()).days) <= 1  # noqa: DTZ011 - the day of this machine is what is meant


def test_without_json_the_card_is_printed() -> None:
    """Verdict, reason, deadline, source, and the answer that would change it."""
    card = beian(*PERSON, "followers=45000", "content=other", on=SUMMER).stdout
    for part in (
        "For 25 July 2017, not for today:",
        "This account is to be registered with the Xi'an internet information office",
        "more than 30,000 followers",
        "before 15 August 2017",
        "Source: ",
        "With 30,000 followers or fewer it would not be covered.",
    ):
        assert part in card


@pytest.mark.parametrize("language", ["zh", "zh-CN", "zh_CN.UTF-8"])
def test_the_card_speaks_the_language_that_is_set(language: str) -> None:
    """However its code is written."""
    card = beian(*PERSON, "followers=45000", "content=other", on=SUMMER, language=language).stdout
    assert "西安市网信办" in card
    assert "2017年8月15日" in card
    assert "{" not in card


def test_a_language_that_is_none_is_refused() -> None:
    """As everywhere else."""
    result = beian(language="xx")
    assert result.exit_code == 2
    assert "BEIAN_LANGUAGE: a language is en or zh_CN" in result.stderr
