"""What was called, and what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.telegram.chats import Chat, Entry, Message
from tests.telegram.errors import Json, Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes over the line; status 0 cuts it."""

    status: int
    body: bytes
    retry_after: int = 0


CUT = Answer(0, b"")


def told(result: Any) -> Answer:
    """A success."""
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def refused(refusal: Refused) -> Answer:
    """A refusal."""
    said: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        said["parameters"] = refusal.parameters
    return Answer(refusal.status, json.dumps(said).encode(), refusal.parameters.get("retry_after", 0))


@dataclass(slots=True)
class Call:
    """A call. `acted` says whether it had its effect, `answer` what was told, None if nobody waited for it.

    `planned` says that a fault was scripted for it.
    """

    method: str
    parameters: Mapping[str, str]
    at: datetime
    acted: bool = False
    planned: bool = False
    hung_up: bool = False
    answer: Answer | None = None

    @property
    def status(self) -> int:
        """The HTTP status; 0 if there was no answer."""
        return self.answer.status if self.answer else 0

    @property
    def chat_id(self) -> int:
        """The chat it was about, or 0."""
        return int(self.parameters.get("chat_id", "0"))

    @property
    def description(self) -> str:
        """What a refusal said; empty if the answer is none."""
        said = json.loads(self.answer.body) if self.answer and self.answer.body.startswith(b"{") else {}
        return str(said.get("description", ""))


def transcript(chat: Chat) -> str:
    """All that was ever seen in a chat, as it happened.

    `>` somebody says, `> [label]` presses, `>~ n` edits message n, `>x n` deletes it;
    `<` the bot says, `<~ n`, `<x n` likewise, `<! ` pops up. Buttons: `[inline]`, `(below the chat)`.
    """
    return "".join(f"{line}\n" for entry in chat.history for line in _entry(entry))


def screen(chat: Chat) -> str:
    """What is to be seen in a chat now."""
    return "".join(
        f"{line}\n"
        for message in chat.visible()
        for line in _shown("<" if message.of_bot else ">", message, message.text, message.keyboard)
    )


def _entry(entry: Entry) -> Iterator[str]:
    match entry.mark[1:]:
        case "x":
            yield f"{entry.mark} {entry.message.id}"
        case "~":
            yield from _shown(f"{entry.mark} {entry.message.id}", entry.message, entry.text, entry.keyboard)
        case "!" | "[":
            yield f"{entry.mark.rstrip('[')} {entry.text}"
        case _:
            yield from _shown(entry.mark, entry.message, entry.text, entry.keyboard)


def _shown(mark: str, message: Message, text: str, keyboard: Json | None) -> Iterator[str]:
    lines = text.splitlines()
    thing = next((name for name in message.content if name not in {*TEXTUAL, *BESIDES}), None)
    if thing is not None:
        named = message.content[thing].get("file_name") if isinstance(message.content[thing], dict) else None
        lines.insert(0, f"({thing}{f' {named}' if named else ''})")
    for line in lines:
        yield f"{mark} {line}".rstrip()
    for row in (keyboard or {}).get("inline_keyboard", []):
        yield f"{mark[0]}   " + " ".join(f"[{button['text']}]" for button in row)
    for row in (keyboard or {}).get("keyboard", []):
        yield f"{mark[0]}   " + " ".join(f"({button['text']})" for button in row)


TEXTUAL = {"text", "entities", "caption", "caption_entities"}
BESIDES = {"reply_to_message", "forward_origin", "media_group_id"}
