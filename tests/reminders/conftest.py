from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.reminders.story import START, Story
from tests.storage.samples import KEY

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory: these stories are about clocks, not about disks


@pytest.fixture
def story() -> Iterator[Story]:
    """A story that has not begun yet, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="beian-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        database = Database.open(f"sqlite:///{folder}/beian.db", lambda _: KEY)
        yield Story(database, START)
        database.close()
