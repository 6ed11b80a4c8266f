from __future__ import annotations

import pytest

from storage.keys import KeyWrong, MasterKey
from storage.vault import Broken, Vault

PLACE = ("conversations", "state", "row 1", "person 1")
PERSON = ("row 1", "telegram", "1001")


@pytest.fixture
def vault(master_key: MasterKey) -> Vault:
    """A vault."""
    return Vault(master_key)


def test_what_was_sealed_opens_in_its_place(vault: Vault) -> None:
    """Also when the person's key was wrapped and unwrapped in between; two envelopes are never alike."""
    new = vault.new_person(*PERSON)
    envelopes = {new.key.seal(b"Li Hua", *PLACE) for _ in range(3)}
    again = vault.person(new.wrapped, *PERSON)
    assert len(envelopes) == 3
    assert {again.key.open(envelope, *PLACE) for envelope in envelopes} == {b"Li Hua"}


@pytest.mark.parametrize(
    "place",
    [
        ("messages", "state", "row 1", "person 1"),
        ("conversations", "key", "row 1", "person 1"),
        ("conversations", "state", "row 2", "person 1"),
        ("conversations", "state", "row 1", "person 2"),
        ("conversations", "state", "row 1"),
        ("conversations", "state", "row", " 1person 1"),
    ],
)
def test_what_was_sealed_does_not_open_elsewhere(vault: Vault, place: tuple[str, ...]) -> None:
    """Table, column, row and person are part of the seal."""
    key = vault.new_person(*PERSON).key
    envelope = key.seal(b"Li Hua", *PLACE)
    with pytest.raises(Broken):
        key.open(envelope, *place)


def test_one_changed_bit_breaks_the_seal(vault: Vault) -> None:
    """Wherever it is: version, key id, nonce, text or tag; and so does each missing end."""
    key = vault.new_person(*PERSON).key
    envelope = key.seal(b"Li Hua", *PLACE)
    changed = [
        envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :] for at in range(len(envelope))
    ] + [envelope[:length] for length in range(len(envelope))]
    for one in changed:
        with pytest.raises(Broken):
            key.open(one, *PLACE)


@pytest.mark.parametrize(
    "person", [("row 2", "telegram", "1001"), ("row 1", "web", "1001"), ("row 1", "telegram", "1002")]
)
def test_a_persons_key_belongs_to_one_chat(vault: Vault, person: tuple[str, ...]) -> None:
    """It cannot be moved to another row or address."""
    wrapped = vault.new_person(*PERSON).wrapped
    with pytest.raises(Broken):
        vault.person(wrapped, *person)


def test_another_persons_key_opens_nothing(vault: Vault) -> None:
    """Each person has a key of their own."""
    envelope = vault.new_person(*PERSON).key.seal(b"Li Hua", *PLACE)
    with pytest.raises(Broken):
        vault.new_person(*PERSON).key.open(envelope, *PLACE)


def test_another_master_key_is_told_from_the_right_one(vault: Vault) -> None:
    """By the sentinel; also if it pretends to the right key's id."""
    other = Vault(MasterKey(bytes(32)))
    vault.check({vault.key_id: vault.sentinel()})
    for sentinels in ({}, {other.key_id: other.sentinel()}, {vault.key_id: other.sentinel()}):
        with pytest.raises(KeyWrong):
            vault.check(sentinels)


def test_keys_do_not_show_themselves(vault: Vault, master_key: MasterKey) -> None:
    """Neither the master key nor a person's is in the text of what holds it."""
    person = vault.new_person(*PERSON)
    shown = f"{vault!r} {person!r} {vars(vault)!r}"
    assert repr(master_key.secret) not in shown
    assert repr(person.wrapped) not in shown
    assert "cipher" not in shown
