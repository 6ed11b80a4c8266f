"""The words for where a filing stands, and for what has become of it. Each is true in every case it is said in."""

from __future__ import annotations

from dialogs.advance import NOT_OFFERED
from dialogs.conversation import OfficeAnswered
from dialogs.filing import Arrival, Filing, State
from dialogs.messages import Day, Part, T, Text
from dialogs.office import Absent, Blocked, Filed, NotOffered, Received, Returned, Withdrawn
from dialogs.receipt import receipt_line

TRYING = "trying"
"""The reason of a filing whose owner has been told that it is still being tried."""
CHOICES = T("/filings shows what you can do.")
PRACTICE = T("Practice: the office meant here is no authority.")
_NO, _MAYBE, _YES = Arrival
_STATES: dict[State, Text] = {
    State.CONFIRMED: T("confirmed, on its way"),
    State.SENDING: T("on its way"),
    State.RECEIVED: T("received, being processed; not yet registered"),
    State.FILED: T("registered"),
    State.RETURNED: T("returned for correction"),
    State.REJECTED: T("rejected"),
    State.UNKNOWN: T("sent; we do not know whether it arrived"),
    State.WITHDRAWING: T("being withdrawn"),
    State.WITHDRAWN: T("withdrawn"),
    State.PREPARED: T("prepared, to be handed in by you"),
    State.RECORDED: T("recorded as you told it"),
}
_STOPPED: dict[tuple[State, Arrival], Text] = {
    (State.BLOCKED, _NO): T("not taken; the operator has to look"),
    (State.BLOCKED, _MAYBE): T("stopped; we do not know whether it arrived"),
    (State.BLOCKED, _YES): T("received, but not decided as far as we know; the operator has to look"),
    (State.UNANSWERED, _NO): T("not with the office; no longer tried"),
    (State.UNANSWERED, _MAYBE): T("no answer; we do not know whether it arrived"),
    (State.UNANSWERED, _YES): T("received, but not decided as far as we know"),
}
_NEWS: dict[State, Text] = {
    State.CONFIRMED: T(
        "The office has not taken your filing so far: its system cannot be reached, or is too busy. Nothing of it is there yet; I go on trying."
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
    State.WITHDRAWN: T("The office says that the filing is withdrawn."),
}
_END: dict[tuple[State, Arrival], Text] = {
    (State.BLOCKED, _NO): T(
        "The office's system did not take the filing, for a reason that lies with this bot, not with you. The operator has to look; nothing was registered."
    ),
    (State.BLOCKED, _MAYBE): T(
        "The office's system refuses to tell this bot about your filing, so we do not know whether it arrived. That lies with this bot, not with you; the operator has to look. Your reference is {reference}."
    ),
    (State.BLOCKED, _YES): T(
        "The office has received your filing, but its system now refuses to tell this bot what became of it. That lies with this bot, not with you; the operator has to look. Your reference is {reference}."
    ),
    (State.UNANSWERED, _NO): T("Your filing has not reached the office, and I have stopped trying."),
    (State.UNANSWERED, _MAYBE): T(
        "The office has not answered. We do not know whether it arrived, and I have stopped asking. Your reference is {reference}."
    ),
    (State.UNANSWERED, _YES): T(
        "The office has received your filing, but has not said whether it is registered, and I have stopped asking. Your reference is {reference}."
    ),
}
_NO_LOOK_UP: dict[Arrival, Text] = {
    _MAYBE: T(
        "We do not know whether your filing arrived, and the office's system offers no way to ask. So it is not sent a second time. Your reference is {reference}."
    ),
    _YES: T(
        "The office has received your filing, but its system offers no way to ask what became of it. Your reference is {reference}."
    ),
}


def state_text(filing: Filing) -> Text:
    """Where it stands, in a few words."""
    if filing.practice and filing.state is State.FILED:
        return T("practice receipt given")
    return _STATES.get(filing.state) or _STOPPED[filing.state, filing.arrival]


def closing(filing: Filing) -> Text:
    """What a report on it shows once there is something newer."""
    return T("{reference}: {state}.", reference=filing.reference, state=state_text(filing))


def news(was: Filing, now: Filing, event: OfficeAnswered, *, taken_up: bool) -> tuple[Part, ...]:
    """What the owner is told when the state has changed; `taken_up` says that a correction is begun at once."""
    practice = now.practice and now.state is not State.FILED
    about = (PRACTICE,) if practice else ()
    if was.state is not State.WITHDRAWING or now.state is State.REJECTED:
        return (*about, *_onward(now, taken_up=taken_up))
    if now.state is State.WITHDRAWN:
        return (*about, _withdrawn(now, event))
    return (*about, *_not_withdrawn(now, event, taken_up=taken_up))


def _onward(now: Filing, *, taken_up: bool) -> tuple[Part, ...]:
    """News of a filing on its way."""
    if now.state is State.FILED and now.receipt:
        return (receipt_line(now, now.receipt), T("It is kept here: /filings shows it again."))
    if now.state is State.RETURNED:
        return _returned(now, taken_up=taken_up)
    end = _end(now)
    text = end or _NEWS[now.state]
    line = T(text.msgid, reference=now.reference, words=now.reason)
    return (line, CHOICES) if end else (line,)


def _end(now: Filing) -> Text | None:
    """Why the office is asked no more, if that is so."""
    no_look_up = now.state is State.UNANSWERED and now.reason == NOT_OFFERED
    return (_NO_LOOK_UP.get(now.arrival) if no_look_up else None) or _END.get((now.state, now.arrival))


def _returned(now: Filing, *, taken_up: bool) -> tuple[Part, ...]:
    """That it came back, and by when the office wants it."""
    until = (T("The office asks for it by {day}.", day=Day(now.correct_by)),) if now.correct_by else ()
    if taken_up:
        line = T("The office has returned your filing for correction. Only what it names is asked again.")
        return (line, *until)
    return (T("The office has returned your filing for correction. /filings takes it up."), *until)


def _withdrawn(now: Filing, event: OfficeAnswered) -> Part:
    """That a withdrawal is at its end, and by whose word."""
    match event.answer:
        case Withdrawn():
            return T("The office confirms that the filing is withdrawn.")
        case Absent():
            return T(
                "The office has no record of your filing, so there is nothing to withdraw. It is not sent any more."
            )
    return T("Your filing has not reached the office, and is not sent any more.")


def _not_withdrawn(now: Filing, event: OfficeAnswered, *, taken_up: bool) -> tuple[Part, ...]:
    """That a withdrawal came to nothing, as far as is known, and how the filing stands."""
    stands = T("As far as we know: {state}.", state=state_text(now))
    match event.answer:
        case Filed() | Received() | Returned():
            return (T("The office did not take the withdrawal."), *_onward(now, taken_up=taken_up))
        case Blocked():
            line = T(
                "The office's system refused the withdrawal, for a reason that lies with this bot, not with you. The operator has to look."
            )
        case NotOffered():
            line = T("The office's system offers no withdrawal, so nothing has changed there.")
        case Absent():
            line = T(
                "The office now says that it has no record of your filing, though it had one before. I have stopped asking; please ask the office about {reference}.",
                reference=now.reference,
            )
        case _:
            line = T(
                "The office has not confirmed the withdrawal, so we do not know whether it was withdrawn. I have stopped asking."
            )
    return (line, stands, CHOICES)
