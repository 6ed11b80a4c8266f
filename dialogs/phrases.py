"""Answers in words: as a phrase within a reason, in a list, and said back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs.messages import Day, Items, Number, Part, T, Text, Zone
from dialogs.parsing.zones import fixed_offset
from dialogs.rules.logic import Is, Leaf, MoreThan
from dialogs.rules.model import Duty, Instrument, Option, Outcome, Question
from dialogs.rules.values import Band, Unknown, Value


def outcome_phrase(
    outcome: Outcome, duty: Duty, instrument: Instrument, phrases: Mapping[Outcome, Text]
) -> Text:
    """An outcome by its phrase. A draft was never in force; of a platform's rules no office decides."""
    if outcome is Outcome.NOT_IN_FORCE and instrument.status == "draft":
        return T("a draft for comment only")
    if outcome is Outcome.ASK_THE_OFFICE and duty.addressee == "platform":
        return T("uncertain")
    return phrases[outcome]


def option_text(option: Option, msgid: str) -> Text:
    """One of an option's texts; a place option's texts name the place, or the places."""
    return (
        T(msgid, place=Items(tuple(T(name) for name in option.places), "or")) if option.places else T(msgid)
    )


def label_of(question: Question, value: Value) -> Part:
    """An answer as it stands in a list or on a button. A place is named: 'yes' would not say which."""
    return _words(question, value, phrased=question.kind == "place")


def phrase_of(question: Question, value: Value) -> Part:
    """An answer as part of a sentence: within a reason, or what would change the outcome."""
    return _words(question, value, phrased=True)


def _words(question: Question, value: Value, *, phrased: bool) -> Part:
    match value:
        case Unknown():
            return T("not known")
        case Band():
            return band_text(question, value)
        case tuple():
            chosen = tuple(_words(question, item, phrased=phrased) for item in value)
            return Items(chosen) if chosen else T("none of these")
        case str() if question.options:
            option = question.option(value)
            return option_text(option, (phrased and option.phrase) or option.label)
        case str():
            return value
        case int():
            return Number(value)
    return Day(value)


def band_text(question: Question, band: Band) -> Text:
    """A band of counts, as 'more than {n}' or '{n} or fewer', or both ends."""
    if band.high is None:
        return T(question.above, n=Number(band.low - 1)) if band.low else T("any number")
    if band.low == 0:
        return T(question.upto, n=Number(band.high))
    return T("between {low} and {high}", low=Number(band.low), high=Number(band.high))


def said_back(question: Question, value: Value) -> Text:
    """What was understood, as a short sentence."""
    if isinstance(value, Unknown):
        return T("Noted as not known.")
    if isinstance(value, str) and question.options and question.option(value).said:
        option = question.option(value)
        return option_text(option, option.said)
    if isinstance(value, int) and question.said:
        return T(question.said, n=Number(value))
    if isinstance(value, date) and question.said:
        return T(question.said, on=Day(value))
    if isinstance(value, tuple) and not value:
        return T("Noted: none of these.")
    return T("Noted: {answer}.", answer=label_of(question, value))


def reason_phrase(question: Question, leaf: Leaf, value: Value | None) -> Part:
    """An answer as the reason why a condition is met or not: a count by its side of the threshold.

    Of a place, only those that the condition names are spoken of.
    """
    if isinstance(leaf, Is):
        question = question.narrowed(leaf.options + leaf.disputed)
    if value is None or isinstance(value, Unknown):
        return T(question.unknown) if question.unknown else T("{fact}: not known", fact=T(question.label))
    if isinstance(leaf, MoreThan):
        low = value if isinstance(value, int) else value.low if isinstance(value, Band) else 0
        met = low >= leaf.first
        msgid = (
            (question.from_ if met else question.below)
            if leaf.inclusive
            else (question.above if met else question.upto)
        )
        return T(msgid, n=Number(leaf.limit))
    if isinstance(value, tuple) and isinstance(leaf, Is):
        telling = tuple(item for item in value if item in leaf.options + leaf.disputed)
        return phrase_of(question, telling or value)
    return phrase_of(question, value)


_EVERYDAY = {"Asia/Shanghai": T("Beijing time")}
"""Zones whose everyday name is another than the one in the tables of time zones' names."""


def zone_name(zone: str) -> Part:
    """A time zone as people call it; a fixed offset as they write it."""
    return fixed_offset(zone) or _EVERYDAY.get(zone) or Zone(zone)
