"""A person who uses the bot: what they do reaches it, what it does they see.

All they do is done at once; only `answered` and `sees` wait.
"""

from __future__ import annotations

from tests.telegram import attachments, groups
from tests.telegram.chats import Chat, Kind, Message, User
from tests.telegram.errors import Json
from tests.telegram.presses import Press
from tests.telegram.server import Telegram

PHOTO = b"\xff\xd8\xff\xe0 a photo \xff\xd9"


class Person:
    """Somebody with a private chat with the bot, empty until they write."""

    def __init__(
        self, server: Telegram, user_id: int = 1001, language_code: str = "en", first_name: str = "Li"
    ) -> None:
        self.server = server
        self.user = User(user_id, first_name, language_code)
        self.chat = Chat(user_id, "private", "", self.user)
        self._answers_seen = 0
        assert user_id not in server.state.chats, "there is somebody of that id"
        server.state.chats[self.chat.id] = self.chat

    def sends(self, content: Json, chat: Chat | None = None) -> Message:
        """Sends anything, by default to the bot. The first message to it opens the chat."""
        where = chat or self.chat
        if where is self.chat and where.membership == "never":
            where.membership = "member"
        assert where.membership not in {"kicked", "left"}, "the bot is not here to hear it"
        return self.server.state.say(where, None if where.kind == "channel" else self.user, content)

    def says(self, text: str, chat: Chat | None = None) -> Message:
        """Sends a text."""
        return self.sends(attachments.words(text), chat)

    def starts(self, payload: str = "") -> Message:
        """Opens the chat, perhaps by a link with a payload."""
        return self.says(f"/start {payload}".rstrip())

    def edits(self, message: Message, text: str) -> None:
        """Changes what they said."""
        assert message.by in {self.user, None}, "it is not theirs"
        state = self.server.state
        message.content = attachments.words(text)
        message.edited = int(state.clock.unix())
        message.chat.note(">~", message, message.edited)
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        state.updates.push(kind, message.json(), f"chat {message.chat.id}")

    def deletes(self, message: Message) -> None:
        """Removes a message for both; the bot is not told."""
        message.deleted = True
        message.chat.note(">x", message, self.server.clock.unix())
        self.server.clock.bell.ring()

    def presses(self, label: str, on: Message | None = None) -> Press:
        """Presses a button: of the latest message that has buttons, or of any message that ever had it.

        Raises LookupError if that message was never seen with such a button.
        """
        message = on or self._latest_with_buttons()
        for keyboard in [message.keyboard or {}, *message.chat.keyboards(message)]:
            for row in keyboard.get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return self.forges(str(button["callback_data"]), message, f"[{label}]")
        raise LookupError(f"no button {label!r} among {message.buttons}")

    def forges(self, data: str, on: Message, shown: str = "[forged]") -> Press:
        """Presses a button that was never there, as a program may."""
        state = self.server.state
        on.chat.note(">[", on, state.clock.unix(), shown)
        press = state.presses.add(self.user, on, data)
        state.updates.push("callback_query", press.json(), f"press {self.user.id}")
        return press

    def _latest_with_buttons(self) -> Message:
        for message in reversed(self.chat.visible()):
            if message.buttons:
                return message
        raise LookupError("no message has buttons")

    def sends_sticker(self) -> Message:
        """Sends a sticker."""
        return self.sends(attachments.sticker(self.server.state.files))

    def sends_voice(self) -> Message:
        """Sends a voice message."""
        return self.sends(attachments.voice(self.server.state.files))

    def sends_location(self) -> Message:
        """Sends a place."""
        return self.sends(attachments.location())

    def sends_poll(self) -> Message:
        """Sends a poll."""
        return self.sends(attachments.poll())

    def sends_contact(self, phone: str, of: User | None = None) -> Message:
        """Sends another's contact, who may not be on Telegram."""
        return self.sends(attachments.contact(phone, of))

    def shares_contact(self, phone: str) -> Message:
        """Sends their own contact, as the button for that does."""
        return self.sends(attachments.contact(phone, self.user))

    def sends_photo(self, content: bytes = PHOTO, caption: str = "") -> Message:
        """Sends a photo."""
        return self.sends(attachments.photo(self.server.state.files, content, caption))

    def sends_document(
        self,
        name: str,
        content: bytes,
        kind: str = "application/pdf",
        *,
        caption: str = "",
        size: int | None = None,
    ) -> Message:
        """Sends a file; `size` makes it seem larger than it is."""
        file = self.server.state.files.keep("documents", name, content, size)
        return self.sends(attachments.a_document(file, name, kind, caption))

    def sends_album(self, photos: int = 3) -> list[Message]:
        """Sends several photos as one."""
        album = {"media_group_id": str(13_000_000_000 + len(self.chat.messages))}
        files = self.server.state.files
        return [self.sends(attachments.photo(files, PHOTO, "") | album) for _ in range(photos)]

    def forwards(self, text: str, by: User | None = None) -> Message:
        """Forwards what somebody else wrote."""
        author = by or User(777_000, "Zhang")
        return self.sends(attachments.forwarded(text, author, self.server.clock.unix()))

    def sends_broken(self, content: Json = attachments.BROKEN[0]) -> Message:
        """Sends what no library can decode, though its chat can be read."""
        return self.sends(content)

    def blocks(self) -> None:
        """Blocks the bot."""
        groups.changes_membership(self.server.state, self.chat, self.user, "kicked")

    def returns(self) -> None:
        """Unblocks the bot; most then press Start, which is `starts`."""
        groups.changes_membership(self.server.state, self.chat, self.user, "member")

    def deactivates(self) -> None:
        """Deletes their account."""
        self.user.deactivated = True

    def adds_bot(self, kind: Kind, title: str = "Here") -> Chat:
        """Makes a group or channel and adds the bot; to a channel as an administrator."""
        return groups.new_chat(self.server.state, self.user, kind, title)

    def removes_bot(self, chat: Chat) -> None:
        """Throws the bot out."""
        groups.changes_membership(self.server.state, chat, self.user, "kicked")

    def migrates(self, chat: Chat) -> Chat:
        """Makes a supergroup of a group; returns it."""
        return groups.migrates(self.server.state, chat, self.user)

    async def answered(self, n: int = 1) -> list[Message]:
        """The next `n` new messages of the bot in the private chat, after those that this returned before.

        Raises TimeoutError after ten seconds. Edits do not count: see `sees`.
        """
        wanted = self._answers_seen + n
        await self.server.until(lambda: len(self.chat.of_bot()) >= wanted)
        answers = self.chat.of_bot()[self._answers_seen : wanted]
        self._answers_seen = wanted
        return answers

    async def sees(self, text: str) -> Message:
        """The latest message now on the screen that contains this, once it does. Raises TimeoutError."""
        return await self.server.until(
            lambda: next((one for one in reversed(self.chat.visible()) if text in one.text), None)
        )
