"""`make faults`: every sequence of faults of a length, counted."""

from __future__ import annotations

import logging
import sys
import tempfile
from itertools import product
from pathlib import Path
from time import process_time

from tests.bot.faulty.checker import Found, check
from tests.bot.faulty.faults import FAULTS
from tests.bot.faulty.folders import memory
from tests.bot.faulty.trial import named, tried


def main(length: int) -> int:
    """Tries them all; 1 if anything is wrong."""
    logging.disable()
    began, found = process_time(), Found()
    for first in product(FAULTS, repeat=max(length - 2, 0)):
        rest = product(FAULTS, repeat=min(length, 2))
        with tempfile.TemporaryDirectory(dir=memory()) as folder:
            office, outcomes = tried(Path(folder), named((*first, *last) for last in rest))
        check(office, outcomes, found)
    for wrong in found.wrong:
        sys.stdout.write(f"{wrong}\n")
    sys.stdout.write(
        f"faults {len(FAULTS)}, length {length}: {found.sequences} sequences, {found.requests} requests, "
        f"{found.records} records\n"
        f"doubles {len(found.doubles)}, false filed {len(found.false_filed)}, "
        f"denied {len(found.denied)}, late {len(found.late)}\n"
        f"longest time to an end {found.longest}, CPU {process_time() - began:.0f} s\n"
    )
    return bool(found.wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
