"""openapi.yaml as the judge of what goes over the line in these tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import bot.office

METHODS = ("get", "put", "post", "delete")
CONTRACT: Any = yaml.safe_load((Path(bot.office.__path__[0]) / "openapi.yaml").read_text("utf-8"))

_formats = FormatChecker(formats=["date"])
_formats.checks("date-time", raises=(TypeError, ValueError))(
    lambda value: bool(datetime.fromisoformat(value))
)
_registry: Registry[Any] = Registry().with_resource("urn:contract", DRAFT202012.create_resource(CONTRACT))


def resolved(part: Any) -> Any:
    """A part of the contract, or what it refers to."""
    while isinstance(part, dict) and "$ref" in part:
        target = CONTRACT
        for key in part["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        part = target
    return part


@cache
def schema(name: str) -> Draft202012Validator:
    """The judge of one of the contract's schemas."""
    return judge({"$ref": f"#/components/schemas/{name}"})


def judge(part: Any) -> Draft202012Validator:
    """The judge of any schema that stands in the contract."""
    text = json.dumps(part).replace('"#/', '"urn:contract#/')
    return Draft202012Validator(json.loads(text), registry=_registry, format_checker=_formats)


def operations() -> Iterator[tuple[str, str, Any]]:
    """Every operation: its method, its path, and what the contract says of it."""
    for path, item in CONTRACT["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def operation(method: str, path: str) -> Any:
    """What the contract says of a request to an actual path."""
    for its_method, template, said in operations():
        if its_method == method and re.fullmatch(template.replace("{reference}", "[^/]+"), path):
            return said
    raise AssertionError(f"the contract knows no {method} {path}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. Header names are in small letters."""

    method: str
    path: str
    asked: Mapping[str, str]
    request: bytes
    status: int
    told: Mapping[str, str]
    answer: bytes

    def check(self) -> None:
        """Raises AssertionError or ValidationError for what the contract does not describe.

        A request that is refused as malformed may be anything.
        """
        said = operation(self.method, self.path)
        self._check_answer(said)
        if self.status not in (400, 401, 413, 415):
            self._check_request(said)

    def _check_answer(self, said: Any) -> None:
        assert str(self.status) in said["responses"], "a status that the contract does not have"
        response = resolved(said["responses"][str(self.status)])
        for name, header in response.get("headers", {}).items():
            its, told = resolved(header), self.told.get(name.lower())
            assert told is not None or not its.get("required"), f"no {name}"
            if told is not None:
                judge(its["schema"]).validate(told)
        assert self.told.get("content-type") in response["content"]
        judge(response["content"][self.told["content-type"]]["schema"]).validate(json.loads(self.answer))

    def _check_request(self, said: Any) -> None:
        for parameter in map(resolved, said.get("parameters", [])):
            name = parameter["name"].lower()
            assert name in self.asked or not parameter.get("required"), f"no {name}"
            if name in self.asked:
                judge(parameter["schema"]).validate(self.asked[name])
        if "requestBody" in said:
            judge(said["requestBody"]["content"]["application/json"]["schema"]).validate(
                json.loads(self.request)
            )
        else:
            assert self.request == b"", "a body that the contract does not have"


class Judged:
    """An office's app under the eyes of the contract. `seen` are its exchanges, `faults` what was found."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.seen: list[Exchange] = []
        self.faults: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request and its answer, passed on unchanged."""
        request, answer = bytearray(), bytearray()
        start: dict[str, Any] = {}

        async def hear() -> Message:
            message = await receive()
            request.extend(message.get("body", b""))
            return message

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            answer.extend(message.get("body", b""))
            await send(message)

        await self._app(scope, hear, say)
        method, path, status = scope["method"], scope["path"], start["status"]
        self._judge(
            Exchange(method, path, _headers(scope), bytes(request), status, _headers(start), bytes(answer))
        )

    def _judge(self, exchange: Exchange) -> None:
        self.seen.append(exchange)
        try:
            exchange.check()
        except (AssertionError, ValidationError) as fault:
            self.faults.append(f"{exchange.method} {exchange.path} {exchange.status}: {fault}")


def _headers(message: Any) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in message["headers"]}
