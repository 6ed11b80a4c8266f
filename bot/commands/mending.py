"""What the operator has to mend, in one line that names where it is set."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from bot.settings import Settings
from storage import CannotOpen, keys
from storage.database import Unavailable
from storage.engines import AlreadyWriting
from storage.keys import KeyExposed, KeyMissing, KeyWrong

_ACCEPTED = {
    "BEIAN_TELEGRAM_TOKEN_FILE": "a file that can be read, such as /etc/beian/telegram-token",
    "--folder": "a folder that can be written to, such as /var/lib/beian/practice-office",
    "BEIAN_DATA": "a folder that can be written to, such as /var/lib/beian",
    "BEIAN_DATABASE": "sqlite:///a/file in a folder that can be written to, such as sqlite:////var/lib/beian.db",
    "BEIAN_KEY_FILE": "a file in a folder that is there, such as /etc/beian/key",
}
_SQLITE = b"SQLite format 3\0"
_USE = os.W_OK | os.X_OK


@contextmanager
def mendable(places: Mapping[str, Path]) -> Iterator[None]:
    """What the world does to a command becomes one line and exit code 1.

    `places` are the files and folders it uses, by the settings that name them, the most particular first.
    """
    try:
        yield
    except AlreadyWriting as error:
        raise click.ClickException(
            "this chat is already open in another window or process: go on there, or close it first"
            f" ({places['BEIAN_DATABASE']})"
        ) from error
    except (KeyMissing, KeyWrong, KeyExposed) as error:
        raise click.ClickException(f"BEIAN_KEY_FILE: {error}") from error
    except (CannotOpen, Unavailable) as error:
        place = places.get("BEIAN_DATABASE", "the server")
        raise click.ClickException(f"BEIAN_DATABASE: {place}: {' '.join(str(error).split())}") from error
    except sqlite3.Error as error:  # the practice office's own file; ours comes as Unavailable
        name, place = list(places.items())[-1]
        raise click.ClickException(
            f"{name}: {place}: the practice office cannot use its filings.db there: {error}"
        ) from error
    except OSError as error:
        raise click.ClickException(_told(error, places)) from error


def _told(error: OSError, places: Mapping[str, Path]) -> str:
    """What a file or folder did, and where it is set."""
    path = str(error.filename or "")
    for name, place in places.items():
        if path.startswith(str(place)):
            return _line(name, f"{path}: {error.strerror}")
    return f"{path}: {error.strerror}" if path else str(error)


def _line(name: str, fault: str) -> str:
    return f"{name}: {fault}; it must be {_ACCEPTED[name]}"


def places_of(settings: Settings) -> dict[str, Path]:
    """Where all is kept, by setting; a database on a server is not among it."""
    file, token = settings.database_file, settings.telegram_token_file
    return {
        **({} if token is None else {"BEIAN_TELEGRAM_TOKEN_FILE": token}),
        "BEIAN_KEY_FILE": settings.key_path,
        **({} if file is None else {"BEIAN_DATABASE": file}),
        "BEIAN_DATA": settings.data,
    }


def look(places: Mapping[str, Path]) -> None:
    """Look at all places before anything is written. Raises ClickException, CannotOpen and OSError."""
    data, key, database = (places.get(name) for name in ("BEIAN_DATA", "BEIAN_KEY_FILE", "BEIAN_DATABASE"))
    faults = {
        "BEIAN_DATA": data and _of_folder(data),
        "BEIAN_DATABASE": database and (_of_database(database) or _of_parent(database, data)),
        "BEIAN_KEY_FILE": key and _of_key(key, data),
    }
    for name, fault in faults.items():
        if fault:
            raise click.ClickException(_line(name, fault))


def _of_folder(path: Path) -> str:
    """Why nothing can be put into a folder, which is made if it is missing; '' if something can."""
    there = next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())
    if not there.is_dir():
        return f"{there} is not a folder"
    return "" if os.access(there, _USE) else f"{there} cannot be written to"


def _of_parent(file: Path, data: Path | None) -> str:
    """Why there is no place for a file; '' if there is, if only because the data folder will be made."""
    if file.parent == data:
        return ""
    return _of_folder(file.parent) if file.parent.exists() else f"there is no folder {file.parent}"


def _of_database(file: Path) -> str:
    """Why a file cannot be the database; '' if it can."""
    if file.is_dir():
        return f"{file} is a folder"
    if not file.exists():
        return ""
    if not os.access(file, os.R_OK | os.W_OK):
        return f"{file} cannot be read and written"
    with file.open("rb") as opened:
        return "" if opened.read(len(_SQLITE)) in (b"", _SQLITE) else f"{file} is not a database"


def _of_key(file: Path, data: Path | None) -> str:
    """Why a file cannot be the key; '' if it can. Raises CannotOpen for a key that is no good."""
    if file.is_dir():
        return f"{file} is a folder"
    if not file.exists():
        return _of_parent(file, data)
    keys.load(file)
    return ""
