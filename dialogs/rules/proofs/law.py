"""Of the instruments: nothing but law that is shown current applies, and one follows another without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dialogs.rules.model import FRESH, Instrument, Outcome, Rulebook
from dialogs.rules.points import DAY, Point, boundaries
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault
from dialogs.rules.proofs.smallest import smallest
from dialogs.rules.verdict import judge

TEXTS = frozenset({"legal_text", "official_notice", "reprint"})
"""The kinds of source that have the words of the law itself."""


def current(case: Case) -> Iterator[Fault]:
    """Only what is law, and shown to be current or collected by an office's word of that day, ever applies."""
    seen = set()
    for point, start in case.begun.items():
        for duty in case.rulebook.duties.values():
            if duty.id in seen or Outcome.APPLIES not in case.outcomes(start, duty):
                continue
            instrument = case.instrument(duty)
            stated = point.collects and duty.addressee == "office"
            wrong = _not_law(instrument, point.day) or ("" if stated else _not_current(instrument, point.day))
            if wrong:
                seen.add(duty.id)
                diagram = case.reading.only(
                    duty, {}, case.rulebook, point.day, point.statements(case.rulebook)
                )[3]
                answers = smallest(case.reading, diagram, Outcome.APPLIES)
                yield Fault(duty.id, f"applies, and {wrong}", point, answers)


def _not_law(instrument: Instrument, day: date) -> str:
    """Why an instrument is no law on a day; nothing if it is."""
    if instrument.status == "draft":
        return "is a draft"
    if instrument.status == "superseded" and instrument.valid_to is None:
        return "is superseded, without a valid_to"
    if day < instrument.valid_from or (instrument.valid_to or day) < day:
        return "is not valid on that day"
    return ""


def _not_current(instrument: Instrument, day: date) -> str:
    """Why nothing shows an instrument current on a day; nothing if something does."""
    if instrument.status in ("window_closed", "unconfirmed") and instrument.current_until is None:
        return f"is {instrument.status}, without a current_until"
    return "nothing shows it current" if (instrument.current_until or day) < day else ""


def stated(case: Case) -> Iterator[Fault]:
    """An office's word counts from its first day on, and never before."""
    for point in case.begun:
        before = Point(point.day - DAY, point.collects)
        if not point.collects or before not in case.begun:
            continue
        early = point.statements(case.rulebook)
        for duty in case.rulebook.duties.values():
            told = judge(duty, {}, case.rulebook, before.day, early)
            if told.word is not None:
                yield Fault(duty.id, f"an office's word of {point.day} counts before", before)


def steady(case: Case) -> Iterator[Fault]:
    """Nothing changes between two boundaries: so the days proven stand for all."""
    for one, other in pairwise(boundaries(case.rulebook)):
        for collects in (False, True):
            first, last = Point(one + DAY, collects), Point(other - DAY, collects)
            if first < last and case.begun[first] is not case.begun[last]:
                yield Fault("days", f"something changes before {other} that no boundary names", first)


def rests(case: Case) -> Iterator[Fault]:
    """What is marked in force has been read in its own words, or at least in no draft and no comment."""
    for instrument in case.rulebook.instruments.values():
        kinds = _kinds(instrument, case.rulebook)
        if instrument.status == "in_force" and not kinds & TEXTS and kinds != {"news_report"}:
            so = f"its sources are {' and '.join(sorted(kinds))} only"
            yield Fault(
                instrument.id, "marked in force without a legal text, official notice or reprint", so=so
            )


def follows(case: Case) -> Iterator[Fault]:
    """What supersedes an instrument is in force from the day after its last; a draft was never in force."""
    every = case.rulebook.instruments
    for instrument in every.values():
        next_ = every.get(instrument.superseded_by)
        if next_ is None or instrument.status == "draft":
            continue
        last = instrument.valid_to
        if last is None:
            yield Fault(instrument.id, f"superseded by {next_.id}, without a valid_to")
        elif next_.valid_from > last + DAY:
            wrong = f"a gap before {next_.id}, which supersedes it"
            yield Fault(instrument.id, wrong, so=f"neither is in force on {last + DAY}")
        elif next_.valid_from <= last:
            wrong = f"an overlap with {next_.id}, which supersedes it"
            yield Fault(instrument.id, wrong, so=f"both are in force on {next_.valid_from}")


def circles(case: Case) -> Iterator[Fault]:
    """No instrument is superseded, by however many others, by itself."""
    every = case.rulebook.instruments
    for instrument in every.values():
        chain = [instrument.id]
        while (after := every[chain[-1]].superseded_by) and after not in chain:
            chain.append(after)
        if after == instrument.id == min(chain):
            yield Fault(instrument.id, "superseded by itself", so=" -> ".join([*chain, after]))


def checked(case: Case) -> Iterator[Fault]:
    """No source was checked on a day that is still to come."""
    for source in case.rulebook.sources.values():
        if source.checked_on > case.today:
            yield Fault(f"source.{source.id}", f"checked on {source.checked_on}", so=f"today is {case.today}")


def warnings(case: Case) -> Iterator[str]:
    """What is no fault, but ought to be seen to."""
    for source in case.rulebook.sources.values():
        if source.stale_on(case.today):
            yield f"source.{source.id}: last checked on {source.checked_on}, more than {FRESH.days} days ago"
    for instrument in case.rulebook.instruments.values():
        if instrument.status == "in_force" and _kinds(instrument, case.rulebook) == {"news_report"}:
            yield f"{instrument.id}: in force by news reports only"


def _kinds(instrument: Instrument, rulebook: Rulebook) -> set[str]:
    return {rulebook.sources[id_].kind for id_ in instrument.sources}
