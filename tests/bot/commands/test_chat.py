from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.i18n import language
from storage import keys
from storage.database import Database
from tests.bot.commands.terminal import Ended, beian, environment, running
from tests.dialogs.talks import FORM, WEIBO

RESIDENT_ID = "610102199003071238"
PHONE = "13912345678"
NAME = "欧阳若兰"
FIELDS = ("长安夜话", "2345678901", NAME, RESIDENT_ID, "yes", "王芳", PHONE, "video", "done")
PACKAGE = ("长安夜话", NAME, "no", PHONE, "video", "done")


def chat(data: Path, *lines: str, **settings: str) -> Ended:
    """A whole chat by standard input."""
    return beian("chat", data=data, lines=lines, **settings)


def refused(data: Path, **settings: str) -> Result:
    """A chat that does not begin, here in this process."""
    return CliRunner().invoke(main, ["chat"], input="weibo\n", env=environment(data, **settings))


def files(folder: Path) -> dict[str, bytes]:
    """Every file with something in it, but for what SQLite puts beside a database that is only looked at."""
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"}
    return {name: content for name, content in found.items() if content}


def test_a_chat_ends_with_a_receipt_that_came_over_http(tmp_path: Path) -> None:
    """The end of the input waits for it; the office's own file has the record; a restart shows it again."""
    ended = chat(tmp_path, *WEIBO, *FORM, *FIELDS, "send")
    assert (ended.status, ended.err) == (0, "")
    (receipt,) = (line for line in ended.out.splitlines() if line.startswith("Practice receipt PRACTICE-"))
    assert "Nothing was sent to an authority." in receipt
    with closing(sqlite3.connect(tmp_path / "practice-office" / "filings.db")) as ledger:
        assert ledger.execute("SELECT state, revision FROM filings").fetchall() == [("filed", 1)]
    assert ended.out.count("> **********\n") == 2
    assert "**********38" in ended.out
    assert not [secret for secret in (RESIDENT_ID, PHONE) if secret in ended.out]
    assert receipt in chat(tmp_path, "/filings").out.splitlines()


def test_a_killed_chat_goes_on_at_the_same_question(tmp_path: Path) -> None:
    """After kill -9 in the middle of a form, with every answer before it kept."""
    with running("chat", data=tmp_path) as first:
        for line in (*WEIBO, *FORM, *FIELDS[:3]):
            first.type(line)
        question = first.until("What is your resident ID number?")
        first.kill()
    with running("chat", data=tmp_path) as second:
        assert second.until("?") == question
        for line in (*FIELDS[3:], "send"):
            second.type(line)
        assert NAME in second.until("Name: ")
        assert second.until("Practice receipt")


def test_without_an_office_a_chat_ends_with_the_package(tmp_path: Path) -> None:
    """A file for its owner alone, with what was answered in full and nothing that only an office asks."""
    ended = chat(tmp_path, *WEIBO, "prepare the form anyway", *FORM[1:], *PACKAGE, "send", office="none")
    assert (ended.status, ended.err) == (0, "")
    (path,) = (Path(line.rpartition(" ")[2]) for line in ended.out.splitlines() if line.endswith(".json"))
    assert path.parent == tmp_path / "packages"
    assert path.stat().st_mode & 0o777 == 0o600
    package = json.loads(path.read_text(encoding="utf-8"))
    assert package["fields"]["contact_number"] == PHONE
    assert set(package["fields"]) == {"account_name", "real_name", "contact_number", "content_kind"}
    assert package["sent_to"] is None
    assert PHONE not in ended.out


@pytest.mark.parametrize("named", [True, False])
def test_a_real_office_is_offered_by_those_who_say_who_they_are(tmp_path: Path, named: bool) -> None:
    """Without a name and a contact it is not even asked; the operator reads why, the owner is served."""
    operator = {"operator": "Example Ltd", "operator_contact": "help@example.org"} if named else {}
    with running("sandbox", "--port", "0", "--folder", str(tmp_path / "office"), data=tmp_path) as office:
        address = office.until("practice office, no authority: ").rpartition(" ")[2]
        ended = chat(tmp_path / "chat", *WEIBO, office=address, **operator)
    assert ended.status == 0
    assert ("This account is to be registered" in ended.out) == named
    assert ("whether it must still be registered" in ended.out) == (not named)
    assert ("BEIAN_OPERATOR and BEIAN_OPERATOR_CONTACT are not set" in ended.err) == (not named)


def test_half_a_name_is_no_name(tmp_path: Path) -> None:
    """Whoever runs it must also be reachable."""
    ended = chat(tmp_path, office="http://127.0.0.1:1", operator="Example Ltd")
    assert "BEIAN_OFFICE is not used" in ended.err


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"language": "xx"}, "BEIAN_LANGUAGE: a language is en or zh_CN"),
        ({"office": "http://office.example"}, "BEIAN_OFFICE: an office on another machine is spoken to by"),
        ({"office": "nonsense"}, "BEIAN_OFFICE: "),
        ({"office_token": "not a token"}, "BEIAN_OFFICE_TOKEN: "),
        ({"database": "mysql://x/y"}, "BEIAN_DATABASE: a database is sqlite:///a/file or postgresql://"),
        ({"database": "sqlite:///:memory:"}, "BEIAN_DATABASE: a database is sqlite:///a/file or postgresql://"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_at_the_start(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    """In one line that names it; nothing is made."""
    result = refused(tmp_path / "data", **settings)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(f"Error: {told}")
    assert "not a token" not in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("fault", ["missing", "wrong", "exposed"])
def test_without_its_key_a_database_is_not_touched(tmp_path: Path, fault: str) -> None:
    """One line says what to do; no new key is made over what the old one sealed."""
    key, url = tmp_path / "key", f"sqlite:///{tmp_path}/beian.db"
    Database.open(url, keys.in_file(key)).close()
    right = key.read_bytes()
    if fault == "missing":
        key.unlink()
    elif fault == "wrong":
        key.write_bytes(b"A" * 43 + b"=\n")
    else:
        key.chmod(0o644)
    before = files(tmp_path)
    result = refused(tmp_path)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert "key" in result.stderr
    assert files(tmp_path) == before
    key.write_bytes(right)
    key.chmod(0o600)
    Database.open(url, keys.in_file(key)).close()


def test_a_second_chat_over_the_same_data_is_refused(tmp_path: Path) -> None:
    """One process writes; the other says so in one line."""
    with running("chat", data=tmp_path) as first:
        first.until("Which kind of account is it?")
        result = refused(tmp_path)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)


@pytest.mark.parametrize(
    ("setting", "terminal", "spoken"),
    [
        ("zh-Hans", {}, "zh_CN"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("", {}, "en"),
    ],
)
def test_the_language_is_the_one_that_is_set_or_that_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, setting: str, terminal: dict[str, str], spoken: str
) -> None:
    """English if that is none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, terminal.get(name, ""))
    assert language(setting) == spoken


def test_bytes_that_are_no_text_are_no_end(tmp_path: Path) -> None:
    """What cannot be read is asked for again."""
    with running("chat", data=tmp_path, language="zh") as process:
        process.until("您要查的是哪一类账号或网站？")
        process.type(b"\xff\xfe\xed\xa0\x80")
        process.until("选项")
        process.type("微博")
        process.until("微博账号")
