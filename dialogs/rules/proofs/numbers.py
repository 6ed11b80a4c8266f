"""Of the numbers: each is, with its sign, what the source's own words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import cn2an

from dialogs.rules.logic import MoreThan, Node, leaves
from dialogs.rules.proofs.case import Case
from dialogs.rules.proofs.fault import Fault

_MORE: Final = re.compile(r"过|多于|大于|高于|逾|\b(?:more than|over|above|exceed\w*)\b", re.IGNORECASE)
_LEAST: Final = re.compile(
    r"以上|达|不少于|不低于|至少|\b(?:at least|or more|from|no fewer than|not less than)\b"
    r"|以下|不满|不足|\b(?:below|under)\b",  # those it leaves out
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[0-9][0-9,.]*[万亿]?|[零一二两三四五六七八九十百千万亿]+")


def numbers(case: Case) -> Iterator[Fault]:
    """Every threshold has its source's own words, and they say the same."""
    for about, when in _conditions(case):
        for leaf in leaves(when):
            if isinstance(leaf, MoreThan) and (so := _unlike(leaf)):
                yield Fault(about, f"{leaf} is not what its source says", so=so)


def _conditions(case: Case) -> Iterator[tuple[str, Node]]:
    for duty in case.rulebook.duties.values():
        yield duty.id, duty.when
        yield from ((duty.id, when) for _, when in duty.documents)
    yield from ((f"note[{note.id}]", note.when) for note in case.rulebook.notes)
    for form in case.rulebook.forms.values():
        yield from ((f"form.{form.id}", field.when) for field in form.fields)


def _unlike(leaf: MoreThan) -> str:
    """How a threshold differs from its source's words; nothing if it does not."""
    if not leaf.says:
        return "`says` with the source's own words is missing"
    more, least = _MORE.search(leaf.says), _LEAST.search(leaf.says)
    found = [_number(text) for text in _NUMBER.findall(leaf.says)]
    if bool(more) == bool(least) or len(found) != 1:
        return f"{leaf.says!r} is not one number with one of 超过, 以上, more than, at least"
    read = f"{'>=' if least else '>'} {found[0]}"
    sign = f"{'>=' if leaf.inclusive else '>'} {leaf.limit}"
    return "" if read == sign else f"{leaf.says!r} is {read}"


def _number(text: str) -> int:
    plain = text.replace(",", "").rstrip(".")
    return int(cn2an.cn2an(f"1{plain}" if plain in "万亿" else plain, "smart"))  # 过万 is 超过1万
