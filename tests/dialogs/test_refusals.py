from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dialogs
from dialogs.messages import Number
from dialogs.parsing.identity import ORGANISATION_CODE, REGION_AT_BIRTH
from dialogs.parsing.result import Refused
from dialogs.refusals import CODES, WARNINGS, refusal
from dialogs.rules.model import Question
from tests.dialogs.places import PLACES, at
from tests.dialogs.talks import a_world

ROOT = Path(dialogs.__path__[0])
KINDS = {
    "parse_weibo": "weibo",
    "_uid": "weibo",
    "parse_wechat": "wechat",
    "parse_icp": "icp",
    "parse_link": "link",
    "parse_mobile": "mobile",
    "parse_resident_id": "resident_id",
    "_malformed": "resident_id",
    "parse_credit_code": "credit_code",
}
"""Where one code means different things, the kind of question it is said about."""


def strings(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """Every text an expression can be: a constant, either branch, or a name that was compared with one."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*strings(node.body, function), *strings(node.orelse, function))
    else:
        name = ast.unparse(node)
        for test in (one.test for one in ast.walk(function) if isinstance(one, ast.If)):
            if isinstance(test, ast.Compare) and ast.unparse(test.left) == name:
                returned = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
                assert any(ast.unparse(one.value or one) == f"Refused({name})" for one in returned)
                yield ast.literal_eval(test.comparators[0])


def refusals() -> set[tuple[str, str, tuple[str, ...]]]:
    """Every (kind of question, code, names of slots) that some parser can refuse with; kind '' for any."""
    found = set()
    for path in (*sorted((ROOT / "parsing").glob("*.py")), ROOT / "asking.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (*(one for one in tree.body if isinstance(one, ast.FunctionDef)), tree):
            inside = ast.walk(function) if isinstance(function, ast.FunctionDef) else _constants(tree)
            for call in inside:
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "Refused":
                    kind = KINDS.get(getattr(function, "name", ""), "")
                    for code in strings(call.args[0], function):
                        found.add((kind, code, _slots(call)))
    return found


def _constants(tree: ast.Module) -> Iterator[ast.AST]:
    for one in tree.body:
        if isinstance(one, ast.Assign | ast.AnnAssign):
            yield from ast.walk(one)


def _slots(call: ast.Call) -> tuple[str, ...]:
    pairs = call.args[1].elts if len(call.args) > 1 and isinstance(call.args[1], ast.Tuple) else []
    return tuple(ast.literal_eval(pair.elts[0]) for pair in pairs if isinstance(pair, ast.Tuple))


FOUND = sorted(refusals())


@pytest.mark.parametrize(("kind", "code", "slots"), FOUND)
def test_every_refusal_has_words_with_its_slots(kind: str, code: str, slots: tuple[str, ...]) -> None:
    """And no slot in the words stays unfilled."""
    text = refusal(Refused(code, tuple((name, 7) for name in slots)), kind)
    assert set(re.findall(r"\{(\w+)\}", text.msgid)) <= set(slots)
    assert all(isinstance(part, Number) for _, part in text.slots)


def test_no_words_stand_for_a_refusal_that_nobody_returns() -> None:
    """A text for one kind of question counts for that kind only."""
    used = {f"{kind}.{code}" if f"{kind}.{code}" in CODES else code for kind, code, _ in FOUND}
    assert used == CODES


@pytest.mark.parametrize("name", ["characters", "year_out_of_range", "not_an_option", "mobile_number"])
def test_the_search_for_refusals_finds_them(name: str) -> None:
    """In a function, in a condition, as a constant: so that finding none means something."""
    assert name in {code for _, code, _ in FOUND}
    assert len(FOUND) > 40


def test_every_warning_of_a_parser_has_words() -> None:
    """What is taken but looks odd is said, and nothing else has words for it."""
    assert set(WARNINGS) == {REGION_AT_BIRTH, ORGANISATION_CODE}


def questions() -> list[Question]:
    """Every fact, and every field of every form."""
    book = a_world().rulebook
    return [*book.facts.values(), *(entry.question for form in book.forms.values() for entry in form.fields)]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_every_question_without_choices_shows_an_example(question: Question) -> None:
    """It stands behind the question, so it is there whenever a refusal asks again."""
    assert question.options or question.hint


REFUSED = {
    "a count": ("1e5", "60000"),
    "a place": ("moon", "yes"),
    "an option": ("xyz", "me"),
    "several": ("xyz", "none of these"),
    "fact of the form": ("2017-02-30", "2017-03-01"),
    "field 1 of a person": ("weibo.com/u/1/2/3", "1234567890"),
    "field 2 of a person": ("李华2", "李华"),
    "field 3 of a person": ("61010219900101123", "11010519491231002X"),
    "field 6 of a person": ("029-87654321", "13800138000"),
    "field 2 of a body": ("", "西安古城文化有限公司"),
    "field 3 of a body": ("91610102000000000I", "916101020000000002"),
}


@pytest.mark.parametrize("place", REFUSED)
def test_what_is_refused_is_asked_again_and_then_taken(place: str) -> None:
    """The same question with its example follows a refusal, and a right answer leads on."""
    assert place in PLACES
    wrong, right = REFUSED[place]
    talk = at(place).arrive()
    question, hints = talk.message.lines[-1], talk.message.hints
    talk.say(wrong)
    assert (talk.message.lines[-1], talk.message.hints) == (question, hints)
    assert talk.text.splitlines()[0] != "Something went wrong on my side. Nothing you entered before is lost."
    assert talk.say(right).message.lines[-1] != question
