"""The master key: 32 random bytes in a file of its own, outside the database and outside every backup."""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from storage import CannotOpen

_SIZE = 32
_OTHERS = 0o077


class KeyMissing(CannotOpen):
    """A database exists, but the key it was sealed with is not there."""


class KeyWrong(CannotOpen):
    """What is there is not a key, or not the one the database was sealed with."""


class KeyExposed(CannotOpen):
    """The key file can be read by others than its owner."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """Wraps every person's key. `id` names it and tells nothing about it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != _SIZE:
            raise KeyWrong(f"a master key has {_SIZE} bytes, not {len(self.secret)}")

    @property
    def id(self) -> str:
        """8 hexadecimal digits, different for different keys."""
        return hmac.digest(self.secret, b"beian master key id", "sha256")[:4].hex()


KeySource = Callable[[bool], MasterKey]
"""Gives the master key. It is asked with True only if there is no database yet, so a new key may be made."""


def in_file(path: Path) -> KeySource:
    """The key in `path`; made there if there is neither key nor database."""

    def source(fresh: bool) -> MasterKey:
        if fresh and not path.exists():
            return create(path)
        return load(path)

    return source


def load(path: Path) -> MasterKey:
    """The key in `path`. Raises KeyMissing, KeyExposed or KeyWrong."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise KeyExposed(f"the key file can be read by others: chmod 600 {path}")
            text = file.read().strip()
    except FileNotFoundError:
        raise KeyMissing(
            f"the key file is missing: {path} (the database cannot be opened without it)"
        ) from None
    try:
        return MasterKey(b64decode(text, validate=True))
    except (ValueError, KeyWrong):
        raise KeyWrong(f"the key file does not hold a key: {path}") from None


def create(path: Path) -> MasterKey:
    """A new key in `path`, which must not exist: whole on the disk, or not there. Raises FileExistsError."""
    key = MasterKey(secrets.token_bytes(_SIZE))
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(b64encode(key.secret) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename, never over a key that is there
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return key
