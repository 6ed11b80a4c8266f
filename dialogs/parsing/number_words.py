"""English number words: "thirty-five thousand" is 35000."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_ONES: Final = "one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

_VALUES: Final = (
    dict(zip(_ONES, range(1, 10), strict=True))
    | dict(zip(_TEENS, range(10, 20), strict=True))
    | dict(zip(_TENS, range(20, 100, 10), strict=True))
)


@cache
def _number() -> re.Pattern[str]:
    one, teen, ten = (f"(?:{'|'.join(words)})" for words in (_ONES, _TEENS, _TENS))
    below_100 = f"(?:{ten}(?:[ -]{one})?|{teen}|{one})"
    below_1000 = f"(?:{one} hundred(?:(?: and)? {below_100})?|{below_100})"
    scales = (rf"(?:(?P<{scale}>{below_1000}) {scale}(?: |$))?" for scale in reversed(_SCALES))
    return re.compile("".join(scales) + rf"(?P<rest>(?:and )?{below_1000})?")


def read_words(text: str) -> int | None:
    """The number a folded text spells in full, or None. Scales must fall, as in speech."""
    if text == "zero":
        return 0
    found = _number().fullmatch(text)
    if found is None or not text:
        return None
    return sum(_below_1000(found[scale]) * size for scale, size in _SCALES.items()) + _below_1000(
        found["rest"]
    )


def _below_1000(words: str | None) -> int:
    total = 0
    for word in re.split("[ -]", words or ""):
        total = total * 100 if word == "hundred" else total + _VALUES.get(word, 0)
    return total
