"""Files: what was sent can be fetched for an hour after it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.telegram.clock import Clock
from tests.telegram.errors import NOT_FOUND, Json, bad_request

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LINK_LASTS = 3600


@dataclass(slots=True)
class File:
    """A stored file. `fetchable_until` is in Unix time."""

    id: str
    path: str
    content: bytes = field(repr=False)
    size: int
    fetchable_until: float = 0

    def json(self) -> Json:
        """What every kind of file has in common."""
        return {"file_id": self.id, "file_unique_id": self.id.lower()[-12:], "file_size": self.size}


class Files:
    """All files, by id and by path."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, File] = {}

    def keep(self, folder: str, name: str, content: bytes, size: int | None = None) -> File:
        """Store a file; `size` makes it seem larger than it is."""
        number = len(self._files) + 1
        path = f"{folder}/file_{number}{PurePosixPath(name).suffix}"
        file = File(f"BQACAgIAAxkB{number:08}", path, content, len(content) if size is None else size)
        self._files[file.id] = file
        return file

    def find(self, file_id: str) -> File:
        """A stored file. Raises Refused."""
        if file_id not in self._files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def offer(self, file_id: str) -> Json:
        """A file with the path by which it can be fetched now. Raises Refused."""
        file = self.find(file_id)
        if file.size > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        file.fetchable_until = self._clock.unix() + LINK_LASTS
        return file.json() | {"file_path": file.path}

    def fetch(self, path: str) -> bytes:
        """What lies at this path. Raises Refused if nobody asked for it, or too long ago."""
        now = self._clock.unix()
        for file in self._files.values():
            if file.path == path and now <= file.fetchable_until:
                return file.content
        raise NOT_FOUND
