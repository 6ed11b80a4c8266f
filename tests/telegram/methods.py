"""The methods of the Bot API that there are here, each with the parameters it takes.

A parameter that a method does not take is refused; Telegram would ignore it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.telegram import editing, polling, sending, webhook
from tests.telegram.errors import bad_request
from tests.telegram.parameters import Asked
from tests.telegram.state import State

Does = Callable[[State, Asked], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, what it does, and the names of its parameters."""

    name: str
    does: Does
    takes: frozenset[str]

    def check(self, asked: Asked) -> None:
        """Raises Refused for a parameter that it does not take."""
        unknown = asked.values.keys() - self.takes
        if unknown:
            raise bad_request(f"unknown parameter {', '.join(sorted(unknown))}")


def get_me(state: State, asked: Asked) -> Any:
    """`getMe`. The bot reads every message of its groups."""
    may = ("can_join_groups", "can_read_all_group_messages")
    may_not = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    return state.bot.json() | dict.fromkeys(may, True) | dict.fromkeys(may_not, False)


def answer_callback_query(state: State, asked: Asked) -> bool:
    """`answerCallbackQuery`."""
    asked.boolean("show_alert")
    asked.integer("cache_time")
    state.presses.answer(asked.text("callback_query_id"), asked.text("text"))
    state.clock.bell.ring()
    return True


SENDS = (
    "chat_id message_thread_id disable_notification protect_content reply_parameters reply_markup parse_mode"
)
TABLE: tuple[tuple[str, Does, str], ...] = (
    ("getMe", get_me, ""),
    ("getUpdates", polling.get_updates, "offset limit timeout allowed_updates"),
    (
        "setWebhook",
        webhook.set_webhook,
        "url ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    ("deleteWebhook", webhook.delete_webhook, "drop_pending_updates"),
    ("getWebhookInfo", webhook.get_webhook_info, ""),
    ("sendMessage", sending.send_message, f"{SENDS} text entities link_preview_options"),
    (
        "sendDocument",
        sending.send_document,
        f"{SENDS} document caption caption_entities disable_content_type_detection",
    ),
    (
        "editMessageText",
        editing.edit_message_text,
        "chat_id message_id text parse_mode entities link_preview_options reply_markup",
    ),
    ("editMessageReplyMarkup", editing.edit_message_reply_markup, "chat_id message_id reply_markup"),
    ("deleteMessage", editing.delete_message, "chat_id message_id"),
    ("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert cache_time"),
    ("getFile", lambda state, asked: state.files.offer(asked.text("file_id")), "file_id"),
    ("getChat", editing.get_chat, "chat_id"),
    ("leaveChat", editing.leave_chat, "chat_id"),
    (
        "setMyCommands",
        lambda state, asked: state.profile.set_commands(asked),
        "commands scope language_code",
    ),
    ("getMyCommands", lambda state, asked: state.profile.get_commands(asked), "scope language_code"),
    (
        "setMyDescription",
        lambda state, asked: state.profile.set_text("description", asked),
        "description language_code",
    ),
    (
        "getMyDescription",
        lambda state, asked: state.profile.get_text("description", asked),
        "language_code",
    ),
    (
        "setMyShortDescription",
        lambda state, asked: state.profile.set_text("short_description", asked),
        "short_description language_code",
    ),
    (
        "getMyShortDescription",
        lambda state, asked: state.profile.get_text("short_description", asked),
        "language_code",
    ),
)
METHODS = {name.lower(): Method(name, does, frozenset(takes.split())) for name, does, takes in TABLE}
