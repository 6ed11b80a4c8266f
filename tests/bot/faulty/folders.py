"""Where databases are made that need not outlive a power cut."""

from __future__ import annotations

from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - not for secrets


def memory() -> Path | None:
    """A folder in memory, which is fast; None on a machine without one."""
    return _MEMORY if _MEMORY.is_dir() else None
