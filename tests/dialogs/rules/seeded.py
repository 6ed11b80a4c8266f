"""The shipped rulebook with a fault put into it, as `beian rules check` sees it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from bot.rulebook import texts


def changed(name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The shipped files with these texts of one of them, which must be there once at least, replaced."""
    text = texts()[name]
    for old, new in changes:
        if old not in text:
            raise ValueError(f"{name} has no {old!r}")
        text = text.replace(old, new, 1)
    return {**texts(), name: text}


def checked(files: dict[str, str], folder: Path) -> Result:
    """What `beian rules check` makes of these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["rules", "check", "--folder", str(folder)])
