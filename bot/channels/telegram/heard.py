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
    MOVED = "moved"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Heard:
    """One update. `text` is what was typed, a button's data, a phone number, or a chat's new id.

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
    """What a decoded update says."""
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
    query = update.callback_query
    if query.message is None or query.data is None or query.message.chat.type != "private":
        return Heard(update.update_id, Kind.IGNORED, press=str(query.id))
    return Heard(
        update.update_id,
        Kind.PRESS,
        str(query.message.chat.id),
        query.data,
        query.from_user.language_code or "",
        press=str(query.id),
    )


def _membership(update: Any) -> Heard:
    changed = update.my_chat_member
    status, chat = changed.new_chat_member.status, str(changed.chat.id)
    if changed.chat.type != "private":
        joined = status in ("member", "administrator")
        return Heard(update.update_id, Kind.GROUP if joined else Kind.IGNORED, chat)
    kind = Kind.BLOCKED if status in ("kicked", "left") else Kind.RETURNED
    return Heard(update.update_id, kind, chat, language=changed.from_user.language_code or "")


def _message(update: int, message: Any, *, edited: bool) -> Heard:
    chat, sender = str(message.chat.id), message.from_user
    language = (sender.language_code or "") if sender is not None else ""
    if message.chat.type != "private":
        return _in_group(update, message, chat)
    kind, text = (Kind.EDITED, "") if edited else _said(message)
    return Heard(update, kind, chat, text, language, album=message.media_group_id or "")


def _in_group(update: int, message: Any, chat: str) -> Heard:
    """A group hears one line when the bot is spoken to by a command, and is followed when it moves."""
    if message.migrate_to_chat_id is not None:
        return Heard(update, Kind.MOVED, chat, str(message.migrate_to_chat_id))
    spoken_to = bool(message.text) and message.text.startswith("/")
    return Heard(update, Kind.GROUP if spoken_to else Kind.IGNORED, chat)


def _said(message: Any) -> tuple[Kind, str]:
    if message.text is not None:
        return Kind.TEXT, message.text
    if message.contact is not None:
        own = message.contact.user_id == message.from_user.id
        return (Kind.CONTACT, message.contact.phone_number) if own else (Kind.OTHERS_CONTACT, "")
    return Kind.UNREADABLE, ""


_CHAT = re.compile(r"-?[0-9]{1,20}")


def chat_of(raw: Any) -> str:
    """The private chat of an update that could not be decoded; '' if even that cannot be told."""
    for kind in ("message", "edited_message", "callback_query"):
        part = raw.get(kind) if isinstance(raw, dict) else None
        part = part.get("message", part) if kind == "callback_query" and isinstance(part, dict) else part
        chat = part.get("chat") if isinstance(part, dict) else None
        if isinstance(chat, dict) and chat.get("type") == "private" and _CHAT.fullmatch(str(chat.get("id"))):
            return str(chat["id"])
    return ""
