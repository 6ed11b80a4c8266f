"""What it costs to prove a rulebook: the shipped one, and one generated to be ten times its size.

Run by `make rules-size`. The generated rulebook is the shipped files again and again, with their places,
instruments, sources and notes under other names. Seconds are those of the processor.
"""

from __future__ import annotations

import re
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.rulebook import texts
from dialogs.rules.load import load
from dialogs.rules.proofs import Proven, prove

TIMES = 10


def generated(times: int) -> dict[str, str]:
    """Files so many times as large as the shipped ones; the first of each copy is the original."""
    files = dict(texts())
    for name, text in texts().items():
        if name.startswith("cn/"):
            files |= {f"{name[:-5]}-{n}.toml": copied(text, n) for n in range(2, times + 1)}
    return files


def copied(text: str, number: int) -> str:
    """A file under other names. What it adds to the vocabulary is there already."""
    data = tomllib.loads(text)
    text = re.sub(r"^\[\[option\]\]\n(?:.+\n)+", "", text, flags=re.MULTILINE)
    for id_ in data.get("place", ()):
        place = f'[place.{id_}]\nname = "{id_} {number}"\nwords = ["{id_} {number}"]\n'
        text = re.sub(rf"^\[place\.{id_}\]\n(?:.+\n)+", place, text, flags=re.MULTILINE)
    names = [*data.get("place", ()), *data["instrument"], *data["source"], *map(_id, data.get("note", ()))]
    named = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    found = re.compile(rf'(?<=["\[.])({named})(?=["\]/])')
    return "\n".join(
        line if line.startswith("form = ") else found.sub(rf"\1-{number}", line) for line in text.split("\n")
    )


def _id(entry: Mapping[str, str]) -> str:
    return entry["id"]


def measured(files: Mapping[str, str]) -> tuple[float, Proven]:
    """How many seconds it takes to read and prove a rulebook, and what came of it."""
    begun = time.process_time()
    proven = prove(load(files), datetime.now(UTC).date())
    return time.process_time() - begun, proven


def lines() -> Iterator[str]:
    """What `make rules-size` prints."""
    yield f"{'':12}{'duties':>8}{'classes':>9}{'states':>9}{'interviews':>12}{'faults':>8}{'seconds':>9}"
    for name, files in (("shipped", dict(texts())), (f"{TIMES} times", generated(TIMES))):
        seconds, proven = measured(files)
        counts = proven.counts
        if counts is None:
            raise SystemExit("some interviews do not end")
        yield (
            f"{name:12}{counts.duties:8}{counts.classes:9}{counts.states:9}{counts.interviews:12}"
            f"{len(proven.faults):8}{seconds:9.1f}"
        )


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(f"{line}\n")
