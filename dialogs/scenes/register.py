"""The form, step by step: documents, consent, the facts it needs, its fields. Nothing leaves from here."""

from __future__ import annotations

from dataclasses import replace

from dialogs import asking, consent, form, interview
from dialogs.asking import choice
from dialogs.card.deadlines import deadline_line
from dialogs.card.sources import documents_of
from dialogs.conversation import Check, Choosing, Clarify, Conversation, Editing, World
from dialogs.form import SKIPPED
from dialogs.messages import Button, Items, Message, N, Part, T
from dialogs.parsing.text import fold
from dialogs.phrases import label_of, said_back
from dialogs.rules.model import Field, Question
from dialogs.rules.values import Value
from dialogs.scenes import question as ask
from dialogs.scenes.question import Asked
from dialogs.scenes.scene import Reply, Scene
from dialogs.scenes.verdict import BRIEF
from dialogs.words import CHOICES


def step(c: Conversation, world: World) -> str:
    """Where the form stands: 'documents', 'consent', 'fact', 'field', or 'review' when all is answered."""
    draft = c.drafting
    if draft.form != "record":
        if not draft.began:
            return "documents"
        if not consent.stands(c, world):
            return "consent"
        if isinstance(c.open, (Clarify, Choosing, Editing)) and c.open.about in world.rulebook.facts:
            return "fact"
        if form.facts_first(c, world):
            return "fact"
    return "field" if about(c, world) else "review"


def about(c: Conversation, world: World) -> Field | None:
    """The field being asked: one that is open, else the next without an answer."""
    if isinstance(c.open, (Clarify, Choosing, Editing)):
        for entry in form.fields_of(c, world):
            if entry.question.id == c.open.about:
                return entry
    return form.next_field(c, world)


def _field(c: Conversation, world: World) -> Field:
    """The field being asked. Raises LookupError at any other step."""
    entry = about(c, world)
    if entry is None:
        raise LookupError("no field is being asked")
    return entry


def show(c: Conversation, world: World) -> Message:
    """The step the form stands at."""
    match step(c, world):
        case "documents":
            return _documents(c, world)
        case "consent":
            return Message(
                (*consent.text(c, world), T("Do you agree?")),
                (choice("agree", T("I agree")), choice("decline", T("I do not agree"))),
            )
    return ask.show(_asked(c, world), c, world)


def _documents(c: Conversation, world: World) -> Message:
    """Which documents the source lists, and whether this office takes the filing without them."""
    draft = c.drafting
    check = Check(draft.facts)
    duties = [world.rulebook.duties[id_] for id_ in draft.duties]
    listed = tuple(dict.fromkeys(text for duty in duties for text in documents_of(duty, check)))
    lines: list[Part] = []
    if listed:
        lines.append(T("The source lists these documents: {documents}.", documents=Items(listed, "apart")))
        lines.append(_without_documents(c, world))
    lines.append(T("Go on to the form?"))
    return Message(tuple(lines), (choice("go on", T("Go on")), choice("later", T("Not now"))))


def _without_documents(c: Conversation, world: World) -> Part:
    where = form.route(c.drafting, world)
    if where == "practice":
        return T("The practice office takes no documents. Please do not send any document here.")
    if where == "none":
        return T("You would hand them in yourself, with the form. Please do not send any document here.")
    stated = [s.documents for id_ in c.drafting.duties if (s := world.statements.get(id_))]
    if any(stated):
        return T("The office asks for: {documents}. Please do not send any document here.",
                 documents=Items(tuple(d for documents in stated for d in documents), "apart"))  # fmt: skip
    return T("The office takes no documents here. Please do not send any document here.")


def _asked(c: Conversation, world: World) -> Asked:
    """The question of the step: a fact the form needs, or a field."""
    if step(c, world) == "fact":
        return _fact(c, world)
    entry = _field(c, world)
    editing, id_ = isinstance(c.open, Editing), entry.question.id
    standing, before = c.drafting.answers.get(id_), []
    returned = dict(c.drafting.asked).get(id_)
    if returned:
        before.append(T("The office writes: “{words}”", words=returned))
    if editing and standing is not None:
        before.append(ask.standing_line(entry.question, form.shown(entry, standing)))
    if entry is form.AGREED:
        others = tuple(T(e.question.label) for e in form.fields_for(c.drafting, world) if e.others)
        before.append(T("Next is about somebody else: {fields}.", fields=Items(others)))
    left = form.left_after(c, id_, world)
    return Asked(
        question=entry.question,
        take=lambda conv, value: take(conv, world, entry, value),
        hints=()
        if editing
        else (N("{n} more after this", "{n} more after this", left) if left else T("last question"),),
        extra=((ask.KEEP,) if editing else ()) + _extra(entry),
        before=tuple(before),
        sensitive=entry.sensitive,
        may_be_unknown=False,
    )


def _extra(entry: Field) -> tuple[Button, ...]:
    return (choice("skip", T("Skip")),) if entry.optional else ()


def _fact(c: Conversation, world: World) -> Asked:
    """A fact the form asks at its start."""
    opened = c.open.about if isinstance(c.open, (Clarify, Choosing, Editing)) else ""
    fact = opened if opened in world.rulebook.facts else form.facts_first(c, world)[0]
    question, standing = world.rulebook.facts[fact], c.drafting.facts.get(fact)
    if not isinstance(c.open, Editing) or standing is None:
        return Asked(question, take=lambda conv, value: _take_fact(conv, world, question, value))
    return Asked(
        question,
        take=lambda conv, value: _take_fact(conv, world, question, value),
        before=(ask.standing_line(question, label_of(question, standing)),),
        extra=(ask.KEEP,),
    )


