from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.observability import FIELDS, Discreet

PLANTED = "李华 11010519491231002X"
OURS = "bot.example"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What the loggers of this test print."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_line_says_what_happened_and_where(output: io.StringIO) -> None:
    """The fixed message, and the fields that may stand beside it."""
    extra = {name: f"the {name}" for name in FIELDS}
    logging.getLogger(OURS).warning("turn failed", extra=extra | {"text": PLANTED, "chat": PLANTED})
    (line,) = output.getvalue().splitlines()
    assert "WARNING bot.example: turn failed" in line
    assert all(f"{name}=the {name}" in line for name in FIELDS)
    assert PLANTED not in line


@pytest.mark.parametrize("cause", ["cause", "context", "none"])
def test_an_exception_is_told_by_type_and_place(output: io.StringIO, cause: str) -> None:
    """Its words may quote what was typed, and so may those of what led to it."""
    first = KeyError(PLANTED)
    try:
        try:
            raise first
        except KeyError:
            if cause == "context":
                raise ValueError(PLANTED)  # noqa: B904 - the implicit context is meant
            raise ValueError(PLANTED) from (first if cause == "cause" else None)
    except ValueError as error:
        error.add_note(PLANTED)
        logging.getLogger(OURS).exception("turn failed")
    assert "ValueError" in output.getvalue()
    assert __file__ in output.getvalue()
    assert PLANTED not in output.getvalue()


@pytest.mark.parametrize(
    ("message", "arguments"),
    [(PLANTED, ()), ("%s", (PLANTED,)), (f"{PLANTED} %s", (1,)), ("%(name)s", ({"name": PLANTED},))],
)
def test_a_message_of_a_library_is_told_by_its_place(
    output: io.StringIO, message: str, arguments: tuple[object, ...]
) -> None:
    """Whether it quotes by an argument or outright."""
    logging.getLogger("library.part").error(message, *arguments)
    assert "ERROR library.part: test_observability.py:" in output.getvalue()
    assert PLANTED not in output.getvalue()


LEAKS = {
    "warnings.warn": "import warnings; warnings.warn(planted)",
    "a task nobody waited for": (
        "import asyncio, gc\n"
        "async def fail(): raise ValueError(planted)\n"
        "async def main():\n"
        "    task = asyncio.create_task(fail()); await asyncio.wait([task]); del task; gc.collect()\n"
        "asyncio.run(main())"
    ),
    "a callback of the loop": (
        "import asyncio\n"
        "def fail(text): raise ValueError(text)\n"
        "async def main():\n"
        "    asyncio.get_running_loop().call_soon(fail, planted); await asyncio.sleep(0)\n"
        "asyncio.run(main())"
    ),
    "a thread": (
        "import threading\n"
        "def fail(): raise ValueError(planted)\n"
        "thread = threading.Thread(target=fail, name=planted); thread.start(); thread.join()"
    ),
    "a finaliser": (
        "class Failing:\n"
        "    def __repr__(self): return planted\n"
        "    def __del__(self): raise ValueError(planted)\n"
        "Failing()"
    ),
    "the program itself": "raise ValueError(planted)",
}
"""Ways by which Python prints what nobody caught."""


@pytest.mark.parametrize("leak", LEAKS)
def test_what_nobody_caught_is_told_without_its_words(leak: str) -> None:
    """It reaches standard error by its type, and with nothing that was typed."""
    code = f"from bot import observability\nobservability.set_up()\nplanted = {PLANTED!r}\n{LEAKS[leak]}"
    run = subprocess.run(  # noqa: S603 - our own interpreter on our own lines
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert PLANTED not in run.stdout + run.stderr
    assert "ValueError" in run.stderr or leak == "warnings.warn"
    assert len(run.stderr.splitlines()) >= 1
