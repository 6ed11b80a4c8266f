"""What a request carries, whichever way it is encoded: query, form, multipart or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.telegram.entities import units
from tests.telegram.errors import Refused, bad_request

LARGEST_REQUEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a call, all as text, and its files.

    Reading one raises Refused if it is not what it must be. A number or a truth that Telegram would read
    leniently must be spelled properly here.
    """

    values: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; empty if it is missing."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = self.values.get(name)
        if value is None:
            return default
        if not value.removeprefix("-").isdecimal() or not value.isascii():
            raise bad_request(f"invalid {name} specified")
        return int(value)

    def boolean(self, name: str) -> bool:
        """A truth; false if it is missing."""
        value = self.values.get(name, "false")
        if value not in {"true", "false"}:
            raise bad_request(f"invalid {name} specified")
        return value == "true"

    def json(self, name: str) -> Any:
        """What stands there as JSON; None if it is missing."""
        if name not in self.values:
            return None
        try:
            return json.loads(self.values[name])
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error


async def asked_by(request: web.Request) -> Asked:
    """What a call carries. Raises Refused if it cannot be read."""
    values: dict[str, str] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= from_json(await request.read())
    elif request.can_read_body:
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge as error:
            raise Refused(413, "Request Entity Too Large") from error
        for name, value in form.items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else value.decode()
    return checked(Asked(values, files))


async def asked_in_reply(response: aiohttp.ClientResponse) -> Asked | None:
    """The method call in a webhook's answer, under `method`; None if there is none."""
    match response.content_type:
        case "application/json":
            values = from_json(await response.read() or b"{}")
        case "multipart/form-data":
            values = await _parts(response)
        case _:
            return None
    return checked(Asked(values)) if "method" in values else None


async def _parts(response: aiohttp.ClientResponse) -> dict[str, str]:
    values = {}
    try:
        async for part in aiohttp.MultipartReader.from_response(response):
            if isinstance(part, aiohttp.BodyPartReader) and part.name:
                values[part.name] = await part.text()
    except ValueError as error:
        raise bad_request("can't parse multipart/form-data") from error
    return values


def from_json(body: bytes) -> dict[str, str]:
    """A JSON object as parameters: what is no text stays in its spelling."""
    try:
        read = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(read, dict):
        raise bad_request("JSON object expected")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in read.items()
        if value is not None
    }


def checked(asked: Asked) -> Asked:
    """As it came. Raises Refused if a text is not proper Unicode."""
    for name, value in asked.values.items():
        units(name + value)
    return asked