def _take_fact(c: Conversation, world: World, question: Question, value: Value) -> Reply:
    """A fact of the form accepted; the deadline that follows from it is said at once."""
    draft = replace(c.drafting, facts={**c.drafting.facts, question.id: value})
    deadline = deadline_line(world.rulebook.duties[draft.duties[0]], Check(draft.facts), world)
    return Reply(replace(c, draft=draft, open=None), (said_back(question, value), deadline))


def take(c: Conversation, world: World, entry: Field, value: Value) -> Reply:
    """A field's answer accepted. A sensitive one is said back masked only."""
    if entry is form.AGREED and value == "no":
        return _not_agreed(c, world)
    plain = entry.sensitive or not entry.question.options
    noted = (
        T("Noted: {answer}.", answer=form.shown(entry, value)) if plain else said_back(entry.question, value)
    )
    warned = asking.warnings(entry.question, value, interview.on_day(Check(), world))
    return Reply(form.with_answer(c, entry.question.id, value), (noted, *warned))


def _not_agreed(c: Conversation, world: World) -> Reply:
    """Without their agreement other people's details are left out; where the form needs them it stops."""
    needed = [e for e in form.fields_of(c, world) if e.others and not e.optional]
    if needed:
        labels = Items(tuple(T(e.question.label) for e in needed))
        return Reply(
            replace(c, open=None),
            (
                T(
                    "The form cannot do without: {fields}. Please ask that person first; your draft is kept for 7 days.",
                    fields=labels,
                ),
            ),
        )
    return Reply(
        form.with_answer(c, form.AGREED.question.id, "no"), (T("Then nothing about that person is asked."),)
    )


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """A choice of the step."""
    match choice_:
        case ":go on":
            return Reply(replace(c, draft=replace(c.drafting, began=True)))
        case ":later":
            return Reply(_closed(c), (T("Nothing was sent, and nothing is kept of the form."),))
        case ":agree":
            return Reply(
                replace(c, draft=replace(c.drafting, consent=consent.given(c, world)), open=None),
                (T("Your agreement is noted."),),
            )
        case ":decline":
            return Reply(
                _closed(c),
                (
                    T(
                        "Then nothing of it is asked, and nothing is kept of the form. The result of the check stands."
                    ),
                ),
            )
        case ":keep":
            return Reply(replace(c, open=None))
        case ":skip":
            entry = _field(c, world)
            return Reply(form.with_answer(c, entry.question.id, SKIPPED), (T("Left out."),))
        case ":why":
            return _why(c, world)
    return ask.pick(_asked(c, world), c, world, choice_)


def _closed(c: Conversation) -> Conversation:
    """Without the form; the verdict it came from has been read already."""
    return replace(c, draft=None, open=BRIEF if c.check is not None else None)


def _why(c: Conversation, world: World) -> Reply:
    """Why the field is asked, and who asks it."""
    if step(c, world) != "field":
        return ask.why(_asked(c, world), c) if step(c, world) == "fact" else Reply(c)
    entry = _field(c, world)
    lines: list[Part] = [T(entry.question.why)] if entry.question.why else []
    if entry.source:
        source = world.rulebook.sources[entry.source]
        lines.append(T("It is named by: {title}.", title=T(source.title)))
    elif entry.asked_by == "office":
        lines.append(T("The office's form asks for it; the notice itself does not name it."))
    lines.extend([T(entry.paper)] if entry.paper else [])
    return Reply(c, tuple(lines))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Typed words in answer to the step."""
    if step(c, world) in ("documents", "consent"):
        return Reply(c, (T("Please choose one of these."),))
    entry = about(c, world) if step(c, world) == "field" else None
    if entry and entry.paper and fold(text) in CHOICES["without"]:
        return Reply(c, (T(entry.paper),))
    if entry and (asking.is_unknown(text) or asking.is_untold(text)):
        needed = T("The form needs this. “why” says who asks for it; “cancel” stops.")
        return pick(c, world, ":skip") if entry.optional else Reply(c, (needed,))
    return ask.say(_asked(c, world), c, world, text, interview.on_day(Check(), world))


def back(c: Conversation, world: World) -> Reply:
    """To what was asked before: a field, a fact of the form, its beginning, and so to the verdict."""
    draft = c.drafting
    opened = c.open.about if isinstance(c.open, (Clarify, Choosing, Editing)) else None
    asks = {fact: draft.facts[fact] for fact in form.form_of(draft, world).asks if fact in draft.facts}
    earlier = interview.before({**asks, **draft.answers}, opened)
    if earlier is not None:
        return Reply(replace(c, open=Editing(earlier)))
    if draft.began and not draft.reference:
        return Reply(replace(c, draft=replace(draft, began=False), open=None))
    return Reply(_closed(c))


def free(c: Conversation, world: World) -> bool:
    """Whether any words may be an answer: names and the like."""
    entry = about(c, world) if step(c, world) == "field" else None
    return entry is not None and entry.question.kind in (
        "person_name",
        "body_name",
        "account_name",
        "text",
        "link",
    )


SCENE = Scene(show, pick, say, free)
