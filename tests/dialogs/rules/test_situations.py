from __future__ import annotations

from collections import Counter

import pytest

from bot.rulebook import rulebook
from dialogs.rules.logic import All, Node, Vague
from dialogs.rules.verdict import Verdict, assess
from tests.dialogs.rules.situations import Situation, situations

ALL = list(situations())


def judged(situation: Situation) -> Verdict:
    """What the engine makes of a situation."""
    stated = situation.statements(list(rulebook().duties))
    return assess(situation.account, rulebook(), situation.on, stated)


@pytest.mark.parametrize("situation", ALL, ids=str)
def test_the_engine_agrees_with_the_sources(situation: Situation) -> None:
    """Every duty in question comes to what the sources say, and to nothing else."""
    results = [r for r in judged(situation).results if r.instrument.id.startswith(situation.instrument)]
    found = {result.duty.id: result.outcome for result in results}
    assert found == {duty: situation.expected(duty) for duty in found}
    assert set(situation.listed) <= set(found)


@pytest.mark.parametrize("situation", [s for s in ALL if s.next is not None], ids=str)
def test_only_what_can_still_matter_is_asked(situation: Situation) -> None:
    """The next question is the first that can still change a verdict, or none."""
    verdict = judged(situation)
    assert (verdict.next_question or "") == situation.next
    assert situation.left in (None, verdict.questions_left)


@pytest.mark.parametrize("situation", [s for s in ALL if s.status is not None], ids=str)
def test_the_status_on_the_day(situation: Situation) -> None:
    """A closed collection was open before, and a superseded draft was a draft before."""
    assert rulebook().instruments[situation.instrument].status_on(situation.on) == situation.status


def test_every_duty_is_met_and_missed() -> None:
    """The oracle is worth something: each duty that was ever law has situations on both sides."""
    never_law = {i.id for i in rulebook().instruments.values() if i.status == "draft"}
    for duty in rulebook().duties.values():
        outcomes = {s.expected(duty.id).value for s in ALL if duty.id.startswith(s.instrument)}
        if duty.instrument in never_law:
            assert outcomes == {"not_in_force"}
        elif hangs_on_what_is_vague(duty.when):
            assert outcomes - {"undetermined"} == {"does_not_apply", "ask_the_office", "not_in_force"}
        else:
            assert {"applies", "does_not_apply", "ask_the_office", "not_in_force"} <= outcomes, duty.id


def hangs_on_what_is_vague(condition: Node) -> bool:
    """Whether a condition can never plainly hold, as one of its parts is for the office to say."""
    return isinstance(condition, All) and any(isinstance(part, Vague) for part in condition.parts)


def test_the_situations_have_different_names() -> None:
    """There are enough situations, and a failing one can be found by its name."""
    names = Counter(map(str, ALL))
    assert len(names) >= 60
    assert [name for name, times in names.items() if times > 1] == []
