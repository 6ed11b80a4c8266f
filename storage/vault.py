"""Sealing with AES-256-GCM: a key for each person, wrapped by the master key.

An envelope is version, key id, nonce, ciphertext. What it was sealed for (table, column, row, person) is
authenticated with it, so an envelope moved to another place does not open.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import KeyWrong, MasterKey

_VERSION = b"\x01"
_ID = 4
_NONCE = 12
_HEADER = len(_VERSION) + _ID
_SENTINEL = b"beian"


class Broken(Exception):
    """An envelope does not open: another key's, moved from another place, cut or changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret, by which envelopes are sealed and opened."""

    id: bytes
    cipher: AESGCM = field(repr=False)

    def seal(self, plain: bytes, *place: str) -> bytes:
        """An envelope for `place`: table, column, row, person."""
        header = _VERSION + self.id
        nonce = secrets.token_bytes(_NONCE)
        return header + nonce + self.cipher.encrypt(nonce, plain, header + _written(place))

    def open(self, envelope: bytes, *place: str) -> bytes:
        """What was sealed for `place`. Raises Broken."""
        header, nonce = envelope[:_HEADER], envelope[_HEADER : _HEADER + _NONCE]
        if header != _VERSION + self.id or len(nonce) != _NONCE:
            raise Broken("an envelope of another key or version")
        try:
            return self.cipher.decrypt(nonce, envelope[_HEADER + _NONCE :], header + _written(place))
        except InvalidTag:
            raise Broken("an envelope that does not open here") from None


def _written(place: tuple[str, ...]) -> bytes:
    """`place` as bytes; no two places give the same, as no id holds a NUL."""
    return "\0".join(place).encode()


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A person's key, with its wrapped form as the conversation's row keeps it."""

    key: Key
    wrapped: bytes = field(repr=False)


class Vault:
    """Makes and unwraps the keys of persons, and secrets. `person` is (conversation id, channel, chat)."""

    def __init__(self, master: MasterKey) -> None:
        self.key_id = master.id
        self._master = Key(bytes.fromhex(master.id), AESGCM(master.secret))

    def new_person(self, *person: str) -> PersonKey:
        """A new random key."""
        secret = AESGCM.generate_key(256)
        key_id = secrets.token_bytes(_ID)
        return PersonKey(
            Key(key_id, AESGCM(secret)), self._master.seal(key_id + secret, *_wrapped_for(person))
        )

    def person(self, wrapped: bytes, *person: str) -> PersonKey:
        """The key that `new_person` made. Raises Broken."""
        opened = self._master.open(wrapped, *_wrapped_for(person))
        return PersonKey(Key(opened[:_ID], AESGCM(opened[_ID:])), wrapped)

    def seal_secret(self, secret: bytes, name: str) -> bytes:
        """An envelope of a secret that is no person's."""
        return self._master.seal(secret, *_secret_for(name))

    def open_secret(self, envelope: bytes, name: str) -> bytes:
        """The secret of that name. Raises Broken."""
        return self._master.open(envelope, *_secret_for(name))

    def sentinel(self) -> bytes:
        """An envelope by which the master key is known again."""
        return self._master.seal(_SENTINEL, "vault", "sentinel", self.key_id, "")

    def check(self, sentinels: dict[str, bytes]) -> None:
        """Raise KeyWrong unless the database with these `sentinels`, by key id, was sealed with this key."""
        envelope = sentinels.get(self.key_id, b"")
        try:
            self._master.open(envelope, "vault", "sentinel", self.key_id, "")
        except Broken:
            raise KeyWrong("the key is not the one the database was sealed with") from None


def _wrapped_for(person: tuple[str, ...]) -> tuple[str, ...]:
    """The place of a person's wrapped key."""
    return ("conversations", "key", *person)


def _secret_for(name: str) -> tuple[str, ...]:
    """The place of a secret."""
    return ("secrets", "secret", name, "")
