"""What passes over the practice office's desk: filings as they come in, and what is told of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import orjson

from bot.office.reading import (
    DUTY_ID,
    FIELD_ID,
    MOST_REVISIONS,
    REFERENCE,
    GarbageError,
    Members,
    is_words,
    parsed,
)
from bot.office.sandbox_store import Record

Language = Literal["en", "zh"]

LOOK_AGAIN = 2
DECIDED_WITHIN = timedelta(days=1)
MARKED = "account_name"

_MEMBERS = "reference revision form duties rulebook confirmed_at fields"
_FORM = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+([/_-][a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z._:+-]{1,100}")
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "office": "Practice office",
        "return": "Practice: an account name with [return] comes back once. Change it and send again.",
        "reject": "Practice: an account name with [reject] is refused.",
        "duty": "Practice: this office takes no registrations under a duty that the filing names.",
    },
    "zh": {
        "office": "演练办公室",
        "return": "演练：账号名称含有‘[return]’的，会退回一次。请修改账号名称后重新提交。",
        "reject": "演练：账号名称含有‘[reject]’的，不予登记。",
        "duty": "演练：提交的登记事项中有本办公室不受理的。",
    },
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """A filing as it came, read strictly. `content` is all of it."""

    reference: str
    revision: int
    duties: frozenset[str]
    account_name: str
    content: str


def read_filing(raw: bytes) -> Submitted:
    """A filing from the body of a request. Raises GarbageError."""
    said = Members(parsed(raw), _MEMBERS)
    revision = said.whole("revision", 1, MOST_REVISIONS)
    said.matching("form", _FORM)
    said.matching("rulebook", _VERSION)
    said.moment("confirmed_at")
    content = {name: said.value(name) for name in _MEMBERS.split()} | {"revision": revision}
    return Submitted(
        reference=said.matching("reference", REFERENCE),
        revision=revision,
        duties=_duties(said),
        account_name=_fields(said).get(MARKED, ""),
        content=orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode(),
    )


def standing(record: Record, language: Language) -> dict[str, object]:
    """What the contract says of a filing in this state."""
    words = _WORDS[language]
    named: dict[str, object] = {"reference": record.reference, "revision": record.revision}
    match record.state:
        case "filed":
            receipt = {"office": words["office"], "issued_at": record.since, "practice": True}
            return {"state": "filed", "receipt": {"number": record.number, **named, **receipt}}
        case "received":
            until = (datetime.fromisoformat(record.since) + DECIDED_WITHIN).isoformat()
            return {"state": "received", **named, "retry_after": LOOK_AGAIN, "until": until}
        case "returned":
            fields = [{"field": MARKED, "words": words[record.words]}]
            return {"state": "returned", **named, "fields": fields}
        case "rejected":
            return {"state": "rejected", **named, "reason": words[record.words]}
        case "withdrawn":
            return {"state": "withdrawn", **named}


def statement(duty: str, stated_at: str) -> dict[str, object]:
    """What the contract says of a duty that is collected here."""
    return {
        "id": duty,
        "collects": True,
        "since": "2017-07-14",
        "until": None,
        "basis": "practice",
        "deadline": "",
        "documents": [],
        "contact": "",
        "stated_at": stated_at,
        "practice": True,
    }


def _duties(said: Members) -> frozenset[str]:
    listed = said.items("duties", 20, least=1)
    duties = frozenset(Members({"duties": item}, "duties").matching("duties", DUTY_ID) for item in listed)
    if len(duties) < len(listed):
        raise GarbageError("duties: expected each once")
    return duties


def _fields(said: Members) -> dict[str, str]:
    given = said.value("fields")
    if not isinstance(given, dict) or not 1 <= len(given) <= 40:
        raise GarbageError("fields: expected an object of 1 to 40 texts")
    if not all(FIELD_ID.fullmatch(name) and is_words(text, 500) for name, text in given.items()):
        raise GarbageError("fields: expected texts of 500 characters at most, by the ids of fields")
    return given
