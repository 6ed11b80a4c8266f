"""Values of `dialogs` in envelopes: encoded, padded, sealed for one person; and back."""

from __future__ import annotations

from typing import Any

import orjson

from dialogs import codec
from storage.records import Unreadable
from storage.vault import Broken, Key

_SMALLEST = 256


def seal(key: Key, value: object, *place: str) -> bytes:
    """An envelope of `value` for `place`. Of its length it tells the next power of two only."""
    plain = orjson.dumps(codec.encode(value))
    return key.seal(plain.ljust(max(_SMALLEST, 1 << (len(plain) - 1).bit_length())), *place)


def unseal(key: Key, envelope: bytes, table: str, column: str, row: str, person: str) -> Any:
    """The value that was sealed there. Raises Unreadable."""
    try:
        return codec.decode(orjson.loads(key.open(envelope, table, column, row, person)))
    except (Broken, KeyError, TypeError, ValueError):
        raise Unreadable(table, row) from None
