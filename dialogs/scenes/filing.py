"""One filing: where it stands, and what its owner can do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs import receipt, redraft
from dialogs.advance import NOT_OFFERED, UNCLEAR_ENDS
from dialogs.asking import choice
from dialogs.conversation import At, Conversation, Draft, Track, World
from dialogs.filing import OPEN, Arrival, Filing, State
from dialogs.messages import Button, Day, Message, Part, T
from dialogs.news import closing
from dialogs.scenes.review import sending_message
from dialogs.scenes.scene import Reply, Scene, left, opened

_WITHDRAWN_FROM = (State.SENDING, State.UNKNOWN, State.RECEIVED, State.FILED, State.RETURNED)
_ANEW = (State.REJECTED, State.WITHDRAWN)


def shown(c: Conversation) -> Filing:
    """The filing that the screen is about. Raises LookupError if it is about none."""
    about = c.open.about if isinstance(c.open, At) else ""
    for filing in c.filings:
        if filing.reference == about:
            return filing
    raise LookupError("no filing is shown")


def show(c: Conversation, world: World) -> Message:
    """Its state with the office's words, and the choices that this state has."""
    filing = shown(c)
    return Message((*filing_lines(filing), *_beside(filing, world)), _choices(filing, world))


def filing_lines(filing: Filing) -> list[Part]:
    """One filing: its receipt, the number that was told, or its reference and state with the office's words."""
    if filing.state is State.RECORDED:
        return [_recorded(filing)]
    if filing.state is State.FILED and filing.receipt is not None:
        return [receipt.receipt_line(filing, filing.receipt)]
    lines: list[Part] = [closing(filing)]
    if filing.reason and filing.state is State.REJECTED:
        lines.append(T("The office writes: “{words}”", words=filing.reason))
    if filing.receipt is not None:
        lines += [T("The receipt it had:"), receipt.receipt_line(filing, filing.receipt)]
    if filing.earlier is not None and filing.earlier.receipt is not None:
        lines.append(T("This is a change of what was registered before:"))
        lines.append(receipt.receipt_line(filing.earlier, filing.earlier.receipt))
    return lines


def _recorded(filing: Filing) -> Part:
    told = dict(filing.fields)
    return T(
        "As you told us: number {number}, {office}, {date}.",
        number=told["number"],
        office=told["office"],
        date=Day(date.fromisoformat(told["date"])),
    )


def _beside(filing: Filing, world: World) -> tuple[Part, ...]:
    """What the owner needs for the next step: what the office asks for, or how it is reached."""
    if filing.state is State.RETURNED:
        words = (T("The office writes: “{words}”", words=said) for _, said in filing.returned)
        until = (
            (T("The office asks for it by {day}.", day=Day(filing.correct_by)),) if filing.correct_by else ()
        )
        return (*words, *until)
    return _contact(filing, world) if filing.state in (State.UNANSWERED, State.BLOCKED) else ()


def _contact(filing: Filing, world: World) -> tuple[Part, ...]:
    """How the office is reached: as it states itself, else, if it is an authority, as the rulebook knows."""
    stated = dict.fromkeys(
        s.contact for id_ in filing.duties if (s := world.statements.get(id_)) and s.contact
    )
    if stated:
        return tuple(
            T("The office states how it is reached: {contact}", contact=contact) for contact in stated
        )
    if filing.practice:
        return ()
    duties = [world.rulebook.duties[id_] for id_ in filing.duties if id_ in world.rulebook.duties]
    instruments = dict.fromkeys(world.rulebook.instruments[duty.instrument].contact for duty in duties)
    return tuple(T(contact) for contact in instruments if contact)


def withdrawable(filing: Filing, world: World) -> bool:
    """Whether its office may be asked to take it back.

    Not while a later revision waits to be sent: the office has only the one before.
    """
    first = filing.state is State.CONFIRMED and filing.revision == 1
    unanswered = filing.state is State.UNANSWERED and filing.arrival is not Arrival.NO
    return _connected(filing, world) and (filing.state in _WITHDRAWN_FROM or first or unanswered)


