"""Change something: the answers given, each to be asked again."""

from __future__ import annotations

from dataclasses import replace

from dialogs import form
from dialogs.asking import choice
from dialogs.conversation import Check, Conversation, Editing, World
from dialogs.interview import question
from dialogs.messages import Button, Message, T
from dialogs.phrases import label_of
from dialogs.rules.model import Question
from dialogs.scenes.scene import Reply, Scene, left


def show(c: Conversation, world: World) -> Message:
    """One choice for each answer, and the way back."""
    if not answered(c, world):
        return Message((T("There is no answer to change yet."),), (choice("keep", T("Go on")),))
    return Message((T("Which one shall be changed?"),), (*answered(c, world), choice("keep", T("None"))))


def answered(c: Conversation, world: World) -> tuple[Button, ...]:
    """A button for each answer: the form's while one is filled, else the check's."""
    if c.draft is not None:
        return tuple(
            Button(entry.question.id, form.answer_line(c, entry), _names(entry.question, c, world))
            for entry in form.fields_of(c, world)
            if entry.question.id in c.drafting.answers
        )
    check = c.check or Check()
    asked = {fact: question(fact, check, world) for fact in check.answers}
    return tuple(
        Button(
            fact,
            T("{field}: {answer}", field=T(asked[fact].label), answer=label_of(asked[fact], value)),
            _names(asked[fact], c, world),
        )
        for fact, value in check.answers.items()
    )


def _names(asked: Question, c: Conversation, world: World) -> tuple[str, ...]:
    """What an answer's question is called, in both languages."""
    return (asked.label, world.label(c.language, T(asked.label)))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Ask that one again; everything else stays."""
    if choice_ == ":keep":
        return Reply(left(c))
    return Reply(replace(c, open=Editing(choice_)))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these."),))


SCENE = Scene(show, pick, say)
