"""What was filed, prepared or recorded; what the office answers; and the receipt, to be seen again at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from dialogs import filing as states
from dialogs.asking import choice
from dialogs.consent import VERSION
from dialogs.conversation import Consent, Conversation, Draft, OfficeAnswered, Track, World
from dialogs.filing import Filing, State
from dialogs.form import reopened
from dialogs.messages import Button, Day, Message, Moment, Part, T
from dialogs.office import Busy, Receipt, Received
from dialogs.scenes.scene import Reply, Scene, left

_STATES = {
    State.CONFIRMED: T("confirmed, on its way"),
    State.SENDING: T("on its way"),
    State.RECEIVED: T("received, being processed; not yet registered"),
    State.FILED: T("registered"),
    State.RETURNED: T("returned for correction"),
    State.REJECTED: T("rejected"),
    State.UNKNOWN: T("sent; we do not know whether it arrived"),
    State.BLOCKED: T("not taken; the operator has to look"),
    State.UNANSWERED: T("no answer; we do not know whether it arrived"),
    State.WITHDRAWN: T("withdrawn"),
    State.PREPARED: T("prepared, to be handed in by you"),
    State.RECORDED: T("recorded as you told it"),
}
RETRY = (5, 15, 60, 300, 900, 3600)
"""Seconds until the next look, when the office names none."""
RETRY_AT_LEAST = 1
"""Seconds, even if the office names fewer."""


def show(c: Conversation, world: World) -> Message:
    """Every filing with its state; the ones prepared can be given their number."""
    lines: list[Part] = [line for filing in c.filings for line in filing_lines(filing)]
    if not lines:
        lines.append(T("There are no filings yet."))
    return Message(tuple(lines), (*_number_buttons(c, world), choice("go on", T("Go on"))))


def _number_buttons(c: Conversation, world: World) -> tuple[Button, ...]:
    made = []
    if c.draft is None and any(f.state is State.PREPARED for f in c.filings):
        made.append(choice("registered", T("I have a number")))
    correctable = _correctable(c, world)
    if c.draft is None and correctable:
        rejected = correctable[-1].state is State.REJECTED
        made.append(choice("correct", T("Change it and file anew") if rejected else T("Correct it")))
    return tuple(made)


def _correctable(c: Conversation, world: World) -> tuple[Filing, ...]:
    """Filings that can be corrected, or after a rejection filed anew, as long as their answers are kept."""
    wrong = (f for f in c.filings if f.state in (State.RETURNED, State.REJECTED) and f.fields)
    return tuple(f for f in wrong if f.form in world.rulebook.forms)


def filing_lines(filing: Filing) -> list[Part]:
    """One filing: its receipt if there is one, else its reference and state."""
    if filing.receipt is not None:
        return receipt_lines(filing, filing.receipt)
    if filing.state is State.RECORDED:
        told = dict(filing.fields)
        return [
            T(
                "As you told us: number {number}, {office}, {date}.",
                number=told["number"],
                office=told["office"],
                date=Day(date.fromisoformat(told["date"])),
            )
        ]
    lines: list[Part] = [T("{reference}: {state}.", reference=filing.reference, state=_STATES[filing.state])]
    if filing.reason and filing.state is State.REJECTED:
        lines.append(T("The office writes: “{words}”", words=filing.reason))
    return lines


def receipt_lines(filing: Filing, receipt: Receipt) -> list[Part]:
    """The office's receipt, and whether it is one of an authority."""
    slots: dict[str, Part] = {
        "number": receipt.number,
        "time": Moment(receipt.issued_at),
        "reference": filing.reference,
    }
    if receipt.practice:
        return [
            T(
                "Practice receipt {number}, {time}. Nothing was sent to an authority. Your reference: {reference}.",
                **slots,
            )
        ]
    return [
        T(
            "Receipt {number} of {office}, {time}. Your reference: {reference}.",
            **slots,
            office=receipt.office,
        )
    ]


