"""Methods that send."""

from __future__ import annotations

from typing import Any

from tests.telegram.chats import Chat
from tests.telegram.errors import Json, bad_request, flood
from tests.telegram.files import File
from tests.telegram.keyboards import keyboard_of
from tests.telegram.parameters import Asked
from tests.telegram.state import State
from tests.telegram.wording import caption_of, text_of


def send_message(state: State, asked: Asked) -> Json:
    """`sendMessage`."""
    return _send(state, asked, text_of(asked))


def send_document(state: State, asked: Asked) -> Json:
    """`sendDocument`: a file that is uploaded, or one that is known by its id."""
    return _send(state, asked, _document(state, asked) | caption_of(asked))


def _send(state: State, asked: Asked, content: Json) -> Json:
    chat = state.chat(asked, "write")
    keyboard = keyboard_of(asked, private=chat.kind == "private")
    content = content | _replied_to(chat, asked.json("reply_parameters"))
    asked.boolean("disable_notification")
    asked.boolean("protect_content")
    wait = state.rates.take(chat.id) if state.rates else 0
    if wait:
        raise flood(wait)
    if keyboard and "inline_keyboard" not in keyboard:
        chat.reply_keyboard = None if "remove_keyboard" in keyboard else keyboard
    message = chat.add(state.bot, state.clock.unix(), content, keyboard)
    state.clock.bell.ring()
    return message.json()


def _replied_to(chat: Chat, given: Any) -> Json:
    if given is None:
        return {}
    if not isinstance(given, dict) or not isinstance(given.get("message_id"), int):
        raise bad_request("object expected as reply parameters")
    found = chat.messages.get(given["message_id"])
    if found is not None and not found.deleted:
        return {"reply_to_message": found.json()}
    if given.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _document(state: State, asked: Asked) -> Json:
    name = asked.text("document").removeprefix("attach://") or "document"
    upload = asked.files.get(name)
    if upload is None:
        if not asked.text("document"):
            raise bad_request("there is no document in the request")
        return {"document": state.files.find(asked.text("document")).json()}
    if not upload.content:
        raise bad_request("file must be non-empty")
    file = state.files.keep("documents", upload.name, upload.content)
    return {"document": document(file, upload.name, upload.kind)}


def document(file: File, name: str, kind: str) -> Json:
    """A file as a document."""
    return file.json() | {"file_name": name, "mime_type": kind}
