"""`beian receipt verify`: whether a file is a receipt as this bot made it, and a body what was sent for it.

The exit code is 0 for a genuine one, 1 for an altered one, 2 for what is none, 3 if that cannot be told.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from pathlib import Path

import click

from bot.papers.document import Document
from bot.papers.reading import Altered, Genuine, Judged, judged
from bot.papers.seal import ReceiptKey
from bot.settings import Settings
from bot.terminal import heard
from storage import CannotOpen, keys, secrets
from storage.database import Database, Unavailable
from storage.records import Unreadable

MOST_BYTES = 4 * 1024 * 1024
"""No receipt comes near it."""
GENUINE, ALTERED, UNRELATED, UNKNOWN = range(4)
_FACTS = {
    "number": "number",
    "office": "office",
    "issued_at": "issued",
    "reference": "reference",
    "revision": "revision",
    "rulebook": "rulebook version",
}
"""What is told of a receipt, by the names it has in a document."""


class CannotTell(click.ClickException):
    """What is needed to verify a receipt is not there."""

    exit_code = UNKNOWN


class TooLarge(click.ClickException):
    """A file that is read no further: it cannot be what it is said to be."""

    exit_code = UNRELATED


def run(*, file: Path, sent: Path | None) -> None:
    """Print what the file is, and end with the exit code that says the same."""
    content = _content(file)
    body = None if sent is None else _content(sent)
    key = _key(Settings.read())
    found = judged(content, key.seal)
    as_sent = body is None or (isinstance(found, Genuine) and _is_what_was_sent(found.document, body, key))
    with heard():
        for line in _lines(file, found):
            click.echo(line)
        if sent is not None and isinstance(found, Genuine):
            click.echo(f"{sent}: {'exactly' if as_sent else 'not'} what was sent for this receipt")
    raise SystemExit(_code(found, as_sent=as_sent))


def _content(file: Path) -> bytes:
    """A file's bytes. Raises CannotTell and TooLarge."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotTell(f"{file}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise TooLarge(f"{file}: larger than any receipt, or anything sent for one ({MOST_BYTES} bytes)")
    return content


def _key(settings: Settings) -> ReceiptKey:
    """The key of the bot that is set. Raises CannotTell."""
    try:
        database = Database.open(settings.database_url, keys.in_file(settings.key_path), read_only=True)
        try:
            with database.reading() as tx:
                secret = secrets.load(tx, secrets.RECEIPTS)
        finally:
            database.close()
    except (CannotOpen, Unavailable, Unreadable, OSError) as error:
        raise CannotTell(_needed(" ".join(str(error).split()))) from error
    if secret is None:
        raise CannotTell(_needed("this bot has no receipt key yet, so it has made no receipt"))
    return ReceiptKey(secret)


def _needed(fault: str) -> str:
    return (
        "only the key of the bot that made a receipt can verify it; that is kept in the bot's database."
        f" Set BEIAN_DATA, or BEIAN_DATABASE and BEIAN_KEY_FILE, as for the bot. Now: {fault}"
    )


def _is_what_was_sent(document: Document, body: bytes, key: ReceiptKey) -> bool:
    return hmac.compare_digest(str(document.get("proof", "")).encode(), key.prove(body).encode())


def _lines(file: Path, found: Judged) -> Iterator[str]:
    match found:
        case Genuine(document):
            yield f"{file}: genuine, exactly as this bot made it"
            yield from _facts(document)
        case Altered(None):
            yield (
                f"{file}: altered, or made by another bot: its seal does not fit, and nothing it says can be"
                " relied on"
            )
        case Altered(dict() as document):
            yield (
                f"{file}: altered: what it shows cannot be relied on. Only the data within it are as this bot"
                " made them:"
            )
            yield from _facts(document)
        case _:
            yield f"{file}: not a receipt"


def _facts(document: Document) -> Iterator[str]:
    for name, label in _FACTS.items():
        yield f"  {label}: {_plain(document.get(name, 'not stated'))}"
    practice = {"true": "yes, nothing went to an authority", "false": "no"}
    yield f"  practice run: {practice.get(str(document.get('practice')), 'not stated')}"


def _plain(value: object) -> str:
    """A value without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(value))


def _code(found: Judged, *, as_sent: bool) -> int:
    match found:
        case Genuine():
            return GENUINE if as_sent else ALTERED
        case Altered():
            return ALTERED
    return UNRELATED
