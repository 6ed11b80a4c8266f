from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.catalogues import languages
from bot.i18n import catalogue, language_of, words
from dialogs.messages import Day, Items, Message, Moment, N, Number, Part, T, Text

NASTY = (
    "{0.__class__}", "{n}", "{name}", "{name!r}", "%(name)s", "%s", "{", "}", "{{}}", "\\g<0>", "\\1",
    "$name", "<b>x</b>", "&lt;", "a\nb", "“”", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *dict.fromkeys(
            (
                "zh",
                "zh-CN",
                "zh-SG",
                "zh-Hans",
                "zh_CN",
                "zh_CN.UTF-8",
                "ZH-cn",
                "zh-Hans-CN",
                "zh_SG.gb18030",
            ),
            "zh_CN",
        ).items(),
        *dict.fromkeys(("en", "en-GB", "en_GB", "en_US.UTF-8", "EN", "en-XX"), "en").items(),
        *dict.fromkeys(("", "C", "C.UTF-8", "POSIX", "fr", "zh-TW", "zh-Hant", "xx", "zhx", "eng")).items(),
    ],
)
def test_a_code_leads_to_its_language(name: str, language: str | None) -> None:
    """As phones, browsers and terminals write it; a language that is not ours leads to none."""
    assert language_of(name) == language


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (300, "300", "300"),
        (9_999, "9,999", "9999"),
        (10_000, "10,000", "1万"),
        (30_001, "30,001", "30001"),
        (45_000, "45,000", "4.5万"),
        (45_600, "45,600", "45600"),
        (123_456, "123,456", "123456"),
        (300_000, "300,000", "30万"),
        (12_345_000, "12,345,000", "1234.5万"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(value: int, english: str, chinese: str) -> None:
    """By thousands in English; in Chinese by 万 where that leaves one decimal at most, else plainly."""
    assert (words("en").text(Number(value)), words("zh_CN").text(Number(value))) == (english, chinese)


@pytest.mark.parametrize(
    ("part", "english", "chinese"),
    [
        (Day(date(2017, 8, 15)), "15 August 2017", "2017年8月15日"),
        (Day(date(2026, 1, 1)), "1 January 2026", "2026年1月1日"),
        (Moment(datetime(2026, 11, 20, 6, 32, tzinfo=UTC)), "20 November 2026, 14:32", "2026年11月20日14:32"),
        (Moment(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)), "1 January 2027, 00:00", "2027年1月1日00:00"),
    ],
)
def test_days_and_times_are_written_as_people_write_them(part: Part, english: str, chinese: str) -> None:
    """A time is that of Beijing, whatever zone it was noted in."""
    assert (words("en").text(part), words("zh_CN").text(part)) == (english, chinese)


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [
        (Items(("a",)), "a", "a"),
        (Items(("a", "b")), "a and b", "a、b"),
        (Items(("a", "b", "c")), "a, b and c", "a、b、c"),
        (Items(("a", "b", "c"), "or"), "a, b or c", "a、b或c"),
        (Items(("a", "b", "c"), "apart"), "a; b; c", "a；b；c"),
        (Items((Number(45_000), Day(date(2017, 7, 14)))), "45,000 and 14 July 2017", "4.5万、2017年7月14日"),
    ],
)
def test_things_are_listed_as_the_language_lists_them(items: Items, english: str, chinese: str) -> None:
    """With "and", with "or", or apart where they are long."""
    assert (words("en").text(items), words("zh_CN").text(items)) == (english, chinese)


def test_lines_stand_one_below_the_other_each_further_in() -> None:
    """However deep: what belongs to a line is indented once more. None leave nothing behind."""
    deepest = Items((Number(45_000), "e"), "lines")
    parts = Items((T("a:{parts}", parts=Items((T("b{parts}", parts=deepest), "c"), "lines")), "d"), "lines")
    english, chinese = (words(language).text(T("x:{parts}", parts=parts)) for language in ("en", "zh_CN"))
    assert english.split("\n") == [
        "x:",
        "   a:",
        "      b",
        "         45,000",
        "         e",
        "      c",
        "   d",
    ]
    assert chinese == english.replace("45,000", "4.5万")
    assert words("en").text(Items((), "lines")) == ""


@pytest.mark.parametrize(
    ("n", "text"), [(0, "At most 0 questions are left."), (1, "At most 1 question is left.")]
)
def test_a_number_decides_the_form(n: int, text: str) -> None:
    """In English there are two, in Chinese one."""
    part = N("At most {n} question is left.", "At most {n} questions are left.", n)
    assert words("en").text(part) == text
    assert str(n) in words("zh_CN").text(part)


@pytest.mark.parametrize("language", ["en", *languages()])
@pytest.mark.parametrize("nasty", NASTY)
def test_what_people_type_is_shown_as_text(nasty: str, language: str) -> None:
    """It is never a template, neither alone, nor in a slot, nor in a slot of a slot."""
    spoken = words(language)
    assert spoken.text(nasty) == nasty
    assert spoken.text(T("{a}-{b}", a=nasty, b=T("{a}", a=nasty))) == f"{nasty}-{nasty}"
    assert nasty in spoken.text(T("Noted: {answer}.", answer=nasty))


@pytest.mark.parametrize("msgid", ["{0.__class__}", "{missing}", "{n!r}", "{", "100 %"])
def test_a_text_without_its_slot_is_shown_and_not_fatal(msgid: str) -> None:
    """A mistake in a text costs its owner no answer."""
    assert words("en").text(Text(msgid, (("n", Number(1)),))) == msgid


def test_a_text_without_translation_is_said_in_english() -> None:
    """Better than nothing; the check of the catalogues finds it."""
    assert words("zh_CN").text(T("No such text in any catalogue.")) == "No such text in any catalogue."


def test_hints_follow_the_question_in_brackets() -> None:
    """Behind the last line, with the punctuation of the language."""
    message = Message((T("Which language?"), "?"), hints=(T("a {n}", n=Number(1)), T("b")))
    assert words("en").question(message)[-1] == "? (a 1; b)"
    assert words("zh_CN").question(message)[-1] == "?（a 1；b）"
    assert words("en").question(Message((), hints=(T("b"),))) == ()


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_translates_every_plural(language: str) -> None:
    """With as many forms as its rule can ask for."""
    texts, plural = catalogue(language)
    many = [forms for msgid, forms in texts.items() if msgid == "at most {n} more after this"]
    assert len(many[0]) > max(plural(n) for n in range(200))
