"""The review: everything that would be filed, before the one explicit confirmation."""

from __future__ import annotations

from dataclasses import replace

from dialogs import form
from dialogs.asking import choice
from dialogs.conversation import Conversation, Draft, Track, World
from dialogs.filing import Filing, State
from dialogs.messages import Button, Message, Part, T, Text
from dialogs.package import package
from dialogs.scenes.scene import Reply, Scene, opened


def show(c: Conversation, world: World) -> Message:
    """Each field with its answer, sensitive ones masked, and the three ways on."""
    told = c.drafting.form == "record"
    lines: list[Part] = [_begun(c.drafting)]
    if not told and form.route(c.drafting, world) == "practice":
        lines.append(T("Practice: nothing goes to an authority."))
    lines.extend(form.answer_line(c, entry) for entry in form.fields_of(c, world))
    return Message(
        tuple(lines),
        (
            _confirm(c.drafting, world),
            choice("change", T("Change something")),
            _later(c.drafting),
        ),
    )


def _later(draft: Draft) -> Button:
    return choice("later", T("Not now") if draft.form == "record" else T("Do not send yet"))


def _begun(draft: Draft) -> Text:
    """What has happened with it so far."""
    if draft.form == "record":
        return T("Please check. It is kept here only.")
    if draft.reference and draft.asked:
        return T("Please check. This correction has not been sent yet.")
    if draft.reference:
        return T("Please check. This change has not been sent yet.")
    return T("Please check. Nothing has been sent yet.")


def sending_message(filing: Filing) -> Message:
    """The first report on a filing that goes to its office."""
    line = T(
        "Sending. You can leave; I will tell you when the office answers. Your reference: {reference}.",
        reference=filing.reference,
    )
    return Message((line,), lasting=True, progress=filing.reference)


def _confirm(draft: Draft, world: World) -> Button:
    if draft.form == "record":
        return choice("send", T("Keep this number"))
    if form.route(draft, world) == "none":
        return choice("send", T("Make the package"))
    return choice("send", T("Send"))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Confirm, change, or leave it."""
    if choice_ == ":change":
        return Reply(opened(c, "change"))
    if choice_ == ":later":
        return Reply(
            set_aside(c), (T("Not sent. The draft is kept for 7 days; “register” takes it up again."),)
        )
    if c.drafting.form == "record":
        return _recorded(c, world)
    return _prepared(c, world) if form.route(c.drafting, world) == "none" else _confirmed(c, world)


def set_aside(c: Conversation) -> Conversation:
    """The draft kept for later, and nothing in front."""
    return replace(c, draft=None, aside=(*c.aside, c.draft) if c.draft else c.aside, check=None, open=None)


def filing_of(c: Conversation, world: World, state: State) -> Filing:
    """The confirmed draft as a filing. Its reference is made here, once, and names it for good."""
    draft = c.drafting
    kept = form.form_of(draft, world)
    before = next((f for f in c.filings if f.reference == draft.reference), None)
    return Filing(
        reference=draft.reference or f"BN-{world.fresh}",
        revision=draft.revision,
        office=world.office.name,
        form=draft.form,
        duties=draft.duties,
        rulebook=world.rulebook.version,
        fields=form.filed_fields(c, world),
        confirmed_at=world.now,
        since=world.now,
        consent=draft.consent.digest if draft.consent else "",
        facts={fact: draft.facts[fact] for fact in (*kept.requires, *kept.asks) if fact in draft.facts},
        state=state,
        practice=form.route(draft, world) == "practice",
        earlier=before and _registered(before),
    )


def _registered(filing: Filing) -> Filing | None:
    """The revision that stays registered until a later one is: the receipt, without what was filed."""
    return replace(filing, fields=(), earlier=None) if filing.state is State.FILED else filing.earlier


def with_filing(c: Conversation, filing: Filing) -> Conversation:
    """The conversation with this filing in place of one of the same reference; its draft and check are at an end.

    A correction or a record leaves alone a check that is being made meanwhile.
    """
    others = tuple(f for f in c.filings if f.reference != filing.reference)
    first = c.draft is not None and not c.draft.reference
    check = None if first else c.check
    return replace(c, filings=(*others, filing), draft=None, check=check, open=None)


def _confirmed(c: Conversation, world: World) -> Reply:
    filing = filing_of(c, world, State.CONFIRMED)
    track = Track(filing.reference, filing.revision, filing.state, world.now)
    return Reply(with_filing(c, filing), effects=(track,), first=(sending_message(filing),))


def _prepared(c: Conversation, world: World) -> Reply:
    """No backend: the filled form and the list of documents, to be handed in by the owner."""
    filing = filing_of(c, world, State.PREPARED)
    lines, files = package(c, filing, world)
    return Reply(with_filing(c, filing), lines, files=files)


def _recorded(c: Conversation, world: World) -> Reply:
    filing = filing_of(c, world, State.RECORDED)
    return Reply(
        with_filing(c, filing),
        (T("Kept as you told it: {number}. /filings shows it again.", number=dict(filing.fields)["number"]),),
    )


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these. Nothing is sent until you confirm."),))


SCENE = Scene(show, pick, say)
