"""The list of what was filed, prepared or recorded; each entry leads to its own screen."""

from __future__ import annotations

from dialogs.asking import choice
from dialogs.conversation import Conversation, World
from dialogs.filing import Filing
from dialogs.messages import Button, Message, Part, T
from dialogs.news import closing
from dialogs.scenes.filing import filing_lines
from dialogs.scenes.scene import Reply, Scene, left, opened


def begin(c: Conversation) -> Conversation:
    """The conversation at the list, or at the one filing there is."""
    if len(c.filings) == 1:
        return opened(c, "filing", c.filings[0].reference)
    return opened(c, "filings")


def show(c: Conversation, world: World) -> Message:
    """Every filing with its state, the newest last."""
    lines: list[Part] = [line for filing in c.filings for line in filing_lines(filing)]
    if not lines:
        lines.append(T("There are no filings."))
    return Message(tuple(lines), (*map(_button, c.filings), choice("go on", T("Go on"))))


def _button(filing: Filing) -> Button:
    """A filing by its reference and state, which tell nothing of what was filed."""
    return Button(filing.reference, closing(filing), (filing.reference,))


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """To one filing, or on."""
    return Reply(left(c) if choice_ == ":go on" else opened(c, "filing", choice_))


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices: back to where the owner was."""
    return Reply(left(c))


SCENE = Scene(show, pick, say, asks=False)
