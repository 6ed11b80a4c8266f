"""Keyboards: what may stand in reply_markup.

Stricter than the original: eight buttons in a row, a hundred in all, and every button does exactly one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.telegram.entities import address_is_sensible
from tests.telegram.errors import Json, Refused, bad_request
from tests.telegram.parameters import Asked

LONGEST_ROW = 8
MOST_BUTTONS = 100
LONGEST_DATA = 64
INLINE_ACTIONS = {"callback_data", "url", "copy_text"}
REPLY_ACTIONS = {"request_contact", "request_location"}


def inline_of(asked: Asked) -> Json | None:
    """The inline keyboard; None if there is none or it is empty. Raises Refused for any other keyboard."""
    markup = keyboard_of(asked, private=True)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def keyboard_of(asked: Asked, *, private: bool) -> Json | None:
    """The keyboard, checked; None if there is none or it is an empty inline one. Raises Refused."""
    markup = asked.json("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kinds = markup.keys() & {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
    if len(kinds) != 1:
        raise bad_request("object expected as reply markup")
    kind = kinds.pop()
    if kind == "inline_keyboard":
        rows = list(_rows(markup, kind, _inline_wrong))
        return {"inline_keyboard": rows} if rows else None
    if kind == "keyboard":
        rows = list(_rows(markup, kind, _reply_wrong))
        asks = {action for row in rows for button in row for action in button.keys() & REPLY_ACTIONS}
        if asks and not private:
            raise bad_request("phone number can be requested in private chats only")
        return markup | {"keyboard": rows}
    return markup


def _rows(markup: Json, kind: str, wrong: Any) -> Iterator[list[Json]]:
    rows = markup[kind]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{kind}" must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or max(map(len, rows), default=0) > LONGEST_ROW:
        raise bad_request("reply markup is too long")
    for row in filter(None, rows):
        for button in row:
            refusal = _text_wrong(button, kind) or wrong(button)
            if refusal:
                raise refusal
        yield row


def _text_wrong(button: Any, kind: str) -> Refused | None:
    name = "inline keyboard" if kind == "inline_keyboard" else "keyboard"
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        return bad_request(f'can\'t parse {name} button: Field "text" must be of type String')
    return None if button["text"].strip() else bad_request(f"{name} button text must be non-empty")


def _inline_wrong(button: Json) -> Refused | None:
    actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if not actions:
        return bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1 or not actions <= INLINE_ACTIONS:
        return bad_request(f"can't parse inline keyboard button: {', '.join(sorted(actions))}")
    data = button.get("callback_data", "-")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
        return bad_request("BUTTON_DATA_INVALID")
    return None if address_is_sensible(button.get("url", "https://-")) else bad_request("BUTTON_URL_INVALID")


def _reply_wrong(button: Json) -> Refused | None:
    actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) <= 1 and actions <= REPLY_ACTIONS:
        return None
    return bad_request(f"can't parse keyboard button: {', '.join(sorted(actions))}")
