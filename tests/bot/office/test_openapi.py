from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.office.reading import GarbageError
from bot.office.sandbox_paper import read_filing
from bot.office.schemas import read_standing, read_statements
from tests.bot.office.contract import CONTRACT, judge, operations, resolved, schema

STATES = ("Filed", "Received", "Returned", "Rejected", "Withdrawn", "Absent")
EXAMPLES = {name: example["value"] for name, example in CONTRACT["components"]["examples"].items()}
NOT_TEXTS: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1,
    1.0,
    1.5,
    2,
    2.0,
    999,
    1000,
    604800,
    604801,
    [],
    {},
    [{}],
    {"x": "y"},
]
TEXTS = [
    "",
    "x",
    "X Y",
    "a\nb",
    "a\tb",
    "\x7f",
    "演练",
    "１２３",
    *("x" * n for n in (65, 101, 201, 501, 1001)),
]
LISTS = [["x"], [""], ["a/b"], ["a/b", "a/b"], ["a/b", "a/c"]]
NAMES = [
    "BN-0000000000000000",
    "BN-000000000000000U",
    "BN-000000000000000",
    "cn-a/b",
    "cn-a/b/c",
    "a--b/c",
    "9a",
]
DAYS = ["2026-11-20", "2026-02-30", "20261120", "1899-01-01"]
MOMENTS = [
    "2026-11-20T14:32:00+08:00",
    "2026-11-20T14:32:00.123456Z",
    "2026-11-20T14:32:00.1234567Z",
    "2026-11-20T14:32:00",
    "2026-11-20T25:32:00Z",
    "2026-11-20 14:32:00Z",
    "2026-11-20T14:32+08:00",
]
WRONG: list[Any] = [*NOT_TEXTS, *TEXTS, *LISTS, *NAMES, *DAYS, *MOMENTS]


def nodes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of a document with its place."""
    yield path, value
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, part in entries:
        yield from nodes(part, f"{path}/{key}")


def variants(value: Any) -> Iterator[Any]:
    """The value with one part of it left out, added or wrong, at every place in turn."""
    yield from WRONG
    if isinstance(value, dict):
        for key, part in value.items():
            yield {other: kept for other, kept in value.items() if other != key}
            for variant in variants(part):
                yield {**value, key: variant}
        yield {**value, "extra": 1}
        yield {**value, "Extra": "text"}
    if isinstance(value, list):
        for place, part in enumerate(value):
            for variant in variants(part):
                yield [*value[:place], variant, *value[place + 1 :]]
        yield value * 201


def accepts(read: Callable[[Any], object], value: Any) -> bool:
    """Whether a reader of ours takes this value."""
    try:
        read(value)
    except GarbageError:
        return False
    return True


def filed_with(body: Any) -> object:
    """What the practice office makes of a body."""
    return read_filing(json.dumps(body).encode())


def test_it_has_five_requests() -> None:
    """Whoever reads it finds exactly what the client may send, each under a name of its own."""
    assert CONTRACT["openapi"] == "3.1.0"
    assert [(method, path, said["operationId"]) for method, path, said in operations()] == [
        ("GET", "/duties", "listDuties"),
        ("POST", "/filings", "createFiling"),
        ("GET", "/filings/{reference}", "lookUpFiling"),
        ("PUT", "/filings/{reference}", "correctFiling"),
        ("DELETE", "/filings/{reference}", "withdrawFiling"),
    ]


@pytest.mark.parametrize("name", CONTRACT["components"]["schemas"])
def test_schemas_are_schemas(name: str) -> None:
    """Each is JSON Schema as OpenAPI 3.1 has it."""
    Draft202012Validator.check_schema(CONTRACT["components"]["schemas"][name])


def test_nothing_is_left_open() -> None:
    """Objects have no other members, texts, lists and numbers have an end."""
    bounds = {"string": {"maxLength", "const"}, "array": {"maxItems"}, "integer": {"maximum"}}
    bounds["object"] = {"additionalProperties"}
    loose = [
        place
        for place, part in nodes(CONTRACT["components"])
        if isinstance(part, dict)
        for kind in bounds
        if kind in part.get("type", ()) and not bounds[kind] & part.keys()
    ]
    assert loose == []


def test_what_is_referred_to_is_there_and_used() -> None:
    """No reference leads nowhere, and no component stands idle."""
    named = {part["$ref"] for _, part in nodes(CONTRACT) if isinstance(part, dict) and "$ref" in part}
    there = {
        f"#/components/{kind}/{name}"
        for kind, members in CONTRACT["components"].items()
        if kind != "securitySchemes"
        for name in members
    }
    assert named == there


def test_examples_keep_to_their_schemas() -> None:
    """What is shown would be accepted where it is shown."""
    media = [
        part
        for _, part in nodes(CONTRACT)
        if isinstance(part, dict) and {"schema", "examples"} <= part.keys()
    ]
    shown = [(part["schema"], resolved(one)["value"]) for part in media for one in part["examples"].values()]
    assert len(shown) > 20
    for its_schema, value in shown:
        judge(its_schema).validate(value)


@pytest.mark.parametrize(("method", "said"), [(method, said) for method, _, said in operations()])
def test_every_request_can_be_refused(method: str, said: Any) -> None:
    """The ways to refuse are the same everywhere; those that concern a body, where there is one."""
    refusals = {"400", "401", "403", "429", "503"}
    if method in ("POST", "PUT"):
        refusals |= {"409", "413", "415", "422"}
    assert refusals <= said["responses"].keys()


@pytest.mark.parametrize(
    ("read", "judged_by", "example"),
    [
        *((read_standing, STATES, name) for name in STATES),
        (read_standing, STATES, "PracticeFiled"),
        (read_statements, ("Statements",), "Statements"),
        (read_statements, ("Statements",), "PracticeStatements"),
        (filed_with, ("Filing",), "Filing"),
        (filed_with, ("Filing",), "Correction"),
    ],
)
def test_our_readers_take_what_the_contract_allows_and_nothing_else(
    read: Callable[[Any], object], judged_by: tuple[str, ...], example: str
) -> None:
    """Client and practice office agree with it on every example, and on each with one thing wrong."""
    value = EXAMPLES[example]
    assert accepts(read, value)
    for variant in variants(value):
        allowed = any(schema(name).is_valid(variant) for name in judged_by)
        assert accepts(read, variant) == allowed, variant
