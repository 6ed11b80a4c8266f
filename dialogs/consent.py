"""The consent text: versioned, and told apart by the digest of its words."""

from __future__ import annotations

from hashlib import sha256

from dialogs.conversation import Consent, Conversation, World
from dialogs.form import fields_for, form_of, route
from dialogs.messages import Items, Part, T

VERSION = "2"
EMBEDDED = "sandbox"
"""The name of the practice office within this program."""


def text(c: Conversation, world: World) -> tuple[Part, ...]:
    """What the owner agrees to: who runs this, what is asked, where it goes, how long it is kept."""
    items = Items(tuple(T(e.question.label) for e in fields_for(c.drafting, world)))
    name, contact = world.operator
    who = T("This bot is run by {name} ({contact}), not by an authority.", name=name, contact=contact)
    unnamed = T("This bot runs on this computer and is not an authority.")
    return (
        who if name else unnamed,
        T("The form asks for: {items}.", items=items),
        _recipient(c, world),
        T("An unsent draft is kept for 7 days after your last answer, encrypted, and then erased. You can erase it at any time with /cancel."),
        T("Without your agreement nothing of this is asked; checking goes on working."),
    )  # fmt: skip


def _recipient(c: Conversation, world: World) -> Part:
    where = route(c.drafting, world)
    if where == "practice" and world.office.name == EMBEDDED:
        return T(
            "Practice: your details go to the practice office built into this program and to no authority. Please use invented details."
        )
    if where == "practice":
        return T(
            "Practice: your details go to the practice office at {host} and to no authority. Please use invented details.",
            host=world.office.name,
        )
    if where == "real":
        office = T(form_of(c.drafting, world).office)
        return T(
            "When you confirm, and not before, they are sent to {office}, at {host}.",
            office=office,
            host=world.office.name,
        )
    return T("They are sent to nobody: at the end you get the filled form, to hand in yourself.")


def digest(c: Conversation, world: World) -> str:
    """A digest of the consent text as shown, its slots included, so that any change asks again."""
    return sha256(repr(text(c, world)).encode()).hexdigest()[:16]


def given(c: Conversation, world: World) -> Consent:
    """The agreement to the text as it stands now."""
    return Consent(VERSION, digest(c, world), world.now)


def stands(c: Conversation, world: World) -> bool:
    """Whether the owner agreed to exactly this text."""
    return c.draft is not None and c.draft.consent is not None and c.draft.consent.digest == digest(c, world)