def _connected(filing: Filing, world: World) -> bool:
    return world.office.kind != "none" and filing.office == world.office.name


def _choices(filing: Filing, world: World) -> tuple[Button, ...]:
    """All that can be done with it in this state."""
    state, there = filing.state, filing.arrival is not Arrival.NO
    unanswered, connected = state is State.UNANSWERED, _connected(filing, world)
    known = bool(filing.fields) and filing.form in world.rulebook.forms
    offered = (
        (choice("receipt", T("Keep the receipt")), state is State.FILED and filing.receipt is not None),
        (choice("amend", T("Change what was filed")), state is State.FILED and redraft.takes(filing, world)),
        (choice("correct", T("Correct it")), state is State.RETURNED and known),
        (choice("correct", T("Change it and file anew")), state in _ANEW and known),
        (choice("registered", T("I have a number")), unanswered or state is State.PREPARED),
        (
            choice("ask again", T("Ask the office again")),
            unanswered and there and connected and filing.reason != NOT_OFFERED,
        ),
        (choice("try again", T("Try again")), unanswered and not there and connected and known),
        (
            choice("drop", T("Drop the change")),
            state in (State.UNANSWERED, State.BLOCKED) and not there and filing.earlier is not None,
        ),
        (choice("withdraw", T("Withdraw it")), withdrawable(filing, world)),
        (choice("remove", T("Remove it from this list")), state not in OPEN),
        (choice("up", T("Back")), True),
    )
    return tuple(button for button, is_offered in offered if is_offered)


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """What the owner chose to do with it."""
    filing = shown(c)
    match choice_:
        case ":receipt":
            return _receipt(c, filing, world)
        case ":amend":
            return redraft.change(c, filing, world)
        case ":correct":
            return redraft.take_up(c, redraft.draft_of(filing, world))
        case ":registered":
            return number(c, filing)
        case ":withdraw" | ":remove":
            return Reply(opened(c, choice_.removeprefix(":"), filing.reference))
        case ":up":
            return Reply(opened(c, "filings") if len(c.filings) > 1 else left(c))
    return _again(c, filing, world, choice_)


def _receipt(c: Conversation, filing: Filing, world: World) -> Reply:
    kept = (receipt.paper(filing, filing.receipt, world),) if filing.receipt else ()
    return Reply(c, (T("The receipt is made as files to keep."),), papers=kept)


def number(c: Conversation, filing: Filing) -> Reply:
    """The owner tells the number that was given for it."""
    return redraft.take_up(c, Draft("record", filing.duties, reference=filing.reference))


def _again(c: Conversation, filing: Filing, world: World, choice_: str) -> Reply:
    """The filing once more under way, for as long as the first time; or as it was before its change."""
    renewed = replace(filing, since=world.now, ends_at=world.now + UNCLEAR_ENDS, reason="")
    if choice_ == ":try again":
        return tracked(c, replace(renewed, state=State.CONFIRMED), sending_message(filing), world)
    if choice_ == ":ask again":
        state = State.RECEIVED if filing.arrival is Arrival.YES else State.UNKNOWN
        return tracked(c, replace(renewed, state=state), _asking(filing), world)
    earlier = filing.earlier or filing
    after = replace(c, filings=tuple(earlier if f is filing else f for f in c.filings))
    track = Track(earlier.reference, earlier.revision, earlier.state, None)
    return Reply(after, (T("The change is dropped. What was registered before stands."),), (track,))


def _asking(filing: Filing) -> Message:
    line = T(
        "I am asking the office again. You can leave; I will tell you when it answers. Your reference: {reference}.",
        reference=filing.reference,
    )
    return Message((line,), lasting=True, progress=filing.reference)


def tracked(c: Conversation, filing: Filing, report: Message, world: World) -> Reply:
    """The filing with the outbox from now on, reported; and the owner back where they were."""
    filings = tuple(filing if f.reference == filing.reference else f for f in c.filings)
    track = Track(filing.reference, filing.revision, filing.state, world.now)
    return Reply(replace(left(c), filings=filings), effects=(track,), first=(report,))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


SCENE = Scene(show, pick, say, asks=False)
