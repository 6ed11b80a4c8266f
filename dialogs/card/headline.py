"""The first sentence: what it comes to; and why the office may have to be asked."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.card.groups import Group
from dialogs.conversation import Check, World
from dialogs.interview import known, on_day
from dialogs.messages import Day, Items, Part, T, Text
from dialogs.phrases import reason_phrase
from dialogs.rules.explain import Reason, deciding, truth_of
from dialogs.rules.logic import All, Any, Node, Not, Truth, Vague
from dialogs.rules.model import Outcome
from dialogs.rules.values import Unknown, Value
from dialogs.rules.verdict import Result


def called(check: Check, world: World) -> Text:
    """What the card calls the account: a website is none. It is the first fact that tells."""
    first = next(iter(world.rulebook.facts.values()))
    answer = check.answers.get(first.id)
    name = first.option(answer).name if isinstance(answer, str) else ""
    return T(name) if name else T("account")


def headline(group: Group, check: Check, world: World) -> list[Part]:
    """What it comes to, in one sentence; a practice run is said before it."""
    result, duty, word = group.lead, group.lead.duty, group.lead.word
    names = tuple(dict.fromkeys(T(one.instrument.name) for one in group.results))
    office, kind = T(result.instrument.office), called(check, world)
    slots: dict[str, Part] = {"name": Items(names), "office": office, "kind": kind}
    if duty.kind == "licence" and result.outcome is Outcome.APPLIES:
        return [
            T(
                "If what you post is internet news information, a licence is needed first under {name}; whether it is, is for the internet information office to say.",
                **slots,
            )
        ]
    if result.outcome is Outcome.APPLIES and word and word.practice:
        return [
            T(
                "Practice run: no authority is connected. Suppose {office} still collects under {name}:",
                **slots,
            ),
            T("This {kind} is to be registered with {office}.", **slots),
        ]
    if result.outcome is Outcome.APPLIES and word:
        return [
            T("This {kind} is to be registered with {office}; its system states that it has taken registrations under {name} since {since}.",
              **slots, since=Day(word.since)),
        ]  # fmt: skip
    if result.outcome is Outcome.APPLIES:
        return [T("This {kind} is to be registered with {office}, under {name}.", **slots)]
    if truth_of(result.when, known(check, result.instrument, world)) is Truth.TRUE:
        return [
            T(
                "This kind of {kind} is covered by {name}; whether it must still be registered is for {office} to say.",
                **slots,
            )
        ]
    return [T("Whether this kind of {kind} is covered by {name} is for {office} to say.", **slots)]


def doubts(result: Result, check: Check, world: World) -> list[Part]:
    """Why the office has to be asked: what is not known, where sources differ, what nothing confirms."""
    duty = result.duty
    lines: list[Part] = []
    unsure = [r for r in deciding(result, known(check, result.instrument, world)) if r.met is None]
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
    open_ = open_terms(result.when, known(check, result.instrument, world))
    vague = tuple(T(one.text) for one in open_)
    if vague and result.outcome is Outcome.ASK_THE_OFFICE:
        lines.append(T("For the office to say: {terms}.", terms=Items(vague, "apart")))
    if duty.reading and any(answered(r) for r in unsure):
        lines.append(T("The sources differ: {reading}", reading=T(duty.reading)))
    stated = result.word is not None and not result.word.practice
    if result.instrument.doubt and not stated and not result.instrument.current_on(on_day(check, world)):
        lines.append(T("Not certain: {doubt}", doubt=T(result.instrument.doubt)))
    return lines


def open_terms(condition: Node, answers: Mapping[str, Value]) -> tuple[Vague, ...]:
    """What is vague in a condition, where it still hangs on that."""
    if truth_of(condition, answers) is not Truth.UNSURE:
        return ()
    match condition:
        case Vague():
            return (condition,)
        case Not(part):
            return open_terms(part, answers)
        case All(parts) | Any(parts):
            return tuple(one for part in parts for one in open_terms(part, answers))
    return ()


def answered(reason: Reason) -> bool:
    """Whether the owner gave an answer, and knew it."""
    return reason.answer is not None and not isinstance(reason.answer, Unknown)
