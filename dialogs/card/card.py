"""The whole card: headline, reason, doubt, what to do, deadline, measures, source, flip."""

from __future__ import annotations

from datetime import date

from dialogs.card.deadlines import deadline_line
from dialogs.card.flip import best_flip, flip_line
from dialogs.card.groups import Group, groups
from dialogs.card.headline import answered, called, doubts, headline
from dialogs.card.locality import elsewhere_line, left_out, local_notices, not_yet_line, unknown_place_lines
from dialogs.card.sources import documents_of, source_line
from dialogs.card.stated import basis_stated, deadline_stated
from dialogs.conversation import Check, World
from dialogs.interview import known, on_day, verdict
from dialogs.messages import Day, Items, Part, T, Text
from dialogs.phrases import reason_phrase
from dialogs.rules.explain import Reason, deciding, reasons
from dialogs.rules.model import Outcome


def card(check: Check, world: World) -> tuple[Part, ...]:
    """The whole card: one paragraph a line."""
    found = verdict(check, world)
    grouped = groups(found)
    lines: list[Part] = []
    if check.on:
        lines.append(_for(check.on, on_day(Check(), world)))
    registrations = [g for g in grouped if g.lead.duty.kind == "registration"]
    if not registrations:
        lines.extend(not_required(check, world))
    away = [g for g in grouped if left_out(g.lead.instrument, check, world)]
    lines.extend(unknown_place_lines(away, check, world))
    for group in grouped:
        if group not in away:
            lines.extend(group_lines(group, check, world))
    return tuple(lines)


def _for(day: date, today: date) -> Text:
    """That it is about another day; of a day to come nobody knows what the law will be."""
    if day > today:
        return T("For {day}, by what is known today; the rules may change before:", day=Day(day))
    return T("For {day}, not for today:", day=Day(day))


def group_lines(group: Group, check: Check, world: World) -> list[Part]:
    """Everything the card says about one thing to do."""
    lead, duty = group.lead, group.lead.duty
    carrying = tuple(
        r for r in deciding(lead, known(check, lead.instrument, world)) if r.met is not False and answered(r)
    )
    lines: list[Part] = [*headline(group, check, world), *([because(carrying, world)] if carrying else [])]
    if lead.outcome is Outcome.ASK_THE_OFFICE:
        asked = (result for result in group.results if result.outcome is Outcome.ASK_THE_OFFICE)
        lines.extend(dict.fromkeys(doubt for result in asked for doubt in doubts(result, check, world)))
    if lead.outcome is Outcome.APPLIES:
        lines.append(T("What to do: {asks}", asks=T(duty.asks)))
        lines.extend([T(duty.where)] if duty.where and not lead.word else [])
        documents = documents_of(duty, check)
        if documents:
            lines.append(T("Documents the source lists: {documents}.", documents=Items(documents, "apart")))
    lines.extend([deadline_line(duty, check, world), *deadline_stated(lead)])
    lines.append(T(duty.measures) if duty.measures else T("The source names no measures."))
    lines.extend(T(note) for note in duty.notes)
    lines.extend([source_line(duty.sources[0], world), *basis_stated(lead)])
    flip = best_flip(lead, check, world)
    if flip:
        lines.append(flip_line(flip, duty, check, world))
    return lines


def not_required(check: Check, world: World) -> list[Part]:
    """'Not required', never wider than what was checked; of days before all of it nothing is said."""
    if all(result.outcome is Outcome.NOT_IN_FORCE for result in verdict(check, world).results):
        return [T("None of the rules listed here was in force on that day; what held then I do not know.")]
    local, kind = local_notices(check, world), called(check, world)
    lines: list[Part] = [
        T("Under {local} and the national rules listed here, this {kind} does not have to be registered with an authority.",
          local=Items(local), kind=kind)
        if local else
        T("Under the national rules listed here, this {kind} does not have to be registered with an authority.",
          kind=kind)
    ]  # fmt: skip
    reason = _nearest_reason(check, world) if local else None
    after = (*not_yet_line(check, world), *elsewhere_line(check, world))
    return [*lines, *([reason] if reason else []), *after]


def _nearest_reason(check: Check, world: World) -> Text | None:
    """Why the registration nearest to applying does not apply: the one with the most conditions met."""
    found = [
        (r, known(check, r.instrument, world))
        for r in verdict(check, world).results
        if r.outcome is Outcome.DOES_NOT_APPLY and r.duty.kind == "registration"
        if not left_out(r.instrument, check, world)
    ]
    if not found:
        return None
    nearest = max(found, key=lambda one: sum(r.met is True for r in reasons(*one)))
    return because(deciding(*nearest), world)


def because(carrying: tuple[Reason, ...], world: World) -> Text:
    """The reason in one sentence."""
    phrases = tuple(
        dict.fromkeys(reason_phrase(world.rulebook.facts[r.leaf.fact], r.leaf, r.answer) for r in carrying)
    )
    return T("Because of: {reasons}.", reasons=Items(phrases, "apart"))
