"""Before a filing is withdrawn or removed from the list: whether that is meant."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asking import choice
from dialogs.conversation import Conversation, World
from dialogs.filing import OPEN, Filing, State
from dialogs.messages import Message, Part, T
from dialogs.news import PRACTICE
from dialogs.redraft import without_drafts
from dialogs.scenes.filing import shown, tracked, withdrawable
from dialogs.scenes.scene import Reply, Scene, opened

_CHANGED = T("That is no longer possible as it stands now.")


def _show_withdraw(c: Conversation, world: World) -> Message:
    """What withdrawing comes to, and whether it is meant."""
    filing = shown(c)
    if not withdrawable(filing, world):
        return Message((_CHANGED,), (choice("up", T("Back")),))
    begun = any(draft and draft.reference == filing.reference for draft in (c.draft, *c.aside))
    return Message(
        (
            *((PRACTICE,) if filing.practice else ()),
            T("The office is asked to take it back. A registration under it then ends."),
            *((T("What you have begun to correct or change of it is erased."),) if begun else ()),
            T("Withdraw {reference}?", reference=filing.reference),
        ),
        (choice("yes", T("Yes, withdraw it")), choice("no", T("No, do not withdraw it"))),
    )


def _pick_withdraw(c: Conversation, world: World, choice_: str) -> Reply:
    """The office is asked, from now on and until it answers."""
    filing = shown(c)
    if choice_ != ":yes":
        return _back(c, filing)
    now = replace(filing, state=State.WITHDRAWING, before=filing.state, since=world.now)
    line = T(
        "I am asking the office to withdraw {reference}. You can leave; I will tell you when it answers.",
        reference=filing.reference,
    )
    report = Message((line,), lasting=True, progress=filing.reference)
    return tracked(without_drafts(c, filing.reference), now, report, world)


def _show_remove(c: Conversation, world: World) -> Message:
    """What is lost with it, and whether that is meant."""
    filing = shown(c)
    if filing.state in OPEN:
        return Message((_CHANGED,), (choice("up", T("Back")),))
    return Message(
        (*_lost(filing), T("Remove {reference} from this list?", reference=filing.reference)),
        (choice("yes", T("Yes, remove it")), choice("no", T("No, keep it"))),
    )


def _lost(filing: Filing) -> tuple[Part, ...]:
    if filing.state in (State.PREPARED, State.RECORDED):
        return (T("This entry is kept here only, and goes for good."),)
    receipt = T("Its receipt is removed too; it is not shown here again.")
    kept = filing.receipt or (filing.earlier and filing.earlier.receipt)
    return (T("This changes nothing at the office."), *((receipt,) if kept else ()))


def _pick_remove(c: Conversation, world: World, choice_: str) -> Reply:
    """Removed, with what was begun of it; the rest of the list follows."""
    filing = shown(c)
    if choice_ != ":yes":
        return _back(c, filing)
    rest = tuple(one for one in c.filings if one is not filing)
    after = replace(without_drafts(c, filing.reference), filings=rest)
    return Reply(opened(after, "filings") if rest else after, (T("Removed."),))


def _back(c: Conversation, filing: Filing) -> Reply:
    return Reply(opened(c, "filing", filing.reference))


def _say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these."),))


WITHDRAW = Scene(_show_withdraw, _pick_withdraw, _say)
REMOVE = Scene(_show_remove, _pick_remove, _say)
