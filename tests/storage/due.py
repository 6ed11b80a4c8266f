"""What claiming the next thousand reminders costs, however many wait. Run by `make due`.

On each database two fills stand beside each other and are claimed from in turn, so that whatever else the
machine does falls on both alike. What was claimed is put off by a year between two claims, untimed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, text

from storage import reminders, schema
from storage.database import Database
from storage.moments import micros
from tests.storage.samples import KEY, LEASE, NOW, TELEGRAM
from tests.storage.servers import running_server

AT_ONCE = 1000
CHATS = 4
"""Reminders for each conversation."""
_PART = 20_000
_YEAR = 365 * 86_400_000_000
_PUT_OFF = text("UPDATE reminders SET due_at = due_at + :year, leased_until = 0 WHERE leased_until > 0")


def fill(database: Database, count: int) -> None:
    """That many reminders, written in random order, as owners ask for them; all are due within a year."""
    people = range(0, count, CHATS)
    known = {"channel": "telegram", "key": b"", "state": b"", "turn": 1, "changed_at": micros(NOW)}
    order = random.Random(count).sample(range(count), count)  # noqa: S311 - an order, not a secret
    with database.transaction() as tx:
        for start in range(0, len(people), _PART):
            rows = [{"id": f"c{one}", "chat": str(one), **known} for one in people[start : start + _PART]]
            tx.connection.execute(insert(schema.conversations), rows)
        for start in range(0, count, _PART):
            rows = [_reminder(number, count) for number in order[start : start + _PART]]
            tx.connection.execute(insert(schema.reminders), rows)
        tx.connection.execute(text("ANALYZE"))  # as PostgreSQL does by itself, but later


def _reminder(number: int, of: int) -> dict[str, object]:
    return {
        "id": f"{random.Random(number).getrandbits(80):020X}",  # noqa: S311 - as random as ids are, and no secret
        "conversation_id": f"c{number // CHATS * CHATS}",
        "channel": "telegram",
        "due_at": micros(NOW) - _YEAR + number * (_YEAR // of),
    }


def seconds(database: Database, at_once: int) -> float:
    """How long the next claim takes, with its commit."""
    begun = perf_counter()
    with database.transaction() as tx:
        claimed = reminders.claim_reminders(tx, TELEGRAM, NOW, at_once, LEASE)
    took = perf_counter() - begun
    if len(claimed) != at_once:
        raise SystemExit(f"only {len(claimed)} of {at_once} were due")
    with database.transaction() as tx:
        tx.connection.execute(_PUT_OFF, {"year": 2 * _YEAR})
    return took


def medians(urls: Sequence[str], counts: Sequence[int], at_once: int, runs: int) -> list[float]:
    """For each count the median of `runs` claims; the first claim of each only warms up."""
    with ExitStack() as undo:
        databases = [Database.open(url, lambda _: KEY) for url in urls]
        for database, count in zip(databases, counts, strict=True):
            undo.callback(database.close)
            fill(database, count)
        rounds = [[seconds(database, at_once) for database in databases] for _ in range(runs + 1)]
    return [statistics.median(took) for took in zip(*rounds[1:], strict=True)]


def lines(counts: Sequence[int], runs: int) -> Iterator[str]:
    """What `make due` prints."""
    yield f"{'':12}" + "".join(f"{f'{count:,} pending':>20}" for count in counts) + f"{'ratio':>8}"
    with ExitStack() as undo:
        folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="beian-due-")))
        server = undo.enter_context(running_server(os.environ.get("BEIAN_TEST_POSTGRES")))
        places = {
            "SQLite": [f"sqlite:///{folder}/{count}.db" for count in counts],
            "PostgreSQL": [undo.enter_context(server.schema()) for _ in counts],
        }
        for name, urls in places.items():
            took = medians(urls, counts, AT_ONCE, runs)
            cells = "".join(f"{f'{one * 1000:.1f} ms':>20}" for one in took)
            yield f"{name:12}{cells}{took[-1] / took[0]:8.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    for line in lines(given.counts, given.runs):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
