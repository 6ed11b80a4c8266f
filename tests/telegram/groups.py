"""Groups and channels, and what becomes of the bot in them."""

from __future__ import annotations

from tests.telegram.chats import Chat, Kind, Membership, User
from tests.telegram.errors import Json
from tests.telegram.state import State


def changes_membership(state: State, chat: Chat, by: User, membership: Membership) -> None:
    """Somebody adds the bot, removes it, blocks it or raises it: it is told by my_chat_member."""
    before = chat.membership
    chat.membership = membership
    told = {
        "chat": chat.json(),
        "from": by.json(),
        "date": int(state.clock.unix()),
        "old_chat_member": _member(state.bot, before),
        "new_chat_member": _member(state.bot, membership),
    }
    state.updates.push("my_chat_member", told, f"membership {chat.id}")


def new_chat(state: State, by: User, kind: Kind, title: str) -> Chat:
    """Somebody makes a group or channel and adds the bot; to a channel, as an administrator."""
    number = len(state.chats) + 1
    chat = Chat(-number - (4_000_000_000 if kind == "group" else 1_002_000_000_000), kind, title)
    state.chats[chat.id] = chat
    changes_membership(state, chat, by, "administrator" if kind == "channel" else "member")
    if kind != "channel":
        state.say(chat, by, {"new_chat_members": [state.bot.json()]})
    return chat


def migrates(state: State, chat: Chat, by: User) -> Chat:
    """A group becomes a supergroup: with a new id, which the old chat tells from then on."""
    new = Chat(-1_001_000_000_000 + chat.id, "supergroup", chat.title, membership=chat.membership)
    state.chats[new.id] = new
    state.say(chat, by, {"migrate_to_chat_id": new.id})
    state.say(new, by, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = new.id
    return new


def _member(bot: User, membership: Membership) -> Json:
    told: Json = {"user": bot.json(), "status": "left" if membership == "never" else membership}
    if membership == "kicked":
        return told | {"until_date": 0}
    if membership == "administrator":
        return told | dict.fromkeys(RIGHTS, True)
    return told


RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_post_messages "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_edit_messages "
    "can_post_stories can_edit_stories can_delete_stories can_send_welcome_messages"
).split()
