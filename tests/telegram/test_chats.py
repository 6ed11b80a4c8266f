from __future__ import annotations

import pytest

from tests.telegram import groups
from tests.telegram.chats import Kind
from tests.telegram.errors import Refused
from tests.telegram.person import Person
from tests.telegram.raw import Raw

pytestmark = pytest.mark.anyio


async def refused(api: Raw, chat_id: int) -> str:
    """What a message to this chat is refused with."""
    with pytest.raises(Refused) as refusal:
        await api.say("x", chat_id)
    return f"{refusal.value.status} {refusal.value}"


async def test_a_bot_does_not_speak_first(api: Raw, stranger: Person) -> None:
    """Not even to whom it met in a group."""
    group = stranger.adds_bot("group", "G")
    stranger.says("hello", group)
    assert (
        await refused(api, stranger.chat.id) == "403 Forbidden: bot can't initiate conversation with a user"
    )
    stranger.starts()
    assert await api.say("x", stranger.chat.id)


async def test_who_blocks_hears_nothing_until_they_return(api: Raw, person: Person) -> None:
    """The bot is told by my_chat_member; it may still take away what it wrote."""
    number = await api.say("x", person.chat.id)
    person.blocks()
    assert await refused(api, person.chat.id) == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(Refused, match="blocked"):
        await api("editMessageText", chat_id=1001, message_id=number, text="y")
    assert await api("deleteMessage", chat_id=1001, message_id=number)
    with pytest.raises(AssertionError, match="not here to hear"):
        person.says("hello?")
    person.returns()
    assert await api.say("x", person.chat.id)
    told = [update["my_chat_member"] for update in await api("getUpdates")]
    states = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in told]
    assert states == [("member", "kicked"), ("kicked", "member")]


async def test_who_is_gone_is_gone(api: Raw, person: Person) -> None:
    """A deleted account."""
    person.deactivates()
    assert await refused(api, person.chat.id) == "403 Forbidden: user is deactivated"


async def test_a_group_moves(api: Raw, person: Person) -> None:
    """Both chats tell, and the old one refuses with the new id."""
    group = person.adds_bot("group", "G")
    old = await api.say("x", group.id)
    api.server.state.updates.drop()
    moved = person.migrates(group)
    for method, more in (("sendMessage", {"text": "x"}), ("deleteMessage", {"message_id": old})):
        with pytest.raises(Refused, match="group chat was upgraded to a supergroup chat") as refusal:
            await api(method, chat_id=group.id, **more)
        assert refusal.value.parameters == {"migrate_to_chat_id": moved.id}
    assert await api.say("x", moved.id)
    first, second = (update["message"] for update in await api("getUpdates"))
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (group.id, moved.id)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (moved.id, group.id)


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_bot_leaves_or_is_thrown_out(api: Raw, person: Person, kind: Kind) -> None:
    """After that it cannot write there."""
    left = person.adds_bot(kind, "L")
    assert await api("leaveChat", chat_id=left.id) is True
    assert await refused(api, left.id) == f"403 Forbidden: bot is not a member of the {kind} chat"
    kicked = person.adds_bot(kind, "K")
    person.removes_bot(kicked)
    assert await refused(api, kicked.id) == f"403 Forbidden: bot was kicked from the {kind} chat"


async def test_only_administrators_post_in_channels_and_delete_others(api: Raw, person: Person) -> None:
    """A member of a channel cannot post; a member of a group deletes its own words only."""
    channel = person.adds_bot("channel", "C")
    assert await api.say("x", channel.id)
    groups.changes_membership(api.server.state, channel, person.user, "member")
    assert await refused(api, channel.id) == "400 Bad Request: need administrator rights in the channel chat"
    group = person.adds_bot("group", "G")
    theirs = person.says("hi", group)
    with pytest.raises(Refused, match="message can't be deleted"):
        await api("deleteMessage", chat_id=group.id, message_id=theirs.id)
    groups.changes_membership(api.server.state, group, person.user, "administrator")
    assert await api("deleteMessage", chat_id=group.id, message_id=theirs.id)


async def test_a_channel_posts_and_edits(api: Raw, person: Person) -> None:
    """By channel_post and edited_channel_post, from nobody."""
    channel = person.adds_bot("channel", "C")
    api.server.state.updates.drop()
    person.edits(person.says("post", channel), "better")
    first, second = await api("getUpdates")
    assert (first["channel_post"]["sender_chat"]["id"], "from" in first["channel_post"]) == (
        channel.id,
        False,
    )
    assert second["edited_channel_post"]["text"] == "better"


async def test_a_chat_can_be_looked_up_but_not_left_in_private(api: Raw, person: Person) -> None:
    """GetChat tells what the libraries need."""
    told = await api("getChat", chat_id=1001)
    assert (told["id"], told["type"], told["max_reaction_count"]) == (1001, "private", 11)
    with pytest.raises(Refused, match="chat not found"):
        await api("leaveChat", chat_id=1001)
