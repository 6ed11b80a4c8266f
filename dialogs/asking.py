"""One question and what was typed to it: understood, refused, or to be clarified."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dialogs.messages import Button, T, Text
from dialogs.parsing import accounts, counts, dates, identity, names, options, phones, places
from dialogs.parsing.gazetteer import OTHER, mentions, plain
from dialogs.parsing.hedging import DOUBT, NEGATION
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.parsing.text import clean, fold
from dialogs.phrases import label_of, option_text
from dialogs.refusals import WARNINGS
from dialogs.rules.model import ELSEWHERE, Question, Rulebook
from dialogs.rules.values import Value
from dialogs.words import CHOICES

Understood = Value | Refused | Ambiguous[Any] | Vague
Parser = Callable[[str, Question, Rulebook, date], Understood]


def understand(question: Question, text: str, rulebook: Rulebook, today: date) -> Understood:
    """What `text` says in answer to `question`. 'Don't know' is always an answer to a fact."""
    return _PARSERS[question.kind](text, question, rulebook, today)


def words_of(question: Question) -> Mapping[str, tuple[str, ...]]:
    """The words of each option, its label among them."""
    return {option.id: (option.label, *option.words) for option in question.options}


def buttons(question: Question, *, chosen: tuple[str, ...] = ()) -> tuple[Button, ...]:
    """The choices of a question: its options, a mark at those chosen, and 'don't know' where it is likely."""
    several = question.kind == "several"
    made = [
        Button(option.id, _marked(option_text(option, option.label), option.id in chosen), option.words)
        for option in question.options
    ]
    if several:
        made.append(choice("done", T("Done")))
    if question.offer_unknown and not several and (question.options or question.kind == "date"):
        made.append(choice("unknown", T("I don't know")))
    if question.kind in ("locality", "place"):
        made.append(choice("untold", T("Rather not say")))
    if question.kind in ("locality", "place", "resident_id", "mobile"):
        made.append(choice("why", T("Why do you ask?")))
    return tuple(made)


def choice(id_: str, label: Text) -> Button:
    """A choice that is not an answer; its id begins with a colon, its words come from the vocabulary."""
    return Button(f":{id_}", label, CHOICES.get(id_, ()))


def reading_buttons(
    question: Question, readings: tuple[Value, ...], *, may_be_unknown: bool
) -> tuple[Button, ...]:
    """The readings of an answer as choices, in order, and 'I can't tell' where that is an answer."""
    made = [Button(f"={i}", _text(label_of(question, value))) for i, value in enumerate(readings)]
    return (*made, choice("unknown", T("I can't tell"))) if may_be_unknown else tuple(made)


def _text(label: Any) -> Text:
    return label if isinstance(label, Text) else T("{answer}", answer=label)


def _marked(label: Text, chosen: bool) -> Text:
    return T("✓ {choice}", choice=label) if chosen else label


def _option(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    """An option; or, for a word that may mean one or another, those it may mean."""
    found = options.match(text, words_of(question))
    for known, meant in question.either:
        loose = _longest(text, known)
        named = _longest(text, words_of(question)[found]) if isinstance(found, str) else 0
        if loose > named and (not isinstance(found, str) or found in meant):
            return Ambiguous(meant)
    return found


def _longest(text: str, words: tuple[str, ...]) -> int:
    """The length of the longest of these words that the text has in it."""
    plain = f" {fold(text)} "
    return max(
        (len(word) for word in map(fold, words) if (f" {word} " if word.isascii() else word) in plain),
        default=0,
    )


def _several(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    return options.several(text, words_of(question))


_MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")


def _count(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    """A count. A mobile number, pasted into the wrong question, is not one."""
    if _MOBILE.fullmatch(clean(text)):
        return Refused("mobile_number")
    return counts.parse_count(text)


def _place(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    """A place that is asked about. Another place of the rulebook is another place, like any other city."""
    words = {option.id: option.words for option in question.options if option.id != ELSEWHERE}
    found = places.parse_place(text, words)
    others = {place.id: place.words for place in rulebook.places.values() if place.id not in words}
    if isinstance(found, Refused) and others and isinstance(places.parse_place(text, others), str):
        return Ambiguous((ELSEWHERE, *words))
    return found


def _locality(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    """A place of the rulebook; a city that has none of its notices is none of them.

    Of a province, or the city a county belongs to, it is to be said which part is meant.
    """
    words = {option.id: option.words for option in question.options if option.id != ELSEWHERE}
    around = {name: meant for names, meant in question.either for name in names if _longest(text, (name,))}
    rest = fold(text)
    for name in sorted(around, key=len, reverse=True):
        rest = rest.replace(fold(name), " ")
    found = places.parse_place(rest, words)
    if isinstance(found, Ambiguous) and _names_another(rest, words):
        return ELSEWHERE
    return Ambiguous(next(iter(around.values()))) if around and not isinstance(found, str) else found


def _names_another(text: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text plainly names other places, and none of these."""
    found = mentions(plain(text), words)
    unsure = NEGATION.search(text) or DOUBT.search(text)
    return not unsure and all(mention.place == OTHER and mention.clear for mention in found)


def _resident_id(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    found = identity.parse_resident_id(text, today)
    return found if isinstance(found, Refused) else found.number


def _credit_code(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    found = identity.parse_credit_code(text)
    return found if isinstance(found, Refused) else found.code


def warnings(question: Question, value: Value, today: date) -> tuple[Text, ...]:
    """What is worth a second look in an answer that was taken."""
    if question.kind == "resident_id":
        found: object = identity.parse_resident_id(str(value), today)
    elif question.kind == "credit_code":
        found = identity.parse_credit_code(str(value))
    else:
        return ()
    return tuple(WARNINGS[code] for code in getattr(found, "warnings", ()))


def _free(text: str, question: Question, rulebook: Rulebook, today: date) -> Understood:
    plain = clean(text)
    if not plain:
        return Refused("empty")
    return plain if len(plain) <= MAX_TEXT else Refused("too_long", (("n", len(plain)),))


MAX_TEXT = 200

_PARSERS: dict[str, Parser] = {
    "option": _option,
    "several": _several,
    "yes": _option,
    "locality": _locality,
    "place": _place,
    "count": _count,
    "date": lambda text, _question, _rulebook, today: dates.parse_date(text, today),
    "person_name": lambda text, *_: names.parse_name(text),
    "body_name": lambda text, *_: names.parse_body_name(text),
    "account_name": _free,
    "text": _free,
    "weibo": lambda text, *_: accounts.parse_weibo(text),
    "wechat": lambda text, *_: accounts.parse_wechat(text),
    "icp": lambda text, *_: accounts.parse_icp(text),
    "link": lambda text, *_: accounts.parse_link(text),
    "resident_id": _resident_id,
    "credit_code": _credit_code,
    "mobile": lambda text, *_: phones.parse_mobile(text),
}


def is_unknown(text: str) -> bool:
    """Whether the owner says not to know."""
    return fold(text) in CHOICES["unknown"]


def is_untold(text: str) -> bool:
    """Whether the owner would rather not say."""
    return fold(text) in CHOICES["untold"]
