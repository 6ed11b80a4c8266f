"""A form being filled: which field is next, what an answer stands for, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.conversation import Conversation, Draft, World
from dialogs.messages import Part, T, Text
from dialogs.phrases import label_of
from dialogs.rules.explain import truth_of
from dialogs.rules.logic import Truth
from dialogs.rules.model import Field, Form, Option, Question
from dialogs.rules.values import Unknown, Value

AGREED = Field(
    Question(
        id="others_agreed",
        kind="option",
        ask=T("Is there such a person, and has that person agreed to be named here?").msgid,
        label=T("The other person agreed").msgid,
        why=T("Details of another person may only be passed on with that person's agreement.").msgid,
        options=(
            Option(
                "yes",
                T("Yes, they agreed").msgid,
                ("yes", "y", "agreed", "是", "同意", "已同意", "有", "有，已同意", "有，对方已同意"),
            ),
            Option(
                "no",
                T("No, or there is none").msgid,
                (
                    "no",
                    "n",
                    "not agreed",
                    "there is none",
                    "nobody",
                    "否",
                    "没有",
                    "无",
                    "没有或未同意",
                    "无，或未同意",
                    "未同意",
                ),
            ),
        ),
        offer_unknown=False,
    )
)
"""Asked before the first field about somebody else; it is the owner's word, and is not filed."""

SKIPPED = ""
"""The answer of an optional field that was left out."""


def form_of(draft: Draft, world: World) -> Form:
    """The form a draft fills."""
    return world.rulebook.forms[draft.form]


def route(draft: Draft, world: World) -> str:
    """Where this form would go: 'practice', 'real', or 'none' if no office states that it takes it."""
    stated = [world.statements.get(duty) for duty in draft.duties]
    takes = any(statement is not None and statement.collects for statement in stated)
    return world.office.kind if takes else "none"


def fields_for(draft: Draft, world: World) -> tuple[Field, ...]:
    """The fields that may be asked: those whose condition does not fail, in order.

    What only an office asks is left out where no office takes the form.
    """
    taken = route(draft, world) != "none"
    return tuple(
        entry
        for entry in form_of(draft, world).fields
        if (taken or entry.asked_by != "office") and truth_of(entry.when, draft.facts) is not Truth.FALSE
    )


def fields_of(c: Conversation, world: World) -> tuple[Field, ...]:
    """The fields that are asked. Those about other people only with their agreement, which is asked before."""
    if c.draft is None:
        return ()
    entries = fields_for(c.draft, world)
    first = next((entry for entry in entries if entry.others), None)
    agreed = c.draft.answers.get(AGREED.question.id) != "no"
    return tuple(
        one
        for entry in entries
        for one in ((AGREED, entry) if entry is first else (entry,))
        if agreed or not one.others
    )


def facts_first(c: Conversation, world: World) -> tuple[str, ...]:
    """Facts the form asks at its start, or cannot do without, and has not got yet."""
    if c.draft is None:
        return ()
    form = form_of(c.draft, world)
    return tuple(f for f in (*form.requires, *form.asks) if f not in c.draft.facts)


def facts_missing(form: Form, facts: Mapping[str, Value]) -> tuple[str, ...]:
    """Facts the form cannot do without, and which are not known."""
    return tuple(f for f in form.requires if isinstance(facts.get(f, Unknown.UNKNOWN), Unknown))


def next_field(c: Conversation, world: World) -> Field | None:
    """The first field without an answer."""
    given = c.drafting.answers if c.draft else {}
    return next((entry for entry in fields_of(c, world) if entry.question.id not in given), None)


def left_after(c: Conversation, about: str, world: World) -> int:
    """How many fields are still without an answer after this one."""
    given = c.drafting.answers if c.draft else {}
    return sum(entry.question.id not in given and entry.question.id != about for entry in fields_of(c, world))


def with_answer(c: Conversation, field: str, value: Value) -> Conversation:
    """The conversation with this field answered and nothing open."""
    draft = replace(c.drafting, answers={**c.drafting.answers, field: value})
    return replace(c, draft=draft, open=None)


def shown(entry: Field, value: Value) -> Part:
    """A field's answer as a screen shows it: sensitive ones behind a mask of fixed width."""
    if value == SKIPPED:
        return T("left out")
    if entry.sensitive and isinstance(value, str):
        return mask(value)
    return label_of(entry.question, value)


def answer_line(c: Conversation, entry: Field, *, masked: bool = True) -> Text:
    """A field with its answer, as a line of the review; unmasked only in a file that is the owner's own."""
    given = c.drafting.answers[entry.question.id]
    answer = shown(entry, given) if masked or given == SKIPPED else label_of(entry.question, given)
    return T("{field}: {answer}", field=T(entry.question.label), answer=answer)


def mask(value: str) -> str:
    """A sensitive value with only its last two characters, at a width that tells nothing of its length."""
    return "*" * 10 + value[-2:]


def filed_fields(c: Conversation, world: World) -> tuple[tuple[str, str], ...]:
    """What goes to the office: field ids with plain text; several choices joined by commas."""
    given = c.drafting.answers if c.draft else {}
    return tuple(
        (entry.question.id, _plain(given[entry.question.id]))
        for entry in fields_of(c, world)
        if entry is not AGREED and given.get(entry.question.id, SKIPPED) != SKIPPED
    )


def _plain(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def answer_of(entry: Field, filed: str) -> Value:
    """The answer that a filed text was made of."""
    return tuple(filed.split(",")) if entry.question.kind == "several" else filed


def reopened(draft: Draft, fields: tuple[tuple[str, str], ...], world: World) -> dict[str, Value]:
    """The answers a filing was made of, without those the office asks for; what was left out stays so."""
    filed, asked, entries = dict(fields), dict(draft.asked), fields_for(draft, world)
    named = any(entry.others and entry.question.id in filed for entry in entries)
    answers: dict[str, Value] = {}
    for entry in entries:
        id_ = entry.question.id
        if entry.others and (named or id_ not in asked):
            answers.setdefault(AGREED.question.id, "yes" if named else "no")
        if id_ in asked:
            continue
        if id_ in filed:
            answers[id_] = answer_of(entry, filed[id_])
        elif entry.optional:
            answers[id_] = SKIPPED
    return answers
