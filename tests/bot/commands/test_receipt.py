from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.receipt import MOST_BYTES
from bot.papers.making import made
from bot.papers.seal import ReceiptKey
from dialogs.messages import ReceiptPaper, T
from storage import keys, secrets
from storage.database import Database
from tests.bot.commands.terminal import Ended, beian
from tests.bot.papers.samples import DATA, REFERENCE, SENT

FACTS = """\
  number: PRACTICE-2026-004217
  office: Practice office
  issued: 2026-11-20T06:32:00+00:00
  reference: BN-0123456789ABCDEF
  revision: 1
  rulebook version: 0123abcd
  practice run: yes, nothing went to an authority
"""
NEEDED = (
    "Error: only the key of the bot that made a receipt can verify it; that is kept in the bot's database."
    " Set BEIAN_DATA, or BEIAN_DATABASE and BEIAN_KEY_FILE, as for the bot. Now: "
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a bot keeps that has begun once."""
    folder = tmp_path_factory.mktemp("data")
    beian("chat", data=folder, office="none")
    return folder


@pytest.fixture(scope="module")
def receipts(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a receipt of that bot, by their formats."""
    folder = tmp_path_factory.mktemp("receipts")
    database = Database.open(f"sqlite:///{data}/beian.db", keys.in_file(data / "key"), read_only=True)
    with database.reading() as tx:
        key = ReceiptKey(secrets.load(tx, secrets.RECEIPTS) or b"")
    database.close()
    facts = {**dict(DATA), "proof": key.prove(SENT)}
    paper = ReceiptPaper(REFERENCE, T("Yes"), (("姓名", "李华"),), (), tuple(facts.items()))
    for name, _kind, content in made(paper, "zh_CN", key.seal):
        (folder / f"receipt.{name.rpartition('.')[2]}").write_bytes(content)
    (folder / "sent.json").write_bytes(SENT)
    return folder


@pytest.fixture(autouse=True)
def _nothing_is_written(data: Path) -> Iterator[None]:
    """Verifying changes nothing that the bot keeps."""
    before = {path: path.read_bytes() for path in data.iterdir() if not path.name.endswith("-shm")}
    yield
    assert {path: path.read_bytes() for path in before} == before


def verify(file: Path, *more: str | Path, data: Path, **settings: str) -> Ended:
    """What the command says."""
    return beian("receipt", "verify", str(file), *map(str, more), data=data, **settings)


@pytest.mark.parametrize("kind", ["pdf", "html", "json"])
def test_a_genuine_receipt_is_told_with_its_facts(data: Path, receipts: Path, kind: str) -> None:
    """In plain words, with exit code 0."""
    file = receipts / f"receipt.{kind}"
    ended = verify(file, data=data)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"{file}: genuine, exactly as this bot made it\n{FACTS}"


def test_what_the_office_has_is_held_against_the_proof(data: Path, receipts: Path) -> None:
    """To the byte."""
    sent, file = receipts / "sent.json", receipts / "receipt.pdf"
    ended = verify(file, "--sent", sent, data=data)
    assert (ended.status, ended.out.splitlines()[-1]) == (
        0,
        f"{sent}: exactly what was sent for this receipt",
    )
    other = receipts / "other.json"
    other.write_bytes(SENT + b"\n")
    ended = verify(file, "--sent", other, data=data)
    assert (ended.status, ended.out.splitlines()[-1]) == (1, f"{other}: not what was sent for this receipt")


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_file_whose_data_alone_are_genuine_is_altered(data: Path, receipts: Path, kind: str) -> None:
    """What it shows may be anything."""
    file = receipts / f"changed.{kind}"
    file.write_bytes((receipts / f"receipt.{kind}").read_bytes() + b"\n")
    ended = verify(file, data=data)
    assert (ended.status, ended.err) == (1, "")
    assert ended.out == (
        f"{file}: altered: what it shows cannot be relied on. Only the data within it are as this bot made"
        f" them:\n{FACTS}"
    )


def test_an_altered_receipt_is_told(data: Path, receipts: Path) -> None:
    """And none of what it says; whatever is held against it proves nothing."""
    file = receipts / "changed.json"
    file.write_text((receipts / "receipt.json").read_text().replace("004217", "004218"))
    for more in ((), ("--sent", receipts / "sent.json")):
        ended = verify(file, *more, data=data)
        assert (ended.status, ended.err) == (1, "")
        assert ended.out == (
            f"{file}: altered, or made by another bot: its seal does not fit, and nothing it says can be"
            " relied on\n"
        )


def test_what_is_no_receipt_is_told(data: Path, receipts: Path) -> None:
    """With exit code 2, however large."""
    ended = verify(receipts / "sent.json", data=data)
    assert (ended.status, ended.out) == (2, f"{receipts}/sent.json: not a receipt\n")
    large = receipts / "large"
    large.write_bytes(bytes(MOST_BYTES + 1))
    ended = verify(large, data=data)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == (
        f"Error: {large}: larger than any receipt, or anything sent for one ({MOST_BYTES} bytes)\n"
    )


def test_without_the_bots_key_nothing_is_said_of_a_receipt(
    data: Path, receipts: Path, tmp_path: Path
) -> None:
    """But what is needed, and which settings name it; nothing is made in its place."""
    file, nowhere = receipts / "receipt.json", tmp_path / "nowhere"
    for settings, fault in (
        ({}, "there is no database of this version here; start the bot once"),
        ({"database": f"sqlite:///{data}/beian.db"}, r"the key file is missing: .*nowhere/key .*"),
        ({"database": f"sqlite:///{file}", "key_file": f"{data}/key"}, "file is not a database"),
    ):
        ended = verify(file, data=nowhere, **settings)
        assert (ended.status, ended.out) == (3, "")
        assert re.fullmatch(f"{re.escape(NEEDED)}{fault}\n", ended.err)
    assert not nowhere.exists()


def test_a_database_without_receipts_has_none_to_verify(receipts: Path, tmp_path: Path) -> None:
    """As one that was never used by a bot."""
    key = keys.in_file(tmp_path / "key")
    Database.open(f"sqlite:///{tmp_path}/beian.db", key).close()
    ended = verify(receipts / "receipt.json", data=tmp_path)
    assert ended.status == 3
    assert ended.err == f"{NEEDED}this bot has no receipt key yet, so it has made no receipt\n"


def test_a_file_that_cannot_be_read_is_named(data: Path, tmp_path: Path) -> None:
    """A folder, or nothing."""
    for file, fault in ((tmp_path, "Is a directory"), (tmp_path / "none", "No such file or directory")):
        ended = verify(file, data=data)
        assert (ended.status, ended.out, ended.err) == (3, "", f"Error: {file}: {fault}\n")
