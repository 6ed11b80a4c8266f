"""Which of the offered options a person means, by number, word or close spelling.

Refusal codes: not_an_option.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from dialogs.parsing.chinese_numerals import read_small
from dialogs.parsing.hedging import DOUBT, NEGATION, ONLY_NEGATION
from dialogs.parsing.result import Ambiguous, Refused
from dialogs.parsing.text import clean, fold

Options: TypeAlias = Mapping[str, tuple[str, ...]]
"""The words people use for each option, by its id, in the order offered."""

NOT_AN_OPTION: Final = Refused("not_an_option")

_LONGEST: Final = 200
_CLOSE_ENOUGH: Final = 0.8
_CLEAR_LEAD: Final = 0.1
_SHORTEST_MISSPELT: Final = 4
_BEGINNING: Final = re.compile(r"[a-z]{4,}(?![a-z])|[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff]{2})")
_LATIN: Final = re.compile(r"[a-z][a-z' -]*")
_SEPARATOR: Final = re.compile(r"[\n,;、/+&|。．]|\b(?:and|plus|also|as well as)\b|以及|还有|[和与及跟]")
_FILLER: Final = re.compile(
    r"(?:\b(?:i|we|it|is|are|it's|my|our|the|an?|some|post|posts|posting|write|writing|about|on|mostly|mainly|"
    r"sometimes|only|just|both|content|topics|of|all|bit|lot|little)\b ?|"
    r"我们|我|主要|一般|平时|有时|偶尔|经常|都|也|发布|发|写|关于|内容|方面|类|的|是|有|一些|一点)++ ?"
)
_PARTICLES: Final = "的啊呀哦呢啦哈了嘛"
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMBERED: Final = re.compile(
    r"(?:(?:option|number|answer|choice|item|选项|选择|我选|选|答案)[ :]*|no\. ?|# ?)?\(?"
    r"(?P<figure>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:st|nd|rd|th)?[).、号]?"
)
_NTH: Final = re.compile(r"(?:我?选 ?)?第 ?(?P<figure>[0-9]{1,3}|[一二三四五六七八九十]{1,3}) ?[个项種种条]?")
_THE_NTH: Final = re.compile(rf"(?:the )?(?P<word>{'|'.join(_ORDINALS)})(?: one| option)?")


def number(text: str, count: int) -> int | None:
    """The place, from 0, of the option whose number a text names: 1 · (1) · 第一个 · option 2 · #2.

    None if it names none, or one beyond `count`.
    """
    words = fold(text)
    ordinal = _THE_NTH.fullmatch(words)
    if ordinal is not None:
        place = _ORDINALS.index(ordinal["word"])
    else:
        found = _NUMBERED.fullmatch(words) or _NTH.fullmatch(words)
        if found is None or found["figure"].startswith("0"):
            return None
        figure = found["figure"]
        place = (int(figure) if figure.isdecimal() else read_small(figure) or 0) - 1
    return place if 0 <= place < count else None


class Vocabulary:
    """The words of some options, folded and ready to be looked for."""

    def __init__(self, options: Options) -> None:
        self._order = {id_: place for place, id_ in enumerate(options)}
        self._ids: dict[str, tuple[str, ...]] = {}
        for id_, words in options.items():
            for word in dict.fromkeys(map(fold, words)):
                self._ids[word] = (*self._ids.get(word, ()), id_)
        self._ids.pop("", None)
        whole = [_whole(word) for word in sorted(self._ids, key=len, reverse=True) if _is_telling(word)]
        self._anywhere = re.compile("|".join(whole) or "(?!)")

    def exactly(self, words: str) -> tuple[str, ...]:
        """The options of which the folded text is a word; 是的 is 是."""
        return self._ids.get(words) or self._ids.get(words.rstrip(_PARTICLES), ())

    def within(self, words: str) -> tuple[tuple[str, ...], str]:
        """The options with a word inside the folded text, and the text with each such word as a line end."""
        found = {id_ for hit in self._anywhere.finditer(words) for id_ in self._ids[hit[0]]}
        return self.in_order(found), self._anywhere.sub("\n", words)

    def closely(self, words: str) -> tuple[str, ...]:
        """The option with the closest spelling, or those between which there is no clear winner."""
        if len(words) < _SHORTEST_MISSPELT or not _LATIN.fullmatch(words):
            return ()
        ratios: dict[str, float] = {}
        for word, ids in self._ids.items():
            ratio = _likeness(words, word)
            ratios.update({id_: max(ratio, ratios.get(id_, 0)) for id_ in ids})
        best = max(ratios.values(), default=0)
        if best < _CLOSE_ENOUGH:
            return ()
        return self.in_order({id_ for id_, ratio in ratios.items() if ratio > best - _CLEAR_LEAD})

    def begun_by(self, rest: str) -> tuple[str, ...]:
        """The options with a word that begins as the text has it: "state" may mean a state enterprise."""
        begun = {
            id_
            for word, ids in self._ids.items()
            for id_ in ids
            if (start := _BEGINNING.match(word)) and re.search(_whole(start[0]), rest)
        }
        return self.in_order(begun)

    def in_order(self, ids: set[str]) -> tuple[str, ...]:
        """The ids in the order the options were offered."""
        return tuple(sorted(ids, key=self._order.__getitem__))


def several(text: str, options: Options) -> tuple[str, ...] | Refused | Ambiguous[tuple[str, ...]]:
    """Every option a text means, in the order offered: "1 3", "news and health", 新闻、医疗.

    What is left over unread makes it ambiguous: it is to be confirmed that nothing is missing.
    """
    words = fold(text)
    if not words or len(words) > _LONGEST:
        return NOT_AN_OPTION
    vocabulary = Vocabulary(options)
    exact = vocabulary.exactly(words)
    if exact:
        return exact if len(exact) == 1 else Ambiguous(tuple((id_,) for id_ in exact))
    within, rest = vocabulary.within(words)
    if NEGATION.search(rest):
        return NOT_AN_OPTION
    chosen, certain = set(within), not DOUBT.search(rest) and not clean(text).endswith("?")
    for piece in filter(None, map(str.strip, _SEPARATOR.split(rest))):
        ids = _numbered(piece, tuple(options)) or vocabulary.exactly(piece) or vocabulary.closely(piece)
        if not ids and any(character.isdecimal() for character in piece):
            return NOT_AN_OPTION
        certain = certain and (bool(ids) or bool(_FILLER.fullmatch(piece)))
        chosen.update(ids)
    if not chosen:
        return NOT_AN_OPTION
    return vocabulary.in_order(chosen) if certain else Ambiguous((vocabulary.in_order(chosen),))


def _numbered(piece: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The options of a piece that consists of their numbers."""
    whole = number(piece, len(ids))
    places = [whole] if whole is not None else [number(figure, len(ids)) for figure in piece.split()]
    return tuple(ids[place] for place in places if place is not None) if None not in places else ()


