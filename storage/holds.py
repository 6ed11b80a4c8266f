"""Chats in which nothing may be said for now, because their owner has blocked the bot.

The messages of a held chat are due never: those that wait, and those that its turns write meanwhile.
"""

from __future__ import annotations

from sqlalchemy import Text, bindparam, delete, update

from storage.database import Transaction
from storage.moments import NEVER
from storage.prepared import Prepared
from storage.records import Address
from storage.schema import conversations, messages

_c = conversations.c
_m = messages.c
_PERSON = bindparam("person", type_=Text)
_chat = (_c.channel == bindparam("for_channel", type_=Text), _c.chat == bindparam("for_chat", type_=Text))

# The conversation first, in a statement of its own: it waits for a turn that is being written, and only the
# next statement sees the messages of that turn.
_HOLD = Prepared(update(conversations).where(*_chat).values(held=1).returning(_c.id))
_STOP = Prepared(
    update(messages).where(_m.conversation_id == _PERSON).values(due_at=NEVER, fence=_m.fence + 1)
)
_RESUME = Prepared(update(conversations).where(*_chat, _c.held == 1).values(held=0).returning(_c.id))
_DROP = Prepared(delete(messages).where(_m.conversation_id == _PERSON))


def hold(tx: Transaction, address: Address) -> None:
    """Let nobody claim a message of the chat until `resume`; what is claimed is no longer its worker's.

    For a chat that is not known, do nothing.
    """
    person = tx.run(_HOLD, for_channel=address.channel, for_chat=address.chat).scalar_one_or_none()
    if person is not None:
        tx.run(_STOP, person=person)


def resume(tx: Transaction, address: Address) -> int:
    """End a `hold`, and delete the messages that waited: who comes back wants one answer, not all of them.

    Returns how many there were; 0 if the chat was not held. Messages of a turn saved after it are due.
    """
    person = tx.run(_RESUME, for_channel=address.channel, for_chat=address.chat).scalar_one_or_none()
    return 0 if person is None else tx.run(_DROP, person=person).rowcount
