"""One filing, and what its office answers when all goes well."""

from __future__ import annotations

from tests.bot.office.faults import told
from tests.bot.office.filings import filing

OURS = filing()
NAMED = {"reference": OURS.reference, "revision": 1}
RECEIPT = NAMED | {
    "number": "PRACTICE-2026-000001",
    "office": "Practice office",
    "issued_at": "2026-11-20T14:32:00+08:00",
    "practice": True,
}
FILED = {"state": "filed", "receipt": RECEIPT}
WHOLE = told(201, FILED)
