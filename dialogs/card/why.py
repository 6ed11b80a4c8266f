"""Why a verdict is what it is: the answers used, and every duty condition by condition."""

from __future__ import annotations

from dialogs.card.locality import left_out, unknown
from dialogs.card.sources import source_line
from dialogs.card.tree import forced_line, is_tree, tree_of
from dialogs.conversation import Check, World
from dialogs.interview import known, question, verdict
from dialogs.messages import Items, Part, T, Text
from dialogs.phrases import label_of, outcome_phrase, reason_phrase
from dialogs.rules import locality
from dialogs.rules.explain import deciding
from dialogs.rules.model import Outcome
from dialogs.rules.verdict import Result

_OUTCOMES = {
    Outcome.APPLIES: T("applies"),
    Outcome.ASK_THE_OFFICE: T("for the office to say"),
    Outcome.DOES_NOT_APPLY: T("does not apply"),
    Outcome.NOT_IN_FORCE: T("not in force on the day this is checked for"),
    Outcome.UNDETERMINED: T("not decided yet"),
}

_LICENCE = T("applies if what is posted is internet news information, which is for the office to say")

_CARD = (Outcome.APPLIES, Outcome.ASK_THE_OFFICE)


def used_lines(check: Check, world: World) -> tuple[Part, ...]:
    """The answers the verdict rests on."""
    facts = world.rulebook.facts
    answers = tuple(
        T("{fact}: {answer}", fact=T(facts[fact].label), answer=label_of(question(fact, check, world), value))
        for fact, value in check.answers.items()
    )
    return (T("Your answers: {answers}.", answers=Items(answers, "apart")),) if answers else ()


def why_lines(check: Check, world: World) -> tuple[Part, ...]:
    """One line a duty: what it comes to and because of which answers, and every source of what the card says."""
    order = list(_OUTCOMES)
    found = sorted(verdict(check, world).results, key=lambda r: (order.index(r.outcome), r.duty.addressee))
    away = [r for r in found if left_out(r.instrument, check, world)]
    results = [r for r in found if r not in away]
    read = dict.fromkeys(id_ for r in results if r.outcome in _CARD for id_ in r.duty.sources)
    read |= dict.fromkeys(r.instrument.sources[0] for r in away if r.outcome in _CARD)
    return (
        *(line for r in results for line in (why_line(r, check, world), *forced_line(r, check, world))),
        *_left_out_line(away, check, world),
        *(source_line(id_, world) for id_ in read),
    )


def _left_out_line(away: list[Result], check: Check, world: World) -> tuple[Part, ...]:
    """The notices of places that were not named, in one line."""
    places = dict.fromkeys(result.instrument.place for result in away)
    if not places:
        return ()
    names = Items(tuple(T(world.rulebook.places[place].name) for place in places))
    if unknown(check, world):
        return (
            T("For the office to say: the notices of {places}, as the place is not known.", places=names),
        )
    if locality.named(check.answers, world.rulebook):
        return (T("Left out: the notices of {places}, as another place was named.", places=names),)
    return (T("Left out: the notices of {places}, as none of these places was named.", places=names),)


def outcome_text(result: Result) -> Text:
    """What it comes to."""
    if result.outcome is Outcome.APPLIES and result.duty.kind == "licence":
        return _LICENCE
    return outcome_phrase(result.outcome, result.duty, result.instrument, _OUTCOMES)


def why_line(result: Result, check: Check, world: World) -> Part:
    """One duty, its outcome, the answers that decide it, and where its source says so."""
    facts = world.rulebook.facts
    slots = {
        "title": T(result.duty.title),
        "name": T(result.instrument.name),
        "outcome": outcome_text(result),
    }
    if result.outcome in _CARD and is_tree(result):
        return T(
            "{title} ({name}): {outcome}. It hangs on this ({passage}):{conditions}",
            **slots,
            passage=T(result.duty.passage),
            conditions=tree_of(result, check, world),
        )
    decided = deciding(result, known(check, result.instrument, world))
    phrases = tuple(dict.fromkeys(reason_phrase(facts[r.leaf.fact], r.leaf, r.answer) for r in decided))
    passages = tuple(dict.fromkeys(T(r.leaf.passage or result.duty.passage) for r in decided))
    if result.outcome is Outcome.NOT_IN_FORCE or not phrases:
        return T("{title} ({name}): {outcome}.", **slots)
    return T(
        "{title} ({name}): {outcome}, because of: {reasons} ({passage}).",
        **slots,
        reasons=Items(phrases, "apart"),
        passage=Items(passages),
    )
