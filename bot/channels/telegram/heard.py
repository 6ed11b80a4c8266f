"""What an update says. Both libraries name its parts as Telegram does, so one reading serves both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What kind of update it is, as far as Beian tells them apart."""

    TEXT = "text"
    PRESS = "press"
    CONTACT = "contact"
    OTHERS_CONTACT = "others_contact"
    EDITED = "edited"
    UNREADABLE = "unreadable"
    GROUP = "group"
    BLOCKED = "blocked"
    RETURNED = "returned"
    IGNORED = "ignored"


AWAY = ("kicked", "left")
"""How Telegram calls it that the bot is not, or no longer, in a chat."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One update. `text` is what was typed, a button's data, a phone number, or in a group the bot spoken to.

    `press` is the id by which a button press is answered. `album` groups the parts of one album.
    """

    update: int
    kind: Kind
    chat: str = ""
    text: str = ""
    language: str = ""
    press: str = ""
    album: str = ""


def heard(update: Any) -> Heard:
    """What a decoded update says. Raises TypeError for words that are none: not every library looks."""
    found = _heard(update)
    words: tuple[Any, ...] = (found.text, found.language)
    if not all(isinstance(one, str) for one in words):
        raise TypeError("words of another type")
    return found


def _heard(update: Any) -> Heard:
    if update.callback_query is not None:
        return _press(update)
    if update.my_chat_member is not None:
        return _membership(update)
    if update.edited_message is not None:
        return _message(update.update_id, update.edited_message, edited=True)
    if update.message is not None:
        return _message(update.update_id, update.message, edited=False)
    return Heard(update.update_id, Kind.IGNORED)


def _press(update: Any) -> Heard:
    """A press belongs to who pressed. A button that stands in another's chat says nothing in their own."""
    query = update.callback_query
    if query.message is None or query.data is None or query.message.chat.type != "private":
        return Heard(update.update_id, Kind.IGNORED, press=str(query.id))
    presser, own = query.from_user, query.message.chat.id == query.from_user.id
    return Heard(
        update.update_id,
        Kind.PRESS,
        str(presser.id),
        query.data if own else "",
        presser.language_code or "",
        press=str(query.id),
    )


def _membership(update: Any) -> Heard:
    """What became of the bot in a chat. It introduces itself where it has come to, but not in a channel."""
    changed = update.my_chat_member
    before, status = changed.old_chat_member.status, changed.new_chat_member.status
    if changed.chat.type == "private":
        kind = Kind.BLOCKED if status in AWAY else Kind.RETURNED
    else:
        joined = before in AWAY and status not in AWAY and changed.chat.type != "channel"
        kind = Kind.GROUP if joined else Kind.IGNORED
    language = changed.from_user.language_code or ""
    return Heard(update.update_id, kind, str(changed.chat.id), language=language)


def _message(update: int, message: Any, *, edited: bool) -> Heard:
    chat, sender = str(message.chat.id), message.from_user
    language = (sender.language_code or "") if sender is not None else ""
    if message.chat.type != "private":
        return Heard(update, Kind.IGNORED) if edited else _in_group(update, message, chat, language)
    kind, text = (Kind.EDITED, "") if edited else _said(message)
    album = "" if edited else message.media_group_id or ""
    return Heard(update, kind, chat, text, language, album=album)


def _in_group(update: int, message: Any, chat: str, language: str) -> Heard:
    """A group hears one line when a bot is spoken to by a command; `text` is its name, if it was named."""
    if not message.text or not message.text.startswith("/"):
        return Heard(update, Kind.IGNORED, chat)
    named = message.text.split(maxsplit=1)[0].partition("@")[2]
    return Heard(update, Kind.GROUP, chat, named, language)


def _said(message: Any) -> tuple[Kind, str]:
    if message.text is not None:
        return Kind.TEXT, message.text
    if message.contact is not None:
        own = message.contact.user_id == message.from_user.id
        return (Kind.CONTACT, message.contact.phone_number) if own else (Kind.OTHERS_CONTACT, "")
    return Kind.UNREADABLE, ""


_ID = re.compile(r"-?[0-9]{1,20}")


def encodable(raw: Any) -> Any:
    """What Telegram sent, with a replacement for every half of a surrogate pair, which nobody can send."""
    if isinstance(raw, str):
        return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(raw, dict):
        return {encodable(name): encodable(value) for name, value in raw.items()}
    return [encodable(one) for one in raw] if isinstance(raw, list) else raw


def undecoded(raw: dict[str, Any]) -> Heard:
    """What can be told of an update that could not be decoded: whose private chat it is, and a press's id."""
    press = raw.get("callback_query")
    pressed = _id(press.get("id")) if isinstance(press, dict) else ""
    whose = (_chat(raw.get("message")), _chat(raw.get("edited_message")), _chat(press))
    chat = next(filter(None, whose), "")
    return Heard(int(raw["update_id"]), Kind.UNREADABLE if chat else Kind.IGNORED, chat, press=pressed)


def _chat(part: Any) -> str:
    """The private chat of a message or a press; '' if that cannot be told."""
    match part:
        case {"chat": {"type": "private", "id": chat}}:
            return _id(chat)
        case {"message": {"chat": {"type": "private"}}, "from": {"id": presser}}:
            return _id(presser)
    return ""


def _id(value: Any) -> str:
    return str(value) if _ID.fullmatch(str(value)) else ""
