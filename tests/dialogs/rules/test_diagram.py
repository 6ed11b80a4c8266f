from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rulebook import rulebook
from dialogs.rules.classes import classes_of
from dialogs.rules.diagram import Diagram, Diagrams
from dialogs.rules.logic import Node
from dialogs.rules.model import Outcome
from dialogs.rules.values import Value
from dialogs.rules.verdict import assess
from tests.dialogs.rules.brute import ANSWERS, CONDITIONS, FACTS, OUTCOMES, RULEBOOKS, Brute, domains
from tests.dialogs.rules.offered import offered

MANY = settings(max_examples=100, deadline=None)


def restricted(conditions: list[Node], answers: Mapping[str, Value]) -> tuple[Diagrams, list[Diagram]]:
    """The diagrams of these conditions, and what is left of them after the answers."""
    classes = classes_of(FACTS, conditions)
    diagrams = Diagrams(classes)
    answered = {fact: classes[fact].of(value) for fact, value in answers.items() if fact in classes}
    return diagrams, [diagrams.restrict(diagrams.build(node, OUTCOMES), answered) for node in conditions]


@MANY
@given(condition=CONDITIONS, answers=ANSWERS)
def test_a_diagram_comes_to_what_every_missing_answer_would_come_to(
    condition: Node, answers: dict[str, Value]
) -> None:
    """An outcome is certain exactly when no missing answer can change it."""
    _, (left,) = restricted([condition], answers)
    possible = {outcome for (outcome,) in Brute([condition]).outcomes(domains(answers))}
    assert ({left} if isinstance(left, Outcome) else None) == (possible if len(possible) == 1 else None)


@MANY
@given(conditions=RULEBOOKS, answers=ANSWERS)
def test_the_next_question_is_the_first_that_matters(
    conditions: list[Node], answers: dict[str, Value]
) -> None:
    """Nothing is asked that cannot change an outcome, and nothing that can is left out."""
    diagrams, left = restricted(conditions, answers)
    assert diagrams.first_question(left) == Brute(conditions).next_question(domains(answers))


@MANY
@given(conditions=RULEBOOKS, answers=ANSWERS)
def test_the_bound_is_the_longest_way_there_is(conditions: list[Node], answers: dict[str, Value]) -> None:
    """'At most n more' is never exceeded, and some answers do need that many."""
    diagrams, left = restricted(conditions, answers)
    assert diagrams.bound(left) == Brute(conditions).longest(domains(answers))


@MANY
@given(conditions=RULEBOOKS)
def test_equal_diagrams_are_one_object(conditions: list[Node]) -> None:
    """Two duties with the same condition share one diagram, however often it is built."""
    diagrams, _ = restricted(conditions, {})
    built = [diagrams.build(node, OUTCOMES) for node in conditions]
    assert all(diagrams.build(node, OUTCOMES) is one for node, one in zip(conditions, built, strict=True))
    assert all(diagrams.restrict(one, {}) is one for one in built)


DAYS = [date(2017, 7, 1), date(2017, 7, 25), date(2020, 11, 1), date(2026, 11, 20)]


@settings(max_examples=100, deadline=None)
@given(day=st.sampled_from(DAYS), data=st.data())
def test_every_way_through_the_questions_ends_within_its_bound(day: date, data: st.DataObject) -> None:
    """Whatever is answered, the number of questions left falls with each answer and nothing stays open."""
    answers: dict[str, Value] = {}
    verdict = assess(answers, rulebook(), day)
    while verdict.next_question is not None:
        fact = verdict.next_question
        answers[fact] = data.draw(st.sampled_from(offered(fact, answers, rulebook())))
        before, verdict = verdict, assess(answers, rulebook(), day)
        assert verdict.questions_left < before.questions_left
    assert verdict.questions_left == 0
    assert Outcome.UNDETERMINED not in {result.outcome for result in verdict.results}
