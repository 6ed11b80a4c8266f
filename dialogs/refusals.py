"""What was wrong with an answer, in the owner's own terms. Every code of `dialogs.parsing` has its words here."""

from __future__ import annotations

from typing import Final

from dialogs.messages import Number, Part, T, Text
from dialogs.parsing.result import Refused

_TEXTS: Final[dict[str, Text]] = {
    "empty": T("There was nothing in that message."),
    "too_long": T("That is too long: it has {n} characters."),
    "not_a_number": T("I could not read a number in that."),
    "negative": T("That is a number below zero."),
    "too_large": T("That is more than any account has."),
    "not_whole": T("That is not a whole number."),
    "broken_grouping": T("The separators in that number do not stand where thousands are parted."),
    "not_an_option": T("That is none of the choices."),
    "not_a_date": T("I could not read a date in that."),
    "no_such_day": T("There is no such day."),
    "year_out_of_range": T("That year is outside 1990 to 2100."),
    "not_a_zone": T("I know no time zone by that name. A large city or an offset will do."),
    "no_such_offset": T("No time zone is that far from UTC."),
    "not_a_place": T("I could not read a place in that, nor a yes or a no."),
    "characters": T("“{character}” cannot be part of it."),
    "checksum": T("The last character does not fit the rest, so one of them must be mistyped."),
    "resident_id.length": T("That has {n} characters; a resident ID number has 18, the last may be X."),
    "fifteen_digits": T("That is the old number of 15 digits; please use the one of 18."),
    "future_birth": T("By that number the date of birth lies in the future."),
    "no_such_birth_date": T("By that number there is no such date of birth."),
    "region_unknown": T("The first six digits are no region known for these numbers."),
    "credit_code.length": T("That has {n} characters; a unified social credit code has 18."),
    "letters": T("The letter {letter} does not occur in these codes; I, O, Z, S and V are not used."),
    "authority": T("No registering authority has the first character {character}."),
    "mobile.length": T("That has {n} digits; a mobile number has 11."),
    "fixed_line": T("That is a fixed line; a mobile number is needed."),
    "foreign": T("That is not a mainland number."),
    "not_mobile": T("No mobile number begins like that."),
    "weibo.length": T("That has {n} digits, which no UID has."),
    "post": T("That is a single post, not the account."),
    "vanity": T("That does not show the UID. It stands in the address of the account's page, after weibo.com/u/."),
    "mobile_number": T("That looks like a mobile number."),
    "other_site": T("That is a link to another site."),
    "not_a_uid": T("That is neither a Weibo UID nor a link with one."),
    "wechat_id": T("That looks like a WeChat ID. The original ID begins with gh_ and stands in the account's settings."),
    "link": T("That is a link; the original ID begins with gh_ and stands in the account's settings."),
    "not_an_original_id": T("That is not an original ID; it begins with gh_."),
    "public_security": T("That is the public-security filing number; the ICP filing number is another one."),
    "licence": T("That is a licence number; the ICP filing number is another one."),
    "province": T("An ICP filing number begins with the short name of a province, such as 陕."),
    "not_an_icp_number": T("That is not an ICP filing number."),
    "not_a_link": T("That is neither a link nor an account name."),
}  # fmt: skip

CODES: Final = frozenset(_TEXTS)
"""Every code that has words; one that means another thing for a kind of question has the kind before it."""

WARNINGS: Final[dict[str, Text]] = {
    "region_at_birth": T("By our tables the region in that number did not have this code at that date of birth. Please compare it once more."),
    "organisation_code": T("The organisation code within it does not fit its own check character. Please compare it once more."),
}  # fmt: skip
"""What is taken all the same, but worth a second look."""


def refusal(refused: Refused, kind: str) -> Text:
    """The words for a refusal of an answer to a question of that kind. Raises KeyError for a code without words."""
    text = _TEXTS.get(f"{kind}.{refused.code}") or _TEXTS[refused.code]
    slots: dict[str, Part] = {
        name: Number(value) if isinstance(value, int) else value for name, value in refused.slots
    }
    return T(text.msgid, **slots)
