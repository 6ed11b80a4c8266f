"""Receipts to make files of, and the key they are sealed with."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.papers.making import made
from bot.papers.seal import ReceiptKey
from dialogs.messages import Moment, Part, ReceiptPaper, T

KEY = ReceiptKey(b"receipt key of the tests, 32 byte")
ISSUED = datetime(2026, 11, 20, 6, 32, tzinfo=UTC)
REFERENCE = "BN-0123456789ABCDEF"
SENT = b'{"fields":{"resident_id":"11010519491231002X"}}'
DATA = (
    ("number", "PRACTICE-2026-004217"),
    ("office", "Practice office"),
    ("issued_at", ISSUED.isoformat()),
    ("practice", "true"),
    ("reference", REFERENCE),
    ("revision", "1"),
    ("rulebook", "0123abcd"),
    ("proof", KEY.prove(SENT)),
)
ROWS: tuple[tuple[Part, Part], ...] = (
    (T("Yes"), "PRACTICE-2026-004217"),
    ("签发时间", Moment(ISSUED)),
    ("姓名", "李华"),
    ("身份证号码", "1***************2X"),
    ("账号名称", "长安夜话" * 30),
    ("Posts", "original news, and whatever else is written here, so that the line has to be broken " * 3),
)
HOSTILE = "</script><script>alert(1)</script> {nb} {x} **bold** \"quoted\" & 'single' <!-- --> %s \\ ]]>"


def paper(*rows: tuple[Part, Part], title: str = "登记回执（演练）") -> ReceiptPaper:
    """A receipt with these rows, or those above."""
    return ReceiptPaper(REFERENCE, T(title), rows or ROWS, ("演练：未提交给任何政府部门。",), DATA)


def files(receipt: ReceiptPaper, language: str = "zh_CN") -> dict[str, bytes]:
    """Its files by their formats."""
    return {name.rpartition(".")[2]: content for name, _kind, content in made(receipt, language, KEY.seal)}
