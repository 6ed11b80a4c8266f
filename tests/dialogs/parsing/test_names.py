from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.names import LONGEST, parse_body_name, parse_name
from dialogs.parsing.result import Refused

PERSONS = (
    *(
        "李华",
        "李",
        "Li Hua",
        "𠮷田",
        "𪚥",
        "\U0002ebf0华",
        "\U00031350",
        "〇",
        "㐂",
        "阿卜杜拉·买买提",
        "J. R. R. Tolkien",
    ),
    *(
        "O'Brien",
        "O’Brien",
        "'t Hart",
        "Jean-Luc",
        "Ngũgĩ wa Thiong'o",
        "Нина",
        "محمد",
        "नमस्ते",
        "Ōsaka",
        "John Smith Jr.",
    ),
    "李" * LONGEST,
)

REWRITTEN = {
    "阿卜杜拉•买买提": "阿卜杜拉·买买提",
    "阿卜杜拉・买买提": "阿卜杜拉·买买提",
    "阿卜杜拉 · 买买提": "阿卜杜拉·买买提",
    "阿卜杜拉.买买提": "阿卜杜拉·买买提",
    "  Li \t Hua\n": "Li Hua",
    "Li\u202e Hua\u200b": "Li Hua",
    "e\u0301lan": "élan",
}

NO_PERSONS = {
    "": ("empty",),
    " \u200b\u3164": ("empty",),
    "李" * (LONGEST + 1): ("too_long", ("n", 101)),
    "a" * 10**5: ("too_long", ("n", 100_000)),
    "李华1": ("characters", ("character", "1")),
    "Li²": ("characters", ("character", "2")),
    "李华！": ("characters", ("character", "!")),
    "Li\U0001f600": ("characters", ("character", "\U0001f600")),
    "<b>Li</b>": ("characters", ("character", "<")),
    "=Li": ("characters", ("character", "=")),
    "Li@Hua": ("characters", ("character", "@")),
    "{name}": ("characters", ("character", "{")),
    "Li--Hua": ("characters", ("character", "-")),
    "·李": ("characters", ("character", "·")),
    "-": ("characters", ("character", "-")),
    "'": ("characters", ("character", "'")),
}

BODIES = {
    "西安市某某（集团）有限公司": "西安市某某（集团）有限公司",
    "西安市某某(集团)有限公司": "西安市某某（集团）有限公司",
    "3M 中国": "3M 中国",
    'A&B "Foo" (Asia) Ltd.': 'A&B "Foo" (Asia) Ltd.',
    "“雁塔”小学": "“雁塔”小学",
    "7-Eleven": "7-Eleven",
    "某某A/S": "某某A/S",
    "\U00031350学会": "\U00031350学会",
}

NO_BODIES = {
    "": ("empty",),
    "公" * (LONGEST + 1): ("too_long", ("n", 101)),
    "123": ("characters", ("character", "1")),
    "=SUM(A1)": ("characters", ("character", "=")),
    "+公司": ("characters", ("character", "+")),
    "@公司": ("characters", ("character", "@")),
    "<b>公司</b>": ("characters", ("character", "<")),
    "{0}公司": ("characters", ("character", "{")),
}


@pytest.mark.parametrize("text", PERSONS)
def test_person(text: str) -> None:
    """A name in any script, with rare characters and what joins names, is kept as it is."""
    assert parse_name(text) == text


@pytest.mark.parametrize(("text", "name"), REWRITTEN.items())
def test_person_rewritten(text: str, name: str) -> None:
    """Dots that look like the middle dot become it; what shows nothing goes."""
    assert parse_name(text) == name


@pytest.mark.parametrize(("text", "refusal"), NO_PERSONS.items())
def test_no_person(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """What no name holds is refused, with the character or length at fault."""
    assert parse_name(text) == Refused(refusal[0], refusal[1:])


@pytest.mark.parametrize(("text", "name"), BODIES.items())
def test_body(text: str, name: str) -> None:
    """A body's name may hold digits, brackets, & and quotes; brackets in Chinese are wide."""
    assert parse_body_name(text) == name


@pytest.mark.parametrize(("text", "refusal"), NO_BODIES.items())
def test_no_body(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """What no body's name holds is refused, with the character or length at fault."""
    assert parse_body_name(text) == Refused(refusal[0], refusal[1:])


@given(st.text(st.characters(whitelist_categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=20))
def test_a_name_once_accepted_stays_the_same(text: str) -> None:
    """A name that was accepted is accepted again, unchanged."""
    for parse in (parse_name, parse_body_name):
        name = parse(text)
        assert isinstance(name, Refused) or parse(name) == name
