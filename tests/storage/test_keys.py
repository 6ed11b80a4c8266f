from __future__ import annotations

import stat
from base64 import b64encode
from pathlib import Path

import pytest

from storage import keys
from storage.keys import KeyExposed, KeyMissing, KeyWrong, MasterKey


def test_a_new_key_is_whole_secret_and_its_owners_only(tmp_path: Path) -> None:
    """The file is the one thing in the folder, its owner only can read it, and it gives the same key."""
    path = tmp_path / "key"
    key = keys.create(path)
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.load(path) == key
    assert keys.create(tmp_path / "other") != key


def test_a_key_is_never_made_over_another(tmp_path: Path) -> None:
    """An existing file stays as it is, and no draft is left beside it."""
    path = tmp_path / "key"
    key = keys.create(path)
    with pytest.raises(FileExistsError):
        keys.create(path)
    assert keys.load(path) == key
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o610])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """One line says what to do, and doing it helps."""
    path = tmp_path / "key"
    key = keys.create(path)
    path.chmod(mode)
    with pytest.raises(KeyExposed, match=f"^the key file can be read by others: chmod 600 {path}$"):
        keys.load(path)
    path.chmod(0o600)
    assert keys.load(path) == key


@pytest.mark.parametrize(
    "text", ["", "not a key", b64encode(bytes(31)).decode(), b64encode(bytes(33)).decode()]
)
def test_a_file_without_a_key_is_refused(tmp_path: Path, text: str) -> None:
    """What it holds instead is not repeated."""
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyWrong, match=f"^the key file does not hold a key: {path}$"):
        keys.load(path)


def test_a_missing_key_is_made_only_if_there_is_no_database(tmp_path: Path) -> None:
    """Beside a database, a new key would hide that the old one is lost."""
    source = keys.in_file(tmp_path / "key")
    with pytest.raises(KeyMissing):
        source(False)
    assert list(tmp_path.iterdir()) == []
    key = source(True)
    assert source(False) == source(True) == key


def test_a_key_does_not_show_itself() -> None:
    """Its text names it by its id, which changes with the key."""
    one, other = MasterKey(bytes(range(32))), MasterKey(bytes(32))
    assert repr(one) == "MasterKey()"
    assert one.id != other.id
    assert len(bytes.fromhex(one.id)) == 4
