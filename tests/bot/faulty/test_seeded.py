"""Mistakes put into our own code on purpose: the checker finds each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.office.link import OfficeLink
from dialogs.filing import Filing, State, Step
from dialogs.office import Absent, Answer, Blocked, Busy, Filed, Receipt, Received, Unclear
from tests.bot.faulty.checker import Found, check
from tests.bot.faulty.faults import FAULTS
from tests.bot.faulty.trial import named, tried


class SendsBlindly(OfficeLink):
    """Does not look up: what is not known to be there is taken for absent."""

    async def act(self, filing: Filing, step: Step, language: str) -> Answer:
        """Sends, or makes believe to look up."""
        return Absent() if step is Step.LOOK_UP else await super().act(filing, step, language)


def gateways_are_believed(answer: Answer, of: Filing) -> Answer:
    """503 is taken for a word that nothing was done."""
    return Busy() if isinstance(answer, Unclear) and answer.why == "http_503" else answer


def silence_is_believed(answer: Answer, of: Filing) -> Answer:
    """A time-out is taken for a word that nothing was done."""
    return Busy() if answer == Unclear("timeout") else answer


def promises_are_believed(answer: Answer, of: Filing) -> Answer:
    """202 is taken for a registration."""
    receipt = Receipt("XA-000001", of.reference, of.revision, "office", of.confirmed_at)
    return Filed(receipt) if isinstance(answer, Received) else answer


def doubt_is_refusal(answer: Answer, of: Filing) -> Answer:
    """An unclear answer is taken for a refusal."""
    return Blocked(500) if isinstance(answer, Unclear) else answer


def mistaking(mistaken: Callable[[Answer, Filing], Answer]) -> type[OfficeLink]:
    """A link that makes more of an answer than it proves."""

    class Mistaking(OfficeLink):
        async def act(self, filing: Filing, step: Step, language: str) -> Answer:
            """Asks the office, and mistakes its answer."""
            return mistaken(await super().act(filing, step, language), filing)

    return Mistaking


@pytest.mark.parametrize(
    ("linked", "found_as"),
    [
        (SendsBlindly, "doubles"),
        (mistaking(gateways_are_believed), "doubles"),
        (mistaking(silence_is_believed), "doubles"),
        (mistaking(promises_are_believed), "false_filed"),
        (mistaking(doubt_is_refusal), "denied"),
    ],
)
def test_a_mistake_of_ours_is_found(linked: type[OfficeLink], found_as: str, folder: Path) -> None:
    """A single fault is enough."""
    found = check(*tried(folder, named((fault,) for fault in FAULTS), linked))
    assert getattr(found, found_as)


def test_without_a_mistake_nothing_is_found(folder: Path) -> None:
    """The same faults, our code as it is."""
    assert check(*tried(folder, named((fault,) for fault in FAULTS))).wrong == []


def test_what_never_ends_is_found(folder: Path) -> None:
    """A filing that is still open, and one that was closed too late."""
    _, (outcome,) = tried(folder, named([(FAULTS[0],)]))
    unclear, *_, last = outcome.heard
    after = unclear.at + timedelta(hours=72, seconds=6)
    for late in (
        replace(outcome, filing=replace(outcome.filing, state=State.UNKNOWN), at=after),
        replace(outcome, heard=[unclear, replace(last, at=after)]),
    ):
        found = Found()
        found.look(late, [])
        assert found.late
