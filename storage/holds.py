"""Chats in which nothing may be said for now, because their owner has blocked the bot.

Of a held chat only those messages are kept that matter whenever their owner comes back, such as an office's
answer. They are due never, until then.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Text, bindparam, delete, update

from storage.database import Transaction
from storage.moments import NEVER, micros
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
_DROP = Prepared(delete(messages).where(_m.conversation_id == _PERSON, _m.lasting == 0))
_DUE = Prepared(
    update(messages)
    .where(_m.conversation_id == _PERSON)
    .values(due_at=bindparam("now", type_=BigInteger))
    .returning(_m.id)
)


def hold(tx: Transaction, address: Address) -> None:
    """Delete the chat's messages but those that last, and let nobody claim these until `resume`.

    What is claimed is no longer its worker's. For a chat that is not known, do nothing.
    """
    person = tx.run(_HOLD, for_channel=address.channel, for_chat=address.chat).scalar_one_or_none()
    if person is not None:
        tx.run(_DROP, person=person)
        tx.run(_STOP, person=person)


def resume(tx: Transaction, address: Address, now: datetime) -> int:
    """End a `hold`: what was kept is due `now`, before all that is said from now on.

    Returns how many messages that are; 0 if the chat was not held.
    """
    person = tx.run(_RESUME, for_channel=address.channel, for_chat=address.chat).scalar_one_or_none()
    if person is None:
        return 0
    tx.run(_DROP, person=person)  # versions before 0003 kept all that waited
    return len(tx.run(_DUE, person=person, now=micros(now)).all())
