from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner

from bot.cli import main
from bot.commands.mending import look, mendable, places_of
from bot.settings import Settings
from storage.database import Database
from storage.keys import create
from tests.bot.commands.terminal import beian, environment, running
from tests.storage.samples import KEY

FOLDER = "; it must be a folder that can be written to, such as /var/lib/beian"
FILE = "; it must be sqlite:///a/file in a folder that can be written to, such as sqlite:////var/lib/beian.db"
KEY_FILE = "; it must be a file in a folder that is there, such as /etc/beian/key"


def a_file(tmp_path: Path) -> Path:
    """A file that is not what is looked for."""
    path = tmp_path / "file"
    path.write_text("a text of somebody else's", encoding="utf-8")
    path.chmod(0o600)
    return path


def nowhere(tmp_path: Path) -> Path:
    """A file in a folder that is not there."""
    return tmp_path / "nowhere" / "file"


def a_folder(tmp_path: Path) -> Path:
    """A folder."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


Made = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("setting", "made", "line"),
    [
        ("data", a_file, "BEIAN_DATA: {path} is not a folder" + FOLDER),
        ("data", lambda tmp: a_file(tmp) / "below", "BEIAN_DATA: {path.parent} is not a folder" + FOLDER),
        ("data", lambda _: Path("/proc/beian"), "BEIAN_DATA: {path}: No such file or directory" + FOLDER),
        ("database", a_file, "BEIAN_DATABASE: {path} is not a database" + FILE),
        ("database", nowhere, "BEIAN_DATABASE: there is no folder {path.parent}" + FILE),
        ("database", a_folder, "BEIAN_DATABASE: {path} is a folder" + FILE),
        ("key_file", a_file, "BEIAN_KEY_FILE: the key file does not hold a key: {path}"),
        ("key_file", nowhere, "BEIAN_KEY_FILE: there is no folder {path.parent}" + KEY_FILE),
        ("key_file", a_folder, "BEIAN_KEY_FILE: {path} is a folder" + KEY_FILE),
    ],
)
def test_a_place_where_nothing_can_be_kept_is_named(
    tmp_path: Path, setting: str, made: Made, line: str
) -> None:
    """In one line, with an example; nothing is made, and what was there is as it was."""
    path = made(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    value = f"sqlite:///{path}" if setting == "database" else str(path)
    env = environment(tmp_path / "data", office="none") | {f"BEIAN_{setting.upper()}": value}
    result = CliRunner().invoke(main, ["chat"], env=env)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: {line.format(path=path)}\n"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("there", [False, True])
def test_places_that_will_do_are_passed(tmp_path: Path, there: bool) -> None:
    """Those that are still to be made, and those that are in use."""
    settings = Settings(data=tmp_path / "data", key_file=tmp_path / "key")
    if there:
        settings.data.mkdir()
        key = create(settings.key_path)
        Database.open(settings.database_url, lambda _: key).close()
    before = sorted(tmp_path.rglob("*"))
    look(places_of(settings))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_chat_that_is_open_elsewhere_is_not_opened_again(tmp_path: Path) -> None:
    """Said as an owner understands it."""
    Database.open(f"sqlite:///{tmp_path}/beian.db", lambda _: KEY).close()
    with running("chat", data=tmp_path / "chat", office="none") as first:
        first.until("Which kind of account is it?")
        ended = beian("chat", data=tmp_path / "chat", office="none")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("Error: this chat is already open in another window or process: ")
    assert len(ended.err.splitlines()) == 1


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """Without the password."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    ended = beian("chat", data=tmp_path / "data", database=f"postgresql://name:s3cret@127.0.0.1:{port}/name")
    assert (ended.status, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert ended.err.startswith("Error: BEIAN_DATABASE: the server: ")
    assert "s3cret" not in ended.err


@pytest.mark.parametrize("command", [("chat",), ("sandbox", "--port", "0")])
def test_a_practice_office_that_cannot_keep_anything_is_one_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """By itself and within a chat."""
    (tmp_path / "practice-office").mkdir()
    (tmp_path / "practice-office" / "filings.db").write_text("a text " * 200, encoding="utf-8")
    ended = beian(*command, data=tmp_path)
    assert ended.status == 1
    assert ended.err == (
        f"Error: BEIAN_DATA: {tmp_path}: the practice office cannot use its filings.db there:"
        " file is not a database\n"
    )


def test_a_practice_office_needs_a_free_port(tmp_path: Path) -> None:
    """One that is taken is refused with both options and an example."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = beian("sandbox", "--port", str(port), data=tmp_path / "data")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"Error: --host 127.0.0.1 --port {port}: Address already in use; ")
    assert "such as --host 127.0.0.1 --port 8018" in ended.err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    """With exit code 2."""
    ended = beian("sandbox", "--port", port, data=tmp_path / "data")
    assert (ended.status, ended.out) == (2, "")
    assert "Invalid value for '--port'" in ended.err


def test_a_practice_office_needs_a_folder(tmp_path: Path) -> None:
    """The option is named, not the setting that it stands for."""
    ended = beian("sandbox", "--port", "0", "--folder", str(a_file(tmp_path)), data=tmp_path)
    assert ended.status == 1
    assert ended.err.startswith(f"Error: --folder: {tmp_path / 'file'}: File exists; it must be a folder")


def test_what_is_merely_logged_does_not_stand_in_the_chat(tmp_path: Path) -> None:
    """An office that cannot be reached is no error; the owner is served without it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    named = {"operator": "Example Ltd", "operator_contact": "help@example.org"}
    ended = beian("chat", data=tmp_path, lines=("weibo",), office=address, **named)
    assert (ended.status, ended.err) == (0, "")
    assert "A Weibo account." in ended.out


def test_other_mistakes_are_ours(tmp_path: Path) -> None:
    """They are not taken for the operator's."""
    with pytest.raises(LookupError), mendable({"BEIAN_DATA": tmp_path}):
        raise LookupError


def test_what_stands_outside_all_places_is_told_as_it_is(tmp_path: Path) -> None:
    """A file that no setting names."""
    with pytest.raises(ClickException, match=r"^/elsewhere: gone$"), mendable({"BEIAN_DATA": tmp_path}):
        raise FileNotFoundError(2, "gone", "/elsewhere")


@pytest.mark.parametrize("command", [("chat",), ("check",), ("rules", "check"), ("sandbox", "--port", "0")])
def test_a_command_that_nobody_can_hear_ends_quietly(tmp_path: Path, command: tuple[str, ...]) -> None:
    """With exit code 1 and without a word."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        ended = beian(*command, data=tmp_path, out=full)
    assert (ended.status, ended.err) == (1, "")


def test_what_nobody_heard_is_said_the_next_time(tmp_path: Path) -> None:
    """It stays in the database until it is shown."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        beian("chat", data=tmp_path, out=full, office="none")
    with closing(sqlite3.connect(tmp_path / "beian.db")) as database:
        assert database.execute("SELECT count(*) FROM messages").fetchone() == (1,)
