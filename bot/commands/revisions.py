"""The rulebook of a folder or of a git revision, for whoever edits one."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import click

from bot.rulebook import FOLDER, texts
from dialogs.rules.load import load
from dialogs.rules.model import Rulebook
from dialogs.rules.reader import RulebookError

WITHIN = PurePosixPath("dialogs/rulebook")
"""Where the rulebook is in a checkout."""


def read(name: str) -> Rulebook:
    """The rulebook in a folder, else in a git revision; '' is the one here: of this checkout, or the shipped.

    Revisions are those of the checkout that the current folder is in, if it has a rulebook; else of the one
    that this program runs from. Raises click's exceptions, saying what to mend.
    """
    folder = Path(name) if name else _here()
    try:
        found = texts(folder) if folder.is_dir() else _revision(name)
        if not found:
            raise click.UsageError(f"{name}: a folder without any .toml file")
        return load(found)
    except (RulebookError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{name or folder}: {error}") from error


def _here() -> Path:
    """The rulebook that is being edited."""
    checkout = _checkout(Path.cwd())
    return checkout / WITHIN if checkout else FOLDER


def _revision(name: str) -> Mapping[str, str]:
    """The files of the rulebook in a git revision."""
    checkout = _checkout(Path.cwd()) or _checkout(FOLDER)
    if checkout is None:
        raise click.UsageError(
            f"{name!r} is no folder; and for git revisions this has to run in a git checkout of the program"
        )
    packed = _git(checkout, "archive", "--format=tar", "--end-of-options", name, str(WITHIN))
    if packed is None:
        raise click.UsageError(
            f"{name!r} is no folder, and in {checkout} no git revision with {WITHIN}; such as HEAD~1"
        )
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {
            PurePosixPath(path).relative_to(WITHIN).as_posix(): file.read().decode()
            for path, file in files
            if file is not None and path.endswith(".toml")
        }


def _checkout(folder: Path) -> Path | None:
    """The checkout that a folder is in, if there is a rulebook in it."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    root = Path(top.decode().strip()) if top else None
    return root if root and (root / WITHIN).is_dir() else None


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints in a folder; None if it refuses, or is not installed."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - no shell, the user's own git
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
