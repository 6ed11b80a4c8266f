from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.faulty.folders import memory


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own, in memory where the machine has such."""
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of faults are warned of; none of it is news here."""
    caplog.set_level("CRITICAL")
