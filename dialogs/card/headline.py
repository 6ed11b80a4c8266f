"""The first sentence: what it comes to; and why the office may have to be asked."""

from __future__ import annotations

from dialogs.card.groups import Group
from dialogs.conversation import Check, World
from dialogs.interview import on_day
from dialogs.messages import Day, Items, Part, T
from dialogs.phrases import reason_phrase
from dialogs.rules.explain import Reason, deciding, truth_of
from dialogs.rules.logic import Truth
from dialogs.rules.model import Outcome
from dialogs.rules.values import Unknown
from dialogs.rules.verdict import Result


def headline(group: Group, check: Check) -> list[Part]:
    """What it comes to, in one sentence; a practice run is said before it."""
    result, duty, word = group.lead, group.lead.duty, group.lead.word
    names = tuple(dict.fromkeys(T(one.instrument.name) for one in group.results))
    slots: dict[str, Part] = {"name": Items(names), "office": T(result.instrument.office)}
    if duty.kind == "licence" and result.outcome is Outcome.APPLIES:
        return [T("For what you post about, a licence is asked for under {name}.", **slots)]
    if result.outcome is Outcome.APPLIES and word and word.practice:
        return [
            T(
                "Practice run: no authority is connected. Suppose {office} still collects under {name}:",
                **slots,
            ),
            T("This account is to be registered with {office}.", **slots),
        ]
    if result.outcome is Outcome.APPLIES and word:
        return [
            T("This account is to be registered with {office}; its system states that it has taken registrations under {name} since {since}.",
              **slots, since=Day(word.since)),
        ]  # fmt: skip
    if result.outcome is Outcome.APPLIES:
        return [T("This account is to be registered with {office}, under {name}.", **slots)]
    if truth_of(duty.when, check.answers) is Truth.TRUE:
        return [
            T(
                "An account like this is covered by {name}; whether it must still be registered is for {office} to say.",
                **slots,
            )
        ]
    return [T("Whether an account like this is covered by {name} is for {office} to say.", **slots)]


def doubts(result: Result, check: Check, world: World) -> list[Part]:
    """Why the office has to be asked: what is not known, where sources differ, what nothing confirms."""
    duty = result.duty
    lines: list[Part] = []
    unsure = [r for r in deciding(duty, check.answers) if r.met is None]
    not_known = tuple(
        reason_phrase(world.rulebook.facts[r.leaf.fact], r.leaf, r.answer) for r in unsure if not answered(r)
    )
    if not_known:
        lines.append(
            T(
                "It hangs on what is not known: {facts}.",
                facts=Items(tuple(dict.fromkeys(not_known)), "apart"),
            )
        )
    if duty.reading and any(answered(r) for r in unsure):
        lines.append(T("The sources differ: {reading}", reading=T(duty.reading)))
    stated = result.word is not None and not result.word.practice
    if result.instrument.doubt and not stated and not result.instrument.current_on(on_day(check, world)):
        lines.append(T("Not certain: {doubt}", doubt=T(result.instrument.doubt)))
    return lines


def answered(reason: Reason) -> bool:
    """Whether the owner gave an answer, and knew it."""
    return reason.answer is not None and not isinstance(reason.answer, Unknown)
