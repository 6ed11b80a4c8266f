"""Whether a text names one of the places asked about, or says that it is elsewhere.

Refusal codes: not_a_place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dialogs.parsing.gazetteer import AROUND, OTHER, Mention, Places, mentions, plain
from dialogs.parsing.hedging import DOUBT, NEGATION
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import clean

ELSEWHERE: Final = "elsewhere"

_LONGEST: Final = 200
_PARTICLES: Final = "的啊呀哦呢啦哈了"
_YES: Final = frozenset(
    "y|yes|yes please|yeah|yep|yup|sure|correct|right|true|both|yes both|i do|i am|it is|it does|yes i do"
    "|yes i am|yes it is|one is|one of them|either one"
    "|是|在|对|嗯|有|都在|都是|有一个|有一个在|其中一个在".split("|")
)
_NO: Final = frozenset(
    "n|no|nope|nah|not there|not in|i dont|i do not|im not|i am not|it isnt|it is not|no i dont|no im not"
    "|否|不|没|没有|不在|不是|不对|不在那里|不在那".split("|")
)
_ELSEWHERE: Final = frozenset(
    "elsewhere|somewhere else|another place|other place|other|neither|neither one|neither is|neither of them"
    "|no neither|none|none of them|别处|外地|其他|其他地方|别的地方|都不在|都不是|都没有|均不在"
    "|两个都不在|两者都不在".split("|")
)
_FILLER: Final = re.compile(
    r"(?:\b(?:yes|i|im|ive|we|were|it|its|is|are|am|live|lives|living|reside|resident|residing|stay|based|located"
    r"|registered|domicile|residence|household|hukou|office|home|house|company|my|our|at|in|of|the|a|here|now"
    r"|currently|permanently|city|district|county|province|china|prc|and|both|too|also)\b[ .]?"
    r"|我们|我|本人|现在|现|目前|一直|就|都|长期|经常|常年|常|居住|居|住所|住址|住|生活|定居|家|户口|户籍|身份证|地址|所在地"
    r"|公司|单位|办公室|办公|设备|网站|人|也|是|在|于|的|中国|省|市|区|县|[ :])*+"
)
_BESIDE: Final = re.compile(
    "附近|周边|旁|边上|隔壁|以[东西南北外]|之外|郊外|老家|出生|长大|毕业|读书|上学|工作|上班|打工|出差|旅[游行]|玩|[住待呆]过"
)
_NUMBER_SIGN: Final = re.compile(r"\bno\.? ?(?=[0-9])")
_SEPARATOR: Final = re.compile("[,;:、。()]")

# A place asked about is marked \n here, any other \t.
_PLAINLY_NOT: Final = re.compile(
    r"(?:no[, ]+)?(?:(?:i|we|it|they|both|these|im|its|were|am|is|are|isnt|arent|neither)[, ]+)*"
    r"(?:not|isnt|arent|neither|outside|neither one is|not anywhere|nowhere) ?(?:in|of|within)? ?\n(?: city)?"
    r"|(?:我们?|公司|都|均|两个|两者|[ ,])*不在\n市?"
    r"|(?:我们?|公司|都|均|[ ,])*在?\n市?(?:以外|之外|外面)(?:的?地方)?"
)
_THEN_ELSEWHERE: Final = re.compile(
    r"[, ;]*(?:(?:but|i|we|it|its|im|is|am|are|live|in|at)[ ,]+|[而我们住是在,])*\t[省市]?$"
)


def parse_place(text: str, places: Places) -> str | Refused | Ambiguous[str]:
    """The id of the place that is meant, or "elsewhere".

    Yes and no answer for the only place. A namesake such as 西安路, a doubt, or another city is ambiguous:
    of two criteria the other one may still hold.
    """
    words = plain(text)
    if not words or len(words) > _LONGEST:
        return Refused("not_a_place")
    short = _short_answer(" ".join(re.split("[ ,]+", words)), places)
    if short is not None:
        return short
    found = mentions(words, places)
    asked = tuple(dict.fromkeys(m.place for m in found if m.place not in {OTHER, AROUND}))
    if not asked:
        return Ambiguous((ELSEWHERE, *places)) if found else Refused("not_a_place")
    shape = _shape(words, found)
    if len(places) == 1 and _PLAINLY_NOT.fullmatch(_THEN_ELSEWHERE.sub("", shape)):
        return ELSEWHERE
    if NEGATION.search(shape) or "\t" in shape:
        return Ambiguous((ELSEWHERE, *asked))
    if len(asked) > 1:
        return Ambiguous(asked)
    doubtful = DOUBT.search(shape) or clean(text).endswith("?")
    certain = not doubtful and any(_is_address(words, mention, found) for mention in found)
    return asked[0] if certain else Ambiguous((*asked, ELSEWHERE))


def _short_answer(words: str, places: Places) -> str | None:
    """What yes, no or "elsewhere" means. Yes and no mean nothing between several places."""
    forms = {words, words.rstrip(_PARTICLES)}
    if forms & _ELSEWHERE or (forms & _NO and len(places) == 1):
        return ELSEWHERE
    return next(iter(places)) if forms & _YES and len(places) == 1 else None


def _shape(words: str, found: Sequence[Mention]) -> str:
    """The text with a mark for each clear name. What is namesake or number is part of an address."""
    for mention in reversed(found):
        mark = " " if mention.place == AROUND else "\t" if mention.place == OTHER else "\n"
        if mention.clear or mark == "\n":
            words = words[: mention.start] + mark + words[mention.end :]
    return _NUMBER_SIGN.sub("", words).strip(" ")


def _is_address(words: str, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether a clear name stands with nothing but filler before it, and in English behind it."""
    if not mention.clear or mention.place in {OTHER, AROUND}:
        return False
    in_letters = words[mention.start].isascii()
    for other in found:
        words = words[: other.start] + " " * (other.end - other.start) + words[other.end :]
    before = _SEPARATOR.split(words[: mention.start])[-1]
    behind = _SEPARATOR.split(words[mention.end :])[0]
    if in_letters:
        return bool(_FILLER.fullmatch(before) and _FILLER.fullmatch(behind))
    return bool(_FILLER.fullmatch(before)) and not _BESIDE.search(behind)
