"""Filings for the tests of this folder: confirmed, invented, each with a reference of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from dialogs.filing import Filing
from dialogs.office import Answer, Filed, Receipt

CONFIRMED_AT = datetime(2026, 11, 20, 6, 31, 58, tzinfo=UTC)
SECRETS = ("李华", "11010519491231002X", "13800000021")

_numbers = count()


def filing(account_name: str = "长安夜话", **changes: Any) -> Filing:
    """A practice filing of a personal Weibo account."""
    name, resident_id, mobile = SECRETS
    standard: dict[str, Any] = {
        "reference": f"BN-{next(_numbers):016d}",
        "revision": 1,
        "office": "xian",
        "form": "xian/individual",
        "duties": ("cn-xian-2017/weibo-individual",),
        "rulebook": "3f9c2a71",
        "fields": (
            ("account_name", account_name),
            ("person_name", name),
            ("resident_id", resident_id),
            ("mobile", mobile),
        ),
        "confirmed_at": CONFIRMED_AT,
        "since": CONFIRMED_AT,
        "practice": True,
    }
    return Filing(**standard | changes)


def next_revision(ours: Filing, account_name: str = "长安夜谈") -> Filing:
    """The filing after a correction of its account name."""
    fields = tuple((name, account_name if name == "account_name" else text) for name, text in ours.fields)
    return replace(ours, revision=ours.revision + 1, fields=fields)


def receipt_in(answer: Answer) -> Receipt:
    """The receipt, which must be there."""
    assert isinstance(answer, Filed)
    return answer.receipt
