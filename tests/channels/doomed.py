"""`beian serve` in processes of its own, each with the step at which it is to be killed.

`python -m tests.channels.doomed SOCKET` imports all once and listens. Every life is a fork of it, so a start
takes a tenth of a second instead of two. A connection reads one life a line, as JSON, and is told its process
id when it begins and its exit code when it ends.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TextIO

from bot import admin, listening, observability, outbox, telegram
from bot.app import App
from bot.channels.telegram import screen
from bot.channels.telegram.with_aiogram import Aiogram
from bot.channels.telegram.with_ptb import Ptb
from bot.commands import serve
from bot.office import client, link, sandbox
from bot.rulebook import rulebook
from dialogs import answered
from tests.channels.steps import die_at

ROOT = Path(__file__).parents[2]
LIBRARIES = {"aiogram": Aiogram, "ptb": Ptb}
SOON = (1,)
"""Seconds until an office is asked again. The gaps grow with time, which here leaps at every kill."""
BEFOREHAND = (admin, listening, outbox, telegram, client, link, sandbox)
"""What `serve` imports only when it is needed."""


@dataclass(frozen=True, slots=True)
class Life:
    """One run of the bot: its settings, its clock at the start, and the step it dies at; '' for none.

    `longest` is how long a message may be in this life, and `log` the file that standard error goes to.
    """

    settings: Mapping[str, str]
    begins: str
    step: str
    nth: int
    longest: int
    log: str

    def json(self) -> str:
        """As one line."""
        return json.dumps(asdict(self))


@contextmanager
def forging() -> Iterator[Path]:
    """The process that all lives are forks of, while it lasts: where it listens."""
    with tempfile.TemporaryDirectory(prefix="beian-forge-") as folder:
        place = Path(folder) / "socket"
        command = (sys.executable, "-m", "tests.channels.doomed", str(place))
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603 - ourselves
            assert process.stdout is not None
            assert process.stdout.readline(), "it did not start"
            try:
                yield place
            finally:
                process.terminate()


def main(place: str) -> None:
    """Listen until ended. Each connection has a process, which has one life at a time."""
    rulebook()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that serve a connection
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        while True:
            connection, _ = door.accept()
            if not os.fork():
                door.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _lives(connection)
                return
            connection.close()


def _lives(connection: socket.socket) -> None:
    """Live every life that is asked for, one after the other, until there is no more."""
    with connection, connection.makefile("rw", encoding="utf-8") as line:
        for asked in line:
            life = Life(**json.loads(asked))
            child = os.fork()
            if not child:
                live(life)
                raise SystemExit
            _tell(line, child)
            _tell(line, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def live(life: Life) -> None:
    """Serve with these settings, until told to stop or killed."""
    _redirect(life.log)
    os.environ.update(life.settings)
    observability.set_up()
    screen.LONGEST = life.longest
    answered.RETRY = SOON
    vars(serve)["App"] = partial(App, clock=_clock(datetime.fromisoformat(life.begins)))
    if life.step:
        die_at(life.step, life.nth, LIBRARIES[life.settings["BEIAN_TELEGRAM_LIBRARY"]])
    serve.run()


def _clock(begins: datetime) -> Callable[[], datetime]:
    """A clock that goes on from `begins`."""
    started = monotonic()
    return lambda: begins + timedelta(seconds=monotonic() - started)


def _redirect(log: str) -> None:
    """A life has no streams but its log."""
    nothing = os.open(os.devnull, os.O_RDWR)
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream, file in ((0, nothing), (1, nothing), (2, told)):
        os.dup2(file, stream)


def _tell(line: TextIO, number: int) -> None:
    line.write(f"{number}\n")
    line.flush()


if __name__ == "__main__":
    main(sys.argv[1])
