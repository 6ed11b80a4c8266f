"""A `beian` command in a process of its own, talked to by pipes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE
from typing import IO

ROOT = Path(__file__).parents[3]
LONGEST = 30.0
"""Seconds until a process that does not say what is waited for is killed, and the test fails."""
RUN = [sys.executable, "-c", "from bot.cli import main; main()"]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """That of a terminal which says nothing but these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {f"BEIAN_{name.upper()}": value for name, value in settings.items()}
    return {**kept, "LANG": "C.UTF-8", "BEIAN_DATA": str(data), **given}


@dataclass(frozen=True)
class Ended:
    """What a process that has ended printed, and how it ended."""

    status: int
    out: str
    err: str


def beian(
    *arguments: str, data: Path, lines: tuple[str, ...] = (), out: IO[bytes] | None = None, **settings: str
) -> Ended:
    """A command whose whole input is there from the start. What goes to `out` is not heard here."""
    run = subprocess.run(  # noqa: S603 - our own interpreter on our own command
        [*RUN, *arguments],
        cwd=ROOT,
        env=environment(data, **settings),
        input="".join(f"{line}\n" for line in lines).encode(),
        stdout=out or PIPE,
        stderr=PIPE,
        timeout=LONGEST,
        check=False,
    )
    return Ended(run.returncode, (run.stdout or b"").decode(), run.stderr.decode())


@dataclass
class Process:
    """A command that is running."""

    popen: subprocess.Popen[bytes]
    errors: IO[bytes]
    heard: list[str] = field(default_factory=list)

    def type(self, line: str | bytes) -> None:
        """One line of input."""
        self._pipe(self.popen.stdin).write((line.encode() if isinstance(line, str) else line) + b"\n")
        self._pipe(self.popen.stdin).flush()

    def until(self, text: str) -> str:
        """The first line from now on that holds the text. Raises EOFError if there is none."""
        for raw in self._pipe(self.popen.stdout):
            self.heard.append(raw.decode().rstrip("\n"))
            if text in self.heard[-1]:
                return self.heard[-1]
        raise EOFError(f"{text!r} was not said, but:\n" + "\n".join(self.heard))

    def complained(self) -> bytes:
        """All it has printed to standard error."""
        self.errors.seek(0)
        return self.errors.read()

    def kill(self) -> None:
        """An end without any warning."""
        self.popen.kill()
        self.popen.wait()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


@contextmanager
def running(*arguments: str, data: Path, **settings: str) -> Iterator[Process]:
    """A command with open pipes; killed at the end, or when nothing is heard of it for too long."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603 - our own interpreter on our own command
            [*RUN, *arguments],
            cwd=ROOT,
            env=environment(data, **settings),
            stdin=PIPE,
            stdout=PIPE,
            stderr=errors,
        ) as popen,
    ):
        watch = threading.Timer(LONGEST, popen.kill)
        watch.start()
        try:
            yield Process(popen, errors)
        finally:
            watch.cancel()
            popen.kill()
