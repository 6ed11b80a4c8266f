"""Logs that cannot betray an owner: fixed messages, a few allowed fields, exceptions without their words."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

log = logging.getLogger(__name__)

OURS = ("bot", "dialogs", "storage")
FIELDS = ("event", "why", "row", "state", "status", "method", "count", "seconds")
"""What may stand beside a message, as `extra`. None of them holds what a person said, or who they are."""

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Prints the message as it stands in our source, the allowed fields, and where an exception came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the frames of an exception. Of a message of others its place only: it may quote."""
        ours = record.name.partition(".")[0] in OURS
        said = record.msg if ours else f"{record.filename}:{record.lineno}"
        fields = "".join(f" {name}={record.__dict__[name]}" for name in FIELDS if name in record.__dict__)
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}{fields}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - the name is logging's
        """An exception and its causes by type and place; their texts may quote what was typed."""
        _, error, _ = ei
        lines: list[str] = []
        while error is not None:
            lines.extend(
                f"  {frame.filename}:{frame.lineno} in {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            )
            lines.append(f"  {type(error).__name__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def set_up(level: int = logging.WARNING) -> None:
    """All logging to standard error, with all that Python would print there itself; set once, at start."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = sys.unraisablehook = _lost


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python would print itself, with the words of the exception."""
    log.critical("uncaught", exc_info=(kind, error, trace))


def _lost(caught: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
    """The same of a thread or a finaliser."""
    _uncaught(caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback)
