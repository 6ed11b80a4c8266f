"""Every sequence of up to three faults, each in the way of a filing of its own."""

from __future__ import annotations

from itertools import chain, product, repeat
from pathlib import Path

import pytest

from tests.bot.faulty.checker import check
from tests.bot.faulty.faults import FAULTS, THRICE, error_after
from tests.bot.faulty.office import GIGABYTE, Asked, Fault, FaultOffice, Reply
from tests.bot.faulty.trial import named, tried


@pytest.mark.parametrize("first", THRICE, ids=lambda fault: fault.__name__)
def test_three_faults(first: Fault, folder: Path) -> None:
    """No double, no false receipt, no false denial; and all is over in time."""
    found = check(*tried(folder, named((first, *rest) for rest in product(THRICE, repeat=2))))
    assert found.sequences == len(THRICE) ** 2
    assert found.wrong == []


def test_fewer_faults(folder: Path) -> None:
    """Two, one or none; without any, all is filed by one request each."""
    sequences = [faults for length in range(3) for faults in product(FAULTS, repeat=length)]
    office, outcomes = tried(folder, named(sequences))
    found = check(office, outcomes)
    assert found.sequences == 1 + len(FAULTS) + len(FAULTS) ** 2
    assert found.wrong == []
    assert 0 < office.longest < GIGABYTE / 100  # of an endless body


def only(method: str, fault: Fault) -> Fault:
    """The fault for requests of one kind; the others are answered as a healthy office does."""

    def either(office: FaultOffice, asked: Asked) -> Reply:
        return fault(office, asked) if asked.method == method else office.honest(asked)

    return either


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_without_end(fault: Fault, folder: Path) -> None:
    """Of all requests, of what is sent only, and of look-ups only: the owner is told in time."""
    sequences = {
        "always": repeat(fault),
        "when sent": repeat(only("POST", fault)),
        "when looked up": chain([error_after], repeat(only("GET", fault))),
    }
    found = check(*tried(folder, {f"{fault.__name__} {when}": faults for when, faults in sequences.items()}))
    assert found.wrong == []
