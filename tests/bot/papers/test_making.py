from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date

import pytest

from bot.papers.making import made
from dialogs.messages import CalendarPaper, T
from tests.bot.papers.samples import DATA, HOSTILE, KEY, REFERENCE, files, paper


def test_a_receipt_is_three_files() -> None:
    """The one that most can open comes first; their names tell the reference only."""
    named = [(name, kind) for name, kind, _ in made(paper(), "zh_CN", KEY.seal)]
    assert named == [
        (f"receipt-{REFERENCE}.pdf", "application/pdf"),
        (f"receipt-{REFERENCE}.html", "text/html"),
        (f"receipt-{REFERENCE}.json", "application/json"),
    ]


def test_a_day_is_one_file_that_tells_nothing_by_its_name() -> None:
    """Neither what of nor whose."""
    day = CalendarPaper("7", date(2026, 12, 1), (), T("Something to do"))
    assert [(name, kind) for name, kind, _ in made(day, "en", KEY.seal)] == [("day.ics", "text/calendar")]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_same_receipt_gives_the_same_bytes(language: str) -> None:
    """So that a file which is sent in several tries is one file."""
    assert files(paper(), language) == files(paper(), language)


@pytest.mark.parametrize("sign", ["𠮷", "😀", "\u202e", "\t", "\u00ad"])
def test_what_the_font_lacks_leaves_out_the_pdf_alone(caplog: pytest.LogCaptureFixture, sign: str) -> None:
    """Nothing is shown as an empty box or in another order; the log does not say what it was."""
    with caplog.at_level(logging.WARNING):
        given = files(paper(("姓名", f"李{sign}")))
    assert list(given) == ["html", "json"]
    assert json.loads(given["json"])["rows"] == [["姓名", f"李{sign}"]]
    assert [record.getMessage() for record in caplog.records] == ["pdf left out"]
    assert sign not in caplog.text


def test_the_document_has_the_facts_and_what_people_read() -> None:
    """The facts exactly, the rest in the owner's language."""
    document = json.loads(files(paper(("姓名", HOSTILE)))["json"])
    assert {name: document[name] for name, _ in DATA} == dict(DATA)
    assert (document["beian"], document["version"], document["language"]) == ("receipt", 1, "zh_CN")
    assert document["title"] == "登记回执（演练）"
    assert document["rows"] == [["姓名", HOSTILE]]
    assert document["notes"] == ["演练：未提交给任何政府部门。"]


def test_a_fact_never_takes_the_place_of_what_the_document_is() -> None:
    """Whatever the facts are called."""
    odd = paper(("a", "b"))
    odd = replace(odd, data=(("beian", "x"), ("rows", "y")))
    document = json.loads(files(odd)["json"])
    assert (document["beian"], document["rows"]) == ("receipt", [["a", "b"]])
