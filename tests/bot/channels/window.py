"""A terminal that a test types into and looks at."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import termios

LONGEST = 10.0


class Window:
    """Its two ends: the bot has `source` and `target`, the test the rest."""

    def __init__(self, columns: int = 80) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.source = open(slave, encoding="utf-8")  # noqa: SIM115, PTH123 - closed by `close`
        self.target = open(os.dup(slave), "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above
        self.seen = ""

    def type(self, text: str) -> None:
        """Keys pressed."""
        os.write(self._master, text.encode())

    async def until(self, text: str) -> str:
        """All that has been seen since the last look, up to this text."""
        loop, found = asyncio.get_running_loop(), asyncio.Event()
        unread = bytearray()

        def read() -> None:
            unread.extend(os.read(self._master, 65536))
            if text.encode() in unread.replace(b"\r\n", b"\n"):
                found.set()

        loop.add_reader(self._master, read)
        try:
            async with asyncio.timeout(LONGEST):
                await found.wait()
        finally:
            loop.remove_reader(self._master)
            self.seen += unread.decode().replace("\r\n", "\n")
        return unread.decode().replace("\r\n", "\n")

    @property
    def echoes(self) -> bool:
        """Whether what is typed now shows."""
        return bool(termios.tcgetattr(self.source)[3] & termios.ECHO)

    def close(self) -> None:
        """Close both ends."""
        self.source.close()
        self.target.close()
        os.close(self._master)
