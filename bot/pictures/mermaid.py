"""A picture as Mermaid, for pages that draw it themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from bot.i18n import Words
from dialogs.messages import Part
from dialogs.picture import Panel, Picture
from dialogs.rules.model import Outcome

_SHAPES: Final = {
    Outcome.APPLIES: ("([", "])"),
    Outcome.ASK_THE_OFFICE: (">", "]"),
    Outcome.DOES_NOT_APPLY: ("[", "]"),
    Outcome.NOT_IN_FORCE: ("[[", "]]"),
}
_QUESTION: Final = ("{{", "}}")


def mermaid(picture: Picture, words: Words) -> str:
    """The flowchart of an instrument in one language: a subgraph for each duty, a node for each question."""
    title = json.dumps(words.text(picture.title), ensure_ascii=False)
    lines = [f"---\ntitle: {title}\n---", "flowchart TD"]
    for place, panel in enumerate(picture.panels, 1):
        lines += _subgraph(f"d{place}", panel, words)
    return "\n".join(lines) + "\n"


def _subgraph(id_: str, panel: Panel, words: Words) -> Iterator[str]:
    """A duty. Each outcome has one node, as has each question; every edge is between two of these."""
    yield f"  subgraph {id_}[{_quoted(panel.title, words)}]"
    ends = dict.fromkeys(row.to for box in panel.boxes for row in box.rows if isinstance(row.to, Outcome))
    if isinstance(panel.begins, Outcome):
        ends[panel.begins] = None
    for box in panel.boxes:
        yield _node(f"{id_}q{box.number}", box.label, _QUESTION, words)
    for outcome in ends:
        yield _node(f"{id_}_{outcome.value}", panel.end(outcome), _SHAPES[outcome], words)
    for box in panel.boxes:
        for row in box.rows:
            to = f"q{row.to}" if isinstance(row.to, int) else f"_{row.to.value}"
            yield f"    {id_}q{box.number} -->|{_quoted(row.label, words)}| {id_}{to}"
    yield "  end"


def _node(id_: str, label: Part, shape: tuple[str, str], words: Words) -> str:
    return f"    {id_}{shape[0]}{_quoted(label, words)}{shape[1]}"


def _quoted(part: Part, words: Words) -> str:
    """A text within quotes, where Mermaid takes all characters but these for what they are."""
    text = words.text(part)
    for character in '#&<>"`':
        text = (
            text.replace(character, f"#{ord(character)};") if character != "#" else text.replace("#", "#35;")
        )
    return f'"{text}"'
