from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, imported, modules, where

IMPURE = set(
    "asyncio concurrent ctypes getpass http io locale logging multiprocessing os platform queue random sched "
    "secrets select selectors shutil signal smtplib socket socketserver sqlite3 ssl subprocess sys tempfile "
    "threading time uuid warnings webbrowser".split()
)
PURE = (set(sys.stdlib_module_names) - IMPURE - {"urllib"}) | {"urllib.parse"}
ALLOWED = PURE | {"dialogs", "babel.numbers", "cn2an", "stdnum", "phonenumbers"}
READS_THE_WORLD = {"open", "print", "input"}
READS_THE_WORLD_AS_METHOD = set("now utcnow today read_text read_bytes write_text write_bytes".split())
TELEGRAM = ("aiogram", "telegram")
TELEGRAM_ADAPTERS = "bot/channels/telegram/"


def within(name: str, packages: set[str] | tuple[str, ...]) -> bool:
    """Whether a full name is one of these packages or lies in one of them."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def impure_imports(source: str) -> list[str]:
    """What a module of dialogs must not import."""
    return [name for name in imported(source) if not within(name, ALLOWED)]


def impure_calls(source: str) -> list[str]:
    """Calls of what reads the clock, a file or the terminal."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        ast.unparse(func)
        for func in calls
        if (isinstance(func, ast.Name) and func.id in READS_THE_WORLD)
        or (isinstance(func, ast.Attribute) and func.attr in READS_THE_WORLD_AS_METHOD)
    ]


def importable(paths: list[Path]) -> Iterator[str]:
    """Names of modules whose import does nothing but define."""
    for path in paths:
        if path.name not in {"__main__.py", "env.py"} and not where(path).startswith(TELEGRAM_ADAPTERS):
            yield where(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_dialogs_imports_only_what_is_pure() -> None:
    """The conversation is a pure function: its package imports no clock, chance, network or file system."""
    found = {where(path): impure_imports(path.read_text()) for path in modules("dialogs")}
    assert {name: names for name, names in found.items() if names} == {}


def test_dialogs_calls_no_clock_and_no_file() -> None:
    """What is pure to import can still ask for the time of day or open a file: dialogs does neither."""
    found = {where(path): impure_calls(path.read_text()) for path in modules("dialogs")}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import os.path",
        "from random import choice",
        "import babel",
        "from babel import dates",
        "from urllib import request",
        "import storage.schema",
        "from . import cousin",
        "def f():\n    import sqlalchemy",
    ],
)
def test_impure_imports_are_seen(line: str) -> None:
    """The test above would notice each of these lines."""
    assert impure_imports(line)


@pytest.mark.parametrize(
    "line",
    [
        "from babel.numbers import parse_decimal",
        "import babel.numbers",
        "from stdnum.cn import ric",
        "from urllib.parse import urlsplit",
        "from dialogs.rules import values",
        "import datetime as dt",
    ],
)
def test_pure_imports_are_let_through(line: str) -> None:
    """Nothing is forbidden that dialogs may use."""
    assert impure_imports(line) == []


@pytest.mark.parametrize("line", ["open('x')", "datetime.now(UTC)", "date.today()", "Path('x').read_text()"])
def test_impure_calls_are_seen(line: str) -> None:
    """The clock and files are noticed by their calls."""
    assert impure_calls(line)


def test_only_the_telegram_adapters_import_telegram_libraries() -> None:
    """Whoever talks in a terminal or on the web does not wait for Telegram's libraries to load."""
    found = {
        where(path): [name for name in imported(path.read_text()) if within(name, TELEGRAM)]
        for path in modules(*PACKAGES)
        if not where(path).startswith(TELEGRAM_ADAPTERS)
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_a_fresh_interpreter_loads_no_telegram_library() -> None:
    """Importing everything outside the adapters, `bot.cli` included, drags in neither library by a detour."""
    names = ", ".join(importable(modules(*PACKAGES)))
    code = f"import sys, {names}; print(*sorted({set(TELEGRAM)} & set(sys.modules)))"
    run = subprocess.run(  # noqa: S603 - our own interpreter on our own module names
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, "", "")
