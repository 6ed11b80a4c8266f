"""Why a verdict is what it is: the answers used, and every duty condition by condition."""

from __future__ import annotations

from dialogs.card.sources import source_line
from dialogs.conversation import Check, World
from dialogs.interview import verdict
from dialogs.messages import Items, Part, T
from dialogs.phrases import label_of, reason_phrase
from dialogs.rules.explain import deciding
from dialogs.rules.model import Outcome
from dialogs.rules.verdict import Result

_OUTCOMES = {
    Outcome.APPLIES: T("applies"),
    Outcome.ASK_THE_OFFICE: T("for the office to say"),
    Outcome.DOES_NOT_APPLY: T("does not apply"),
    Outcome.NOT_IN_FORCE: T("not in force on that day"),
    Outcome.UNDETERMINED: T("not decided yet"),
}

_CARD = (Outcome.APPLIES, Outcome.ASK_THE_OFFICE)


def used_lines(check: Check, world: World) -> tuple[Part, ...]:
    """The answers the verdict rests on."""
    facts = world.rulebook.facts
    answers = tuple(
        T("{fact}: {answer}", fact=T(facts[fact].label), answer=label_of(facts[fact], value))
        for fact, value in check.answers.items()
    )
    return (T("Your answers: {answers}.", answers=Items(answers, "apart")),) if answers else ()


def why_lines(check: Check, world: World) -> tuple[Part, ...]:
    """One line a duty: what it comes to and because of which answers, and every source of what the card says."""
    order = list(_OUTCOMES)
    results = sorted(verdict(check, world).results, key=lambda r: (order.index(r.outcome), r.duty.addressee))
    read = dict.fromkeys(id_ for r in results if r.outcome in _CARD for id_ in r.duty.sources)
    return (
        *(why_line(r, check, world) for r in results),
        *(source_line(id_, world) for id_ in read),
    )


def why_line(result: Result, check: Check, world: World) -> Part:
    """One duty, its outcome, the answers that decide it, and where its source says so."""
    facts = world.rulebook.facts
    slots = {
        "title": T(result.duty.title),
        "name": T(result.instrument.name),
        "outcome": _OUTCOMES[result.outcome],
    }
    decided = deciding(result.duty, check.answers)
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
