"""Another process on the same database: `python -m tests.storage.other_process WHAT URL`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from storage import conversations
from storage.database import Database
from storage.engines import AlreadyWriting
from tests.storage.samples import CHAT, KEY, NOW, one_turn, settled

_ROOT = Path(__file__).parents[2]


@contextmanager
def other_process(what: str, url: str) -> Iterator[Popen[str]]:
    """One that does `what`, below; killed at the end, if it is still there."""
    command = [sys.executable, "-m", __name__, what, url]
    with Popen(command, cwd=_ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:  # noqa: S603 - ourselves
        yield process
        process.kill()


def heard(process: Popen[str]) -> str:
    """The next line that it says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _say(line: str) -> None:
    """One line to the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _write(url: str) -> None:
    """Make a turn, then say so or what hindered it; keep the database open until killed."""
    try:
        database = Database.open(url, lambda _: KEY)
    except AlreadyWriting as error:
        _say(str(error))
        return
    one_turn(database, CHAT, "one")
    _say("written")
    sys.stdin.read()


def _half(url: str) -> None:
    """Make a turn, and half of another, in which all is written but nothing committed."""
    database = Database.open(url, lambda _: KEY)
    one_turn(database, CHAT, "one")
    with database.transaction() as tx:
        conversations.fresh_updates(tx, [("telegram", "2")], NOW)
        loaded = conversations.load(tx, [CHAT])[CHAT]
        conversations.save(tx, [settled(loaded, "two" * 10_000)], NOW)
        _say("written")
        sys.stdin.read()


def _modules(url: str) -> None:
    """Open, make a turn, close; say which modules that took."""
    database = Database.open(url, lambda _: KEY)
    one_turn(database)
    database.close()
    _say(" ".join(sys.modules))


if __name__ == "__main__":
    {"write": _write, "half": _half, "modules": _modules}[sys.argv[1]](sys.argv[2])
