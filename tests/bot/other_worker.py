"""Another worker on the same database: `python -m tests.bot.other_worker DATABASE OFFICE`."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from storage.database import Database
from tests.bot.post import Post
from tests.bot.running import House
from tests.dialogs.talks import a_world
from tests.storage.samples import KEY

_ROOT = Path(__file__).parents[2]


@contextmanager
def other_worker(database: str, office: str) -> Iterator[Popen[str]]:
    """One that brings forward what is due, says what it logs, and `done`; killed at the end."""
    command = [sys.executable, "-m", __name__, database, office]
    with Popen(command, cwd=_ROOT, stdout=PIPE, text=True) as process:  # noqa: S603 - ourselves
        yield process
        process.kill()


def _work(url: str, office: str) -> None:
    """Bring forward what is due."""
    logging.basicConfig(format="%(message)s", stream=sys.stdout, level=logging.WARNING)
    database = Database.open(url, lambda _: KEY)
    asyncio.run(Post(House(database, a_world("real"))).work(office))
    database.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    _work(*sys.argv[1:])
