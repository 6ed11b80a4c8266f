"""What the tests of the architecture read: our own modules, as paths and as syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "dialogs", "storage")


def modules(*packages: str) -> list[Path]:
    """Every module of these packages that holds anything."""
    found = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if path.stat().st_size]


def where(path: Path) -> str:
    """A path as a person writes it: from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def imported(source: str) -> Iterator[str]:
    """Full names of what is imported anywhere in the source: `from a.b import c` gives `a.b.c`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)