def answered(c: Conversation, event: OfficeAnswered, world: World) -> Reply:
    """The office's answer to one revision. If nothing of it is open here, the outbox is to let it rest."""
    found = next(
        (f for f in c.filings if f.reference == event.reference and f.revision == event.revision), None
    )
    if found is None or found.state not in states.OPEN:
        state = found.state if found else State.WITHDRAWN
        return Reply(c, (), (Track(event.reference, event.revision, state, None),))
    tried = states.sending(found, world.now) if found.state is State.CONFIRMED else found
    now = states.advance(tried, event.step, event.answer, world.now)
    if now.state is found.state:
        now = replace(now, since=found.since)
    filings = tuple(now if f is found else f for f in c.filings)
    after = replace(c, filings=filings)
    due = _due(now, event, world) if now.state in states.OPEN else None
    track = Track(now.reference, now.revision, now.state, due)
    lines = () if now.state is found.state else _news(now)
    if now.state is State.RETURNED and after.draft is None and now.form in world.rulebook.forms:
        after = correcting(after, now, world)
    return Reply(after, lines, (track,))


def _due(filing: Filing, event: OfficeAnswered, world: World) -> datetime:
    """When to look again: as the office asks, else at growing gaps since the state began."""
    asked = event.answer.retry_after if isinstance(event.answer, (Busy, Received)) else None
    waited = (world.now - filing.since).total_seconds()
    gap = next((g for g in RETRY if waited < g * 4), RETRY[-1])
    return world.now + timedelta(seconds=gap if asked is None else max(asked, RETRY_AT_LEAST))


_NEWS = {
    State.RETURNED: T(
        "The office has returned your filing for correction. Only what it names is asked again."
    ),
    State.REJECTED: T(
        "The office has rejected your filing. It writes: “{words}” With /filings you can change it and file anew, within 3 days."
    ),
    State.RECEIVED: T(
        "The office has received it and is processing it. That is not yet a registration; I will tell you when it answers."
    ),
    State.UNKNOWN: T(
        "The line to the office was unclear, so we do not know whether it arrived. I go on asking the office under your reference, {reference}."
    ),
    State.BLOCKED: T(
        "The office's system did not take the filing, for a reason that lies with this bot, not with you. The operator has to look; nothing was registered."
    ),
    State.UNANSWERED: T(
        "The office has not answered. We do not know whether it arrived. Your reference is {reference}; please ask the office."
    ),
    State.WITHDRAWN: T("The office confirms that the filing is withdrawn."),
}


def _news(filing: Filing) -> tuple[Part, ...]:
    """What the owner is told when the state has changed."""
    if filing.state is State.FILED and filing.receipt:
        return (*receipt_lines(filing, filing.receipt), T("It is kept here: /filings shows it again."))
    text = _NEWS.get(filing.state)
    if text is None:
        return ()
    news = T(text.msgid, reference=filing.reference, words=filing.reason)
    return (T("Practice: the office meant here is no authority."), news) if filing.practice else (news,)


def correcting(c: Conversation, filing: Filing, world: World) -> Conversation:
    """A draft with everything but the fields the office named, under the same reference, one revision on.

    After a rejection it is a new filing: all answers stand, to be changed by the owner.
    """
    again = filing.state is State.RETURNED
    draft = Draft(
        form=filing.form,
        duties=filing.duties,
        facts=filing.facts,
        consent=Consent(VERSION, filing.consent, filing.confirmed_at),
        began=True,
        reference=filing.reference if again else "",
        revision=filing.revision + 1 if again else 1,
        asked=filing.returned if again else (),
    )
    return replace(c, draft=replace(draft, answers=reopened(draft, filing.fields, world)), open=None)


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Record a number for the newest prepared filing, take up the newest one to correct, or go on."""
    if choice_ == ":registered":
        prepared = [f for f in c.filings if f.state is State.PREPARED][-1]
        return Reply(
            replace(c, draft=Draft("record", prepared.duties, reference=prepared.reference), open=None)
        )
    if choice_ == ":correct":
        return Reply(correcting(c, _correctable(c, world)[-1], world))
    return Reply(left(c))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


SCENE = Scene(show, pick, say, asks=False)
