"""A mobile number of the Chinese mainland.

Refusal codes: characters (slot character), foreign, fixed_line, length (slot n), not_mobile.
"""

from __future__ import annotations

import re
from typing import Final

from dialogs.parsing.result import Refused
from dialogs.parsing.text import clean, disguised_digit

_LENGTH: Final = 11
_SEPARATORS: Final = re.compile("[ ().\\-‐‒–—−]")
_NOT_A_DIGIT: Final = re.compile("[^0-9]")
_ABROAD: Final = re.compile(r"(?:\+|00)(?!86)[1-9]")
_MAINLAND: Final = re.compile(r"(?:\+|00)86|86(?=[0-9]{11}$)")
_DIALLED: Final = range(5, 16)
"""How many digits phonenumbers reads without an error."""


def parse_mobile(text: str) -> str | Refused:
    """The eleven digits of a mobile number. +86, 0086 or 86 before them is left out."""
    number = _SEPARATORS.sub("", clean(text))
    wrong = disguised_digit(text) or next(_NOT_A_DIGIT.finditer(number.removeprefix("+")), [""])[0]
    if wrong:
        return Refused("characters", (("character", wrong),))
    if _ABROAD.match(number):
        return Refused("foreign")
    number = _MAINLAND.sub("", number, count=1).removeprefix("+")
    kind = _kind(number)
    if kind == "mobile" and len(number) == _LENGTH:
        return number
    if kind == "fixed_line":
        return Refused(kind)
    return Refused("length", (("n", len(number)),)) if len(number) != _LENGTH else Refused("not_mobile")


def _kind(number: str) -> str:
    """What a number in use is: mobile, fixed_line, or empty for any other."""
    if len(number) not in _DIALLED:
        return ""
    import phonenumbers  # noqa: PLC0415  35 ms

    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:  # as for 00200, which begins like a call abroad
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    kinds = {
        phonenumbers.PhoneNumberType.MOBILE: "mobile",
        phonenumbers.PhoneNumberType.FIXED_LINE: "fixed_line",
    }
    return kinds.get(phonenumbers.number_type(parsed), "")
