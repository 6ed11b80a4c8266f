"""How the Bot API refuses."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A refusal: its HTTP status, what it says, and the `parameters` that come along, such as retry_after."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(why: str) -> Refused:
    """400."""
    return Refused(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refused:
    """403."""
    return Refused(403, f"Forbidden: {why}")


def conflict(why: str) -> Refused:
    """409."""
    return Refused(409, f"Conflict: {why}")


def flood(seconds: int) -> Refused:
    """429. `seconds` are to be waited out."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED = Refused(401, "Unauthorized")
NOT_FOUND = Refused(404, "Not Found")
