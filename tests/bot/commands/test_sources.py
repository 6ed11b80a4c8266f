from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.commands.sources import as_data, lines
from bot.i18n import words
from bot.rulebook import rulebook
from dialogs.card.card import card
from dialogs.card.why import why_lines
from dialogs.conversation import Check, World
from dialogs.rules.model import FRESH, Rulebook, Source
from dialogs.rules.values import Value
from tests.dialogs.talks import a_world

PERSON: dict[str, Value] = {
    "platform": "weibo", "place": "xian", "holder": "individual", "followers": 45000, "residence": "xian",
    "content": ("other",),
}  # fmt: skip


def listed(*flags: str) -> str:
    """What `beian rules list` prints."""
    result = CliRunner().invoke(main, ["rules", "list", *flags])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def told() -> list[dict[str, Any]]:
    """The same as data."""
    found: list[dict[str, Any]] = json.loads(listed("--json"))
    return found


def notice() -> Source:
    """The source of the Xi'an notice: the first that its instrument names."""
    return rulebook().sources[rulebook().instruments["cn-xian-2017"].sources[0]]


def test_every_source_is_listed_once() -> None:
    """The one checked longest ago first, in both forms in the same order."""
    book = rulebook()
    found = told()
    assert sorted(one["id"] for one in found) == sorted(book.sources)
    assert [one["checked_on"] for one in found] == sorted(one["checked_on"] for one in found)
    printed = listed().split("\n\n")
    assert [part.partition(":")[0] for part in printed[:-1]] == [one["id"] for one in found]
    assert printed[-1].startswith(f"{len(book.sources)} sources, ")


def test_a_source_is_told_whole() -> None:
    """Issuer, titles in both languages, kind, date, where and how far it was read, and its age."""
    source, today = notice(), notice().checked_on + timedelta(days=1)
    first, *rest = lines(source, rulebook(), today)
    assert first == f"{source.id}: {source.kind.replace('_', ' ')} of {source.dated}, {source.issuer}"
    assert rest[:4] == [
        f"  {source.title}",
        f"  {source.title_zh}",
        f"  at {source.read_at} ({source.seen})",
        f"  checked on {source.checked_on}, 1 day ago",
    ]
    assert "  cn-xian-2017" in rest
    assert "  cn-xian-2017/weibo-individual (item 4)" in rest
    assert rest[-1] == ""


@pytest.mark.parametrize(
    ("days", "said"), [(0, "0 days ago"), (90, "90 days ago"), (91, "91 days ago (more than 90)")]
)
def test_the_age_of_a_source(days: int, said: str) -> None:
    """More than ninety days are called so: ninety are not."""
    source, today = notice(), notice().checked_on + timedelta(days=days)
    assert f"  checked on {source.checked_on}, {said}" in list(lines(source, rulebook(), today))
    data = as_data(source, rulebook(), today)
    assert (data["age_in_days"], data["stale"]) == (days, days > 90)


def test_the_keys_are_those_of_the_contract() -> None:
    """Exactly these: other programs rely on them."""
    book, today = rulebook(), datetime.now(UTC).date()
    for one in told():
        assert set(one) == {
            "id", "issuer", "title", "title_zh", "kind", "date", "read_at", "seen", "checked_on",
            "age_in_days", "stale", "rests_on_it",
        }  # fmt: skip
        source = book.sources[one["id"]]
        assert date.fromisoformat(one["checked_on"]) == source.checked_on
        assert date.fromisoformat(one["date"]) == source.dated
        assert abs(one["age_in_days"] - (today - source.checked_on).days) <= 1
        assert one["stale"] == (one["age_in_days"] > 90)
        assert all(set(resting) == {"id", "passage"} for resting in one["rests_on_it"])


def named(book: Rulebook) -> Iterator[tuple[str, str]]:
    """What names which source."""
    yield from ((i.id, id_) for i in book.instruments.values() for id_ in i.sources)
    yield from ((duty.id, id_) for duty in book.duties.values() for id_ in duty.sources)
    yield from ((duty.id, d.source) for duty in book.duties.values() for d in duty.deadlines)
    yield from ((f"note {note.id}", id_) for note in book.notes for id_ in note.sources)
    yield from ((f"form {f.id}", e.source) for f in book.forms.values() for e in f.fields if e.source)


def test_what_rests_on_a_source_is_told_and_nothing_rests_on_none() -> None:
    """Instruments, duties, their deadlines, notes and forms: all of it, once each."""
    found = [(resting["id"], one["id"]) for one in told() for resting in one["rests_on_it"]]
    assert len(found) == len(set(found))
    assert set(found) == set(named(rulebook()))
    assert all(one["rests_on_it"] for one in told())


def test_a_source_of_a_deadline_alone_holds_no_condition() -> None:
    """The passages of the duty are not looked for in it."""
    book, source = rulebook(), notice()
    duty = book.duties["cn-xian-2017/weibo-individual"]
    alone = replace(duty, sources=("elsewhere",), deadlines=(replace(duty.deadlines[0], source=source.id),))
    data = as_data(source, replace(book, duties={duty.id: alone}), source.checked_on)
    assert {"id": duty.id, "passage": "deadline"} in data["rests_on_it"]


def world(days: int) -> World:
    """So many days after the notice was last checked."""
    moment = datetime.combine(notice().checked_on, datetime.min.time(), UTC)
    return a_world("none", moment + timedelta(days=days, hours=2))


SAID = [
    ("en", 90, "; checked 20 November 2026)."),
    ("en", 91, "; last checked on 20 November 2026, more than 90 days ago)."),
    ("zh_CN", 90, "；2026年11月20日核对）。"),
    ("zh_CN", 91, "；上次核对是在2026年11月20日，已超过90天）。"),
]


@pytest.mark.parametrize(("language", "days", "end"), SAID)
def test_the_card_says_that_a_source_was_checked_long_ago(language: str, days: int, end: str) -> None:
    """Ninety-one days later, in both languages; also under "Why", and also for another day."""
    assert notice().checked_on == date(2026, 11, 20)
    mark = {"en": "Source: Xi'an public notice on registering", "zh_CN": "来源：《关于开展西安市属地网站"}[
        language
    ]
    for check in (Check(PERSON), Check(PERSON, date(2017, 7, 25))):
        for part in (card(check, world(days)), why_lines(check, world(days))):
            said = [text for line in part if (text := words(language).text(line)).startswith(mark)]
            assert len(said) == 1
            assert said[0].endswith(end)


def test_ninety_days_are_fresh() -> None:
    """As the card says it."""
    source = replace(notice(), checked_on=date(2026, 1, 1))
    assert timedelta(days=90) == FRESH
    assert not source.stale_on(date(2026, 4, 1))
    assert source.stale_on(date(2026, 4, 2))
