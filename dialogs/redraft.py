"""A filing taken up as a draft again: to correct it, to change it, or to file it anew."""

from __future__ import annotations

from dataclasses import replace

from dialogs.consent import VERSION
from dialogs.conversation import At, Consent, Conversation, Draft, World
from dialogs.filing import Filing, State
from dialogs.form import reopened, route
from dialogs.messages import Part, T
from dialogs.scenes.scene import Reply, left

_AGAIN = (State.RETURNED, State.FILED)
"""States after which a draft goes under the same reference; after any other it is a new filing."""


def draft_of(filing: Filing, world: World) -> Draft:
    """A draft with everything that is still kept, but the fields the office named, one revision on.

    After a rejection or a withdrawal it is a new filing: all answers stand, to be changed by the owner.
    """
    again = filing.state in _AGAIN
    draft = Draft(
        form=filing.form,
        duties=filing.duties,
        facts=filing.facts,
        consent=Consent(VERSION, filing.consent, filing.confirmed_at),
        began=True,
        reference=filing.reference if again else "",
        revision=filing.revision + 1 if again else 1,
        asked=filing.returned if filing.state is State.RETURNED else (),
    )
    return replace(draft, answers=reopened(draft, filing.fields, world) if filing.fields else {})


def correcting(c: Conversation, filing: Filing, world: World) -> Conversation:
    """The conversation at the draft of what is to be corrected."""
    return replace(c, draft=draft_of(filing, world), open=None)


def takes(filing: Filing, world: World) -> bool:
    """Whether its office would take another revision of it now."""
    draft = Draft(filing.form, filing.duties)
    connected = filing.office == world.office.name and filing.form in world.rulebook.forms
    return connected and route(draft, world) != "none"


def take_up(c: Conversation, draft: Draft, lines: tuple[Part, ...] = ()) -> Reply:
    """On with this draft; or with one for the same that was begun already. Another in hand is kept for later."""
    same = (draft.form, draft.reference)
    if c.draft is not None and draft.reference and (c.draft.form, c.draft.reference) == same:
        return Reply(replace(c, open=None))
    begun = next((d for d in c.aside if draft.reference and (d.form, d.reference) == same), None)
    aside = tuple(d for d in c.aside if d is not begun)
    kept: tuple[Part, ...] = ()
    if c.draft is not None and c.draft.answers:
        aside = (*aside, c.draft)
        kept = (T("The form is kept for 7 days; “register” takes it up again."),)
    theirs = c.draft is not None and not c.draft.reference  # the check is the one it was begun from
    check = None if theirs else c.check
    after = replace(c, draft=begun or draft, aside=aside, check=check, open=None)
    return Reply(after, (*kept, *(() if begun else lines)))


def change(c: Conversation, filing: Filing, world: World) -> Reply:
    """To change what is registered: what is to be changed is asked, or all of it if it is no longer kept."""
    draft = draft_of(filing, world)
    if not draft.answers:
        return take_up(c, draft, (T("What you filed is no longer kept here, so the form is asked anew."),))
    reply = take_up(c, draft)
    fresh = reply.conversation.draft is draft
    return replace(reply, conversation=replace(reply.conversation, open=At("change"))) if fresh else reply


def without_drafts(c: Conversation, reference: str) -> Conversation:
    """The conversation, at no screen, without what was begun to correct or change that filing."""
    aside = tuple(draft for draft in c.aside if draft.reference != reference)
    if c.draft is not None and c.draft.reference == reference:
        return replace(c, draft=None, aside=aside, open=None)
    return replace(left(c), aside=aside)
