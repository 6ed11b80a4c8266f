"""Methods that change what was sent, and those about chats."""

from __future__ import annotations

from tests.telegram.chats import Message
from tests.telegram.errors import Json, bad_request
from tests.telegram.keyboards import inline_of
from tests.telegram.parameters import Asked
from tests.telegram.state import State
from tests.telegram.wording import text_of

DELETABLE = 48 * 3600
WORDS = {"text", "entities"}
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def edit_message_text(state: State, asked: Asked) -> Json:
    """`editMessageText`, of any age. Without reply_markup, the buttons go."""
    content, keyboard = text_of(asked), inline_of(asked)
    message = _own(state, asked)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _changed(state, message, content, keyboard)


def edit_message_reply_markup(state: State, asked: Asked) -> Json:
    """`editMessageReplyMarkup`."""
    keyboard = inline_of(asked)
    message = _own(state, asked)
    return _changed(state, message, message.content, keyboard)


def delete_message(state: State, asked: Asked) -> bool:
    """`deleteMessage`: the bot's own, and in private chats the person's, for 48 hours."""
    chat = state.chat(asked, "write" if asked.text("chat_id").startswith("-") else "delete")
    message = chat.find(asked.integer("message_id"), "delete")
    if not message.of_bot and chat.kind != "private" and chat.membership != "administrator":
        raise bad_request("message can't be deleted")
    if state.clock.unix() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    chat.note("<x", message, state.clock.unix())
    state.clock.bell.ring()
    return True


def get_chat(state: State, asked: Asked) -> Json:
    """`getChat`, with what the libraries insist on."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    more = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return state.chat(asked, "read").json() | more


def leave_chat(state: State, asked: Asked) -> bool:
    """`leaveChat`."""
    chat = state.chat(asked, "edit")
    if chat.kind == "private":
        raise bad_request("chat not found")
    chat.membership = "left"
    state.clock.bell.ring()
    return True


def _own(state: State, asked: Asked) -> Message:
    """The bot's message that is to be edited. One with a keyboard below the chat can never be."""
    message = state.chat(asked, "edit").find(asked.integer("message_id"), "edit")
    if not message.of_bot or "inline_keyboard" not in (message.keyboard or {"inline_keyboard": ()}):
        raise bad_request("message can't be edited")
    return message


def _changed(state: State, message: Message, content: Json, keyboard: Json | None) -> Json:
    others = {name: value for name, value in message.content.items() if name not in WORDS}
    if (others | content, keyboard) == (message.content, message.keyboard):
        raise bad_request(UNCHANGED)
    message.content, message.keyboard = others | content, keyboard
    message.edited = int(state.clock.unix())
    message.chat.note("<~", message, message.edited)
    state.clock.bell.ring()
    return message.json()
