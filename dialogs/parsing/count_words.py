"""The words around a number that say how it is meant: more than, at least, about. Some say nothing.

For folded texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class Sense(Enum):
    """What a word beside a number does to it."""

    NOTHING = auto()
    MORE = auto()
    AT_LEAST = auto()
    LESS = auto()
    AT_MOST = auto()
    ABOUT = auto()
    NEARLY = auto()
    UPWARDS = auto()  # from about this number on, as in 10万+


BEFORE: Final[Mapping[Sense, str]] = {
    Sense.MORE: "more than|greater than|higher than|over|above|in excess of|exceeds|exceeding|beyond|>"
    "|超过|超出|超|多于|高于|大于|不止|不只",
    Sense.AT_LEAST: "at least|no less than|no fewer than|not less than|not fewer than|not under|not below"
    "|minimum of|minimum|min|greater than or equal to|more than or equal to|>=|≥|≧"
    "|至少|起码|最少|不少于|不低于|不小于|不下于|不下|大于等于|大于或等于",
    Sense.LESS: "less than|fewer than|lower than|smaller than|under|below|not quite|not even|not yet|<"
    "|不到|不足|不满|不够|未满|未到|未达|未达到|没到|没满|没达到|没有|没有到|没有达到|少于|低于|小于",
    Sense.AT_MOST: "at most|no more than|not more than|not over|not above|not exceeding|up to|maximum of"
    "|maximum|max|less than or equal to|fewer than or equal to|<=|≤|≦"
    "|不超过|不超|没超过|没超|没有超过|未超过|至多|最多|顶多|不多于|不高于|不大于|小于等于|小于或等于",
    Sense.ABOUT: "about|around|approximately|approx|approx.|roughly|circa|ca|ca.|some|maybe|perhaps|probably"
    "|i think|i guess|i believe|estimated|something like|in the region of|more or less|say|~|〜|≈"
    "|大约|大概|约|约有|约莫|差不多|可能|估计|也许|大致|估摸|应该|好像",
    Sense.NEARLY: "nearly|almost|close to|approaching|近|将近|接近|快|快要|快到|快有",
    Sense.UPWARDS: "upwards of|north of|上|过|过了|破|破了|达|达到|突破",
    Sense.NOTHING: "i|i've|i'm|we|we've|it|it's|there|has|have|got|is|are|my|our|the|account|page|weibo"
    "|exactly|precisely|only|just|slightly|a little|a bit|well|far|much|way|still|now|currently|already"
    "|at|with|number of|total of|a total of|in total|total|followers|follower count|fans|subscribers"
    "|我的|我们|我|账号|微博|公众号|粉丝数量|粉丝数|粉丝量|粉丝|总数|有|是|为|共|一共|总共|拥有"
    "|现在|目前|当前|现|已|已经|刚|刚刚|稍|稍微|略|远|还|都|连|才|就|正好|刚好|恰好|整整|只|只有|仅|仅有",
}
AFTER: Final[Mapping[Sense, str]] = {
    Sense.MORE: "不止",
    Sense.AT_LEAST: "or more|or above|or higher|or over|and more|and up|and above|and over|at least|minimum"
    "|以上|及以上|或以上|或更多|起",
    Sense.LESS: "不到|不足",
    Sense.AT_MOST: "or less|or fewer|or below|or under|or lower|and below|and under|at most|maximum|max|tops"
    "|以下|及以下|或以下|以内|之内|或更少",
    Sense.ABOUT: "or so|or thereabouts|approximately|approx|roughly|give or take|more or less|-ish|ish"
    "|i think|i guess|i believe|maybe|probably|perhaps|左右|上下|前后|的样子|吧|吗|大概|大约|差不多|~",
    Sense.UPWARDS: "plus|and counting|+|开外",
    Sense.NOTHING: "followers|follower|fans|fan|subscribers|subs|people|readers|now|right now|currently"
    "|at the moment|in total|total|exactly|of|on weibo"
    "|粉丝|粉|人|个|名|位|关注|关注者|订阅|订阅者|订户|整|了|的|都|还",
}


def _senses(table: Mapping[Sense, str]) -> dict[str, Sense]:
    """Each word's sense, longer words first: 不超过 before 不超."""
    words = [(word, sense) for sense, row in table.items() for word in row.split("|")]
    return dict(sorted(words, key=lambda entry: len(entry[0]), reverse=True))


_BEFORE: Final = _senses(BEFORE)
_AFTER: Final = _senses(AFTER)


def peel(text: str) -> tuple[Sense, str] | None:
    """What the first word of the text says of the rest, else the last word; None if neither is known.

    A first word in letters is taken as a whole word only; a last one may touch its number, as in 45k粉丝.
    """
    for word, sense in _BEFORE.items():
        rest = text.removeprefix(word)
        if rest != text and rest and not (_is_letter(word[-1]) and _is_letter(rest[0])):
            return sense, rest.lstrip(" :")
    for word, sense in _AFTER.items():
        rest = text.removesuffix(word)
        if rest and rest != text:
            return sense, rest.rstrip(" ")
    return None


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
