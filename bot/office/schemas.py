"""The schemas of `openapi.yaml` that an office answers with, read into the words of `dialogs.office`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.office.reading import DUTY_ID, FIELD_ID, MOST_REVISIONS, REFERENCE, GarbageError, Members
from dialogs import office
from dialogs.rules.statement import Statement

_NUMBER = re.compile(r"[^\x00-\x20\x7f]{1,64}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")


@dataclass(frozen=True, slots=True)
class Standing:
    """A filing as its office says it stands. `revision` is None where there is none."""

    reference: str
    revision: int | None
    answer: office.Answer


def read_statements(value: object) -> tuple[Statement, ...]:
    """An office's statements on what it collects. Raises GarbageError."""
    listed = Members({"statements": value}, "statements").items("statements", 200)
    stated = tuple(_statement(item) for item in listed)
    if len({one.duty for one in stated}) < len(stated) or len({one.practice for one in stated}) > 1:
        raise GarbageError("expected each duty once, and practice in all statements or none")
    return stated


def _statement(value: object) -> Statement:
    said = Members(
        value, "id collects since basis deadline documents contact stated_at practice", optional="until"
    )
    documents = said.items("documents", 20)
    statement = Statement(
        duty=said.matching("id", DUTY_ID),
        collects=said.flag("collects"),
        since=said.day("since"),
        until=said.day("until") if said.has("until") else None,
        basis=said.words("basis"),
        deadline=said.words("deadline"),
        documents=tuple(_document(item) for item in documents),
        contact=said.words("contact"),
        stated_at=said.moment("stated_at"),
        practice=said.flag("practice"),
    )
    if statement.until is not None and statement.until < statement.since:
        raise GarbageError("until: expected a day not before since")
    return statement


def _document(item: object) -> str:
    return Members({"document": item}, "document").words("document", least=1)


def read_standing(value: object) -> Standing:
    """A filing as an office says it stands. Raises GarbageError."""
    match value:
        case {"state": "filed"}:
            receipt = _receipt(Members(value, "state receipt").value("receipt"))
            return Standing(receipt.reference, receipt.revision, office.Filed(receipt))
        case {"state": "received"}:
            said = Members(value, "state reference revision", optional="retry_after until")
            gap = said.whole("retry_after", 1, 604800) if said.has("retry_after") else None
            until = said.moment("until") if said.has("until") else None
            return _stands(said, office.Received(gap, until))
        case {"state": "returned"}:
            said = Members(value, "state reference revision fields", optional="until")
            fields = tuple(_returned(item) for item in said.items("fields", 40, least=1))
            day = said.day("until") if said.has("until") else None
            return _stands(said, office.Returned(fields, day))
        case {"state": "rejected"}:
            said = Members(value, "state reference revision reason")
            return _stands(said, office.Rejected(said.words("reason", least=1)))
        case {"state": "withdrawn"}:
            return _stands(Members(value, "state reference revision"), office.Withdrawn())
        case {"state": "absent"}:
            said = Members(value, "state reference")
            return Standing(said.matching("reference", REFERENCE), None, office.Absent())
    raise GarbageError("expected a state")


def _stands(said: Members, answer: office.Answer) -> Standing:
    revision = said.whole("revision", 1, MOST_REVISIONS)
    return Standing(said.matching("reference", REFERENCE), revision, answer)


def _receipt(value: object) -> office.Receipt:
    said = Members(value, "number reference revision office issued_at practice")
    return office.Receipt(
        number=said.matching("number", _NUMBER),
        reference=said.matching("reference", REFERENCE),
        revision=said.whole("revision", 1, MOST_REVISIONS),
        office=said.matching("office", _NAME),
        issued_at=said.moment("issued_at"),
        practice=said.flag("practice"),
    )


def _returned(value: object) -> tuple[str, str]:
    said = Members(value, "field words")
    return said.matching("field", FIELD_ID), said.words("words", least=1)
