"""The rulebook that is shipped: every TOML file below dialogs/rulebook, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import dialogs
from dialogs.rules.load import load
from dialogs.rules.model import Rulebook

FOLDER = Path(dialogs.__path__[0]) / "rulebook"


def texts(folder: Path = FOLDER) -> Mapping[str, str]:
    """The files of a rulebook: their names relative to the folder, such as "cn/xian.toml", and their text.

    Raises OSError, or UnicodeDecodeError for a file that is not UTF-8.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.toml"))
    }


@cache
def rulebook() -> Rulebook:
    """The shipped rulebook. Raises RulebookError if one of its files is wrong."""
    return load(texts())
