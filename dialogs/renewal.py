"""A rulebook that has changed since the owner's last answer: what it changes is said, and only what is new is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dialogs.card.why import outcome_text
from dialogs.conversation import At, Check, Choosing, Conversation, Editing, Open, World
from dialogs.form import fields_for
from dialogs.form_renewal import offered, reformed
from dialogs.interview import fits, held, verdict
from dialogs.messages import Items, N, Part, T
from dialogs.rules.model import Outcome, Question
from dialogs.rules.verdict import Result

MOST = 3
"""How many changed results are told one by one; the verdict will say them all."""
SAME = T("By your answers so far no result changes.")
OTHER = ("",)
"""In place of the screen last shown: whatever is shown now, the owner has not seen it."""
_CONCERNS = (Outcome.APPLIES, Outcome.ASK_THE_OFFICE)
_NOTHING = (Outcome.DOES_NOT_APPLY, Outcome.NOT_IN_FORCE)
"""Of these an owner need not know which."""


def pinned(c: Conversation, world: World) -> Conversation:
    """The conversation with its form resting on the rulebook of today, if it does not rest on one yet."""
    if c.draft is None or c.draft.rulebook:
        return c
    return replace(c, draft=replace(c.draft, rulebook=world.rulebook.version))


def renewed(c: Conversation, world: World) -> tuple[Conversation, tuple[Part, ...]]:
    """The conversation under the rulebook of today, and what the owner is to be told of the change, if any."""
    after, lines = _without_what_is_gone(c, world)
    today = world.rulebook.version
    check, draft = after.check, after.draft
    if check is not None and check.rulebook not in ("", today):
        now, told = _renewed_check(check, world)
        card = draft is None and verdict(now, world).next_question is None
        after = replace(after, check=now, shown=OTHER if card and SAME not in told else after.shown)
        lines.extend(told)
    if draft is not None and draft.rulebook not in ("", today):
        new, changes = reformed(draft, world)
        after = replace(after, draft=new)
        lines.extend(changes)
    if (after.check, after.draft) != (c.check, c.draft):
        after = replace(after, open=_still_open(after.open, after, world))
    return after, tuple(lines)


def _without_what_is_gone(c: Conversation, world: World) -> tuple[Conversation, list[Part]]:
    """Without the forms that are not offered any more, in hand or set aside."""
    aside = tuple(draft for draft in c.aside if offered(draft, world))
    gone = c.draft is not None and not offered(c.draft, world)
    if not gone and aside == c.aside:
        return c, []
    after = replace(c, aside=aside, draft=None, open=None) if gone else replace(c, aside=aside)
    return after, [T("The form you were filling is no longer offered; its answers are erased.")]


def _renewed_check(before: Check, world: World) -> tuple[Check, list[Part]]:
    """The check held against the rulebook of today, and what is told of it."""
    facts = world.rulebook.facts
    answers = {f: v for f, v in before.answers.items() if f in facts and fits(v, facts[f])}
    after, _ = held(replace(before, answers=answers), answers, world)
    told: list[Part] = [T("The rules this check rests on have been updated since your last answer.")]
    misfits = _labels((fact for fact in before.answers if fact not in answers), before, world)
    if misfits:
        told.append(T("These answers no longer fit, and are dropped: {facts}.", facts=Items(misfits)))
    void = _labels((fact for fact in answers if fact not in after.answers), before, world)
    if void:
        told.append(T("No longer needed, and dropped: {facts}.", facts=Items(void)))
    if before.rulebook in world.earlier:
        told.extend(_results(before, after, world))
    return after, told


def _labels(facts: Iterable[str], before: Check, world: World) -> tuple[Part, ...]:
    """What these facts are called, as far as that is known."""
    earlier = world.earlier.get(before.rulebook)
    known: dict[str, Question] = {**(earlier.facts if earlier else {}), **world.rulebook.facts}
    return tuple(T(known[fact].label) for fact in facts if fact in known)


def _results(before: Check, after: Check, world: World) -> list[Part]:
    """Which duties come to something else; first those that concern this account, of these to an authority."""
    old = replace(world, rulebook=world.earlier[before.rulebook])
    was = {result.duty.id: result for result in verdict(before, old).results}
    now = {result.duty.id: result for result in verdict(after, world).results}
    pairs = [(was.get(id_), now.get(id_)) for id_ in {**now, **was}]
    changed = sorted((pair for pair in pairs if _differ(*pair)), key=_last)
    if not changed:
        return [SAME]
    told: list[Part] = [_change(*pair) for pair in changed[:MOST]]
    more = len(changed) - MOST
    return [*told, N("{n} more result changes.", "{n} more results change.", more)] if more > 0 else told


def _outcome(result: Result | None) -> Outcome:
    """What it comes to, as far as an owner tells it apart; a duty that is not there does not apply."""
    return Outcome.DOES_NOT_APPLY if result is None or result.outcome in _NOTHING else result.outcome


def _differ(was: Result | None, now: Result | None) -> bool:
    return _outcome(was) is not _outcome(now)


def _last(pair: tuple[Result | None, Result | None]) -> tuple[bool, bool]:
    """What is told last: a duty that is none of this account's, and one that is no authority's."""
    concerns = any(_outcome(result) in _CONCERNS for result in pair)
    return not concerns, all(result is None or result.duty.addressee != "office" for result in pair)


def _change(was: Result | None, now: Result | None) -> Part:
    """What a duty came to, and comes to now. Raises LookupError for one that neither rulebook has."""
    there = now or was
    if there is None:
        raise LookupError("a duty of neither rulebook")
    nothing = T("does not apply")
    return T(
        "{title} ({name}): {before} before, {after} now.",
        title=T(there.duty.title),
        name=T(there.instrument.name),
        before=outcome_text(was) if was else nothing,
        after=outcome_text(now) if now else nothing,
    )


def _still_open(open_: Open | None, c: Conversation, world: World) -> Open | None:
    """What of the open question still makes sense: what was half said is asked again, the card shown again."""
    match open_:
        case At("verdict"):
            return None
        case At(over=over):
            return replace(open_, over=_still_open(over, c, world))
        case Editing(about) if about in _questions(c, world):
            return open_
        case Choosing(about, chosen) if about in _questions(c, world):
            ids = [option.id for option in _questions(c, world)[about].options]
            return Choosing(about, tuple(id_ for id_ in chosen if id_ in ids))
    return None


def _questions(c: Conversation, world: World) -> dict[str, Question]:
    """All that can be asked: the facts, and the fields of the form in hand."""
    entries = fields_for(c.draft, world) if c.draft else ()
    return {**world.rulebook.facts, **{entry.question.id: entry.question for entry in entries}}