def match(text: str, options: Options) -> str | Refused | Ambiguous[str]:
    """The option a text means: one of its words, or a phrase with one, or a close spelling of one.

    A negated word is never taken from a phrase; a doubtful or questioning phrase is to be confirmed.
    """
    words = fold(text)
    if not words or len(words) > _LONGEST:
        return NOT_AN_OPTION
    vocabulary = Vocabulary(options)
    exact = vocabulary.exactly(words)
    if exact:
        return one_or_ambiguous(exact)
    within, rest = vocabulary.within(words)
    if not within:
        return one_or_ambiguous(vocabulary.closely(words))
    if NEGATION.search(rest):
        return NOT_AN_OPTION
    if DOUBT.search(rest) or clean(text).endswith("?"):
        return Ambiguous(within)
    return one_or_ambiguous(vocabulary.in_order({*within, *vocabulary.begun_by(rest)}))


def one_or_ambiguous(ids: tuple[str, ...]) -> str | Refused | Ambiguous[str]:
    """The one id; more are ambiguous, none is refused."""
    if not ids:
        return NOT_AN_OPTION
    return ids[0] if len(ids) == 1 else Ambiguous(ids)


def _is_telling(word: str) -> bool:
    """Whether a word in a phrase tells its option. 在 does not: it is in 现在, as "no" is in "no idea"."""
    if ONLY_NEGATION.fullmatch(word):
        return False
    return len(word) >= (3 if word.isascii() else 2)


def _whole(word: str) -> str:
    """A pattern for the word that is not part of a longer one in letters."""
    before = r"(?<![a-z0-9])" if word[0].isascii() else ""
    after = r"(?![a-z0-9])" if word[-1].isascii() else ""
    return f"{before}{re.escape(word)}{after}"


def _likeness(typed: str, word: str) -> float:
    """How alike two spellings are, from 0 to 1. "do know" is not like "don't know"."""
    if len(word) < _SHORTEST_MISSPELT or not _LATIN.fullmatch(word) or typed[0] != word[0]:
        return 0
    if bool(NEGATION.search(typed)) != bool(NEGATION.search(word)):
        return 0
    return SequenceMatcher(None, typed, word, autojunk=False).ratio()
