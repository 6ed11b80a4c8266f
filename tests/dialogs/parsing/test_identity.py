from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from dialogs.parsing.identity import CreditCode, ResidentId, parse_credit_code, parse_resident_id
from dialogs.parsing.result import Refused

TODAY = date(2026, 11, 20)
VALID = "11010519491231002X"
CODE = "91110000600037341L"

# Published examples and synthetic numbers: rulebook-facts, section 6.2.
RESIDENT_IDS = {
    VALID: (VALID, ()),
    "11010519491231002x": (VALID, ()),
    "110105 1949 1231 002X": (VALID, ()),
    "110105-19491231-002X": (VALID, ()),
    "１１０１０５１９４９１２３１００２Ｘ": (VALID, ()),
    "\u200b11010519491231002X\n": (VALID, ()),
    "360426199101010071": ("360426199101010071", ()),
    "610100190001010016": ("610100190001010016", ()),
    "61010219900101001X": ("61010219900101001X", ()),
    "610118199001010010": ("610118199001010010", ("region_at_birth",)),
    "810000199001010019": ("810000199001010019", ()),
    "820000199001010010": ("820000199001010010", ()),
    "830000199001010012": ("830000199001010012", ()),
}

REFUSED_IDS = {
    "61010219900101123": ("length", ("n", 17)),
    "6101021990010112345": ("length", ("n", 19)),
    "": ("length", ("n", 0)),
    "1" * 5000: ("length", ("n", 5000)),
    "110105491231002": ("fifteen_digits",),
    "hello": ("characters", ("character", "H")),
    "110105**********2X": ("characters", ("character", "*")),
    "6101021990X101123X": ("characters", ("character", "X")),
    "1101051949123100②X": ("characters", ("character", "②")),
    "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X": ("characters", ("character", "١")),
    "11010519491331002X": ("no_such_birth_date",),
    "11010519490230002X": ("no_such_birth_date",),
    "110105000001010021": ("no_such_birth_date",),
    "110105189912310021": ("no_such_birth_date",),
    "61010220991231001X": ("future_birth",),
    "110105194912310021": ("checksum",),
    "810000199001010018": ("checksum",),
    "610190199001010011": ("region_unknown",),
    "916101020000000002": ("no_such_birth_date",),
}

CREDIT_CODES = {
    CODE: (),
    "916101020000000002": (),
    "526101020000000003": (),
    "126101020000000007": (),
    "N2610102000000000H": (),
    "Y1610102000000000C": (),
    "A16101020000000001": (),
    "91610102000000005H": ("organisation_code",),
}

REFUSED_CODES = {
    "": ("length", ("n", 0)),
    "91110000600037341": ("length", ("n", 17)),
    "60003734-1": ("length", ("n", 9)),
    "9111000060003734IL": ("letters", ("letter", "I")),
    "9111000060003734OL": ("letters", ("letter", "O")),
    "9111000060003734zl": ("letters", ("letter", "Z")),
    "S1110000600037341L": ("letters", ("letter", "S")),
    "9111000060003734VL": ("letters", ("letter", "V")),
    "9111某": ("characters", ("character", "某")),
    "9111000A600037341L": ("characters", ("character", "A")),
    "9111000060003734①L": ("characters", ("character", "①")),
    "B1110000600037341L": ("authority", ("character", "B")),
    "91110000600037341A": ("checksum",),
    VALID: ("authority", ("character", "0")),
}
REFUSED_CODES[VALID] = ("checksum",)


@pytest.mark.parametrize(("text", "parts"), RESIDENT_IDS.items())
def test_resident_id(text: str, parts: tuple[str, tuple[str, ...]]) -> None:
    """A right number is accepted, in its plain form; a county of another time is a warning only."""
    assert parse_resident_id(text, TODAY) == ResidentId(*parts)


@pytest.mark.parametrize(("text", "refusal"), REFUSED_IDS.items())
def test_refused_resident_id(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """A wrong number is refused, with what is wrong."""
    assert parse_resident_id(text, TODAY) == Refused(refusal[0], refusal[1:])


@pytest.mark.parametrize(("text", "warnings"), CREDIT_CODES.items())
def test_credit_code(text: str, warnings: tuple[str, ...]) -> None:
    """A right code is accepted, those of the authorities A, N and Y too; a wrong inner check is a warning."""
    assert parse_credit_code(text) == CreditCode(text, warnings)


@pytest.mark.parametrize(
    "text",
    [
        "9111 0000 6000 3734 1L",
        "91110000-60003734-1L",
        "91110000600037341l",
        "９１１１００００６０００３７３４１Ｌ",
    ],
)
def test_credit_code_in_other_forms(text: str) -> None:
    """Spaces, hyphens, small letters and wide characters do not count."""
    assert parse_credit_code(text) == CreditCode(CODE)


@pytest.mark.parametrize(("text", "refusal"), REFUSED_CODES.items())
def test_refused_credit_code(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """A wrong code is refused, with what is wrong."""
    assert parse_credit_code(text) == Refused(refusal[0], refusal[1:])


def test_a_resident_id_does_not_show_itself() -> None:
    """What is printed or logged of a parsed number holds neither the number nor the birthday in it."""
    shown = repr(parse_resident_id(VALID, TODAY))
    assert VALID not in shown
    assert "1949" not in shown


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    """Right numbers of Xi'an."""
    birth = draw(st.dates(date(1990, 1, 1), TODAY))
    number = f"610102{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return number + ric.calc_check_digit(number + "0")


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    """Codes with a right check character."""
    alphabet = st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")
    code = (
        draw(st.sampled_from("123456789ANY"))
        + "1610102"
        + "".join(draw(st.lists(alphabet, min_size=9, max_size=9)))
    )
    return code + uscc.calc_check_digit(code)


@given(resident_ids())
def test_every_right_id_is_accepted(number: str) -> None:
    """A number of any birthday is accepted."""
    read = parse_resident_id(number, TODAY)
    assert isinstance(read, ResidentId)
    assert read.number == number


@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_a_changed_character_of_an_id_is_refused(number: str, place: int, character: str) -> None:
    """No number with one character changed is accepted: MOD 11-2 finds every one."""
    changed = number[:place] + character + number[place + 1 :]
    assert changed == number or isinstance(parse_resident_id(changed, TODAY), Refused)


@given(resident_ids(), st.integers(0, 16))
def test_swapped_digits_of_an_id_are_refused(number: str, place: int) -> None:
    """No number with two neighbours swapped is accepted."""
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or isinstance(parse_resident_id(swapped, TODAY), Refused)


@given(credit_codes())
def test_every_right_code_is_accepted(code: str) -> None:
    """A code with a right check is accepted as it is."""
    read = parse_credit_code(code)
    assert isinstance(read, CreditCode)
    assert read.code == code


@given(credit_codes(), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_a_changed_character_of_a_code_is_refused(code: str, place: int, character: str) -> None:
    """No code with one character changed is accepted."""
    changed = code[:place] + character + code[place + 1 :]
    assert changed == code or isinstance(parse_credit_code(changed), Refused)
