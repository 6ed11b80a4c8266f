"""An office that is down for all its filings, and comes back: with the breaker as it is used."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.office.breaker import LONGEST_REST
from dialogs.filing import State
from tests.bot.faulty.checker import check
from tests.bot.faulty.faults import closed_after, cut_before, error_after, page, silent_after, too_many
from tests.bot.faulty.loop import run
from tests.bot.faulty.office import Fault
from tests.bot.faulty.trial import Trial, opened

FILINGS = 30
HOURS = 2


@pytest.mark.parametrize("fault", [closed_after, cut_before, error_after, page, silent_after, too_many])
def test_an_office_that_is_down_is_hardly_asked_and_then_files_all(fault: Fault, folder: Path) -> None:
    """Thirty filings wait for it as one; when it is back, each is registered once."""
    names = {f"BN-{number:016d}": fault.__name__ for number in range(FILINGS)}
    with opened(folder) as database:
        trial = Trial(database, shared=True)
        back = trial.now() + timedelta(hours=HOURS)
        trial.office.outage = (back, fault)
        heard = run(trial.go(dict.fromkeys(names, ())))
        outcomes = trial.outcomes(heard, names)
    assert check(trial.office, outcomes).wrong == []
    assert {one.filing.state for one in outcomes} == {State.FILED}
    assert trial.office.asked_in_outage <= 20 + 10 + HOURS * 3600 // (LONGEST_REST // 2)
