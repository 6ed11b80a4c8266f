from __future__ import annotations

import json
import random
from typing import Any

import orjson
import pytest

from bot.papers.as_html import CLOSING, OPENING
from bot.papers.reading import Altered, Genuine, Unrelated, judged
from bot.papers.seal import ReceiptKey
from tests.bot.papers.samples import DATA, HOSTILE, KEY, SENT, files, paper

FORMATS = ["pdf", "html", "json"]
MADE = files(paper()) | {"hostile": files(paper(("姓名", HOSTILE)))["html"]}
DOCUMENT: dict[str, Any] = json.loads(MADE["json"])


@pytest.mark.parametrize("kind", MADE)
def test_what_was_made_is_genuine(kind: str) -> None:
    """In each format; the document says what the receipt does."""
    found = judged(MADE[kind], KEY.seal)
    assert isinstance(found, Genuine)
    assert {name: found.document[name] for name, _ in DATA} == dict(DATA)


@pytest.mark.parametrize("kind", MADE)
def test_another_bots_key_does_not_fit(kind: str) -> None:
    """Who has no key cannot tell an altered receipt from one of another bot."""
    assert judged(MADE[kind], ReceiptKey(bytes(32)).seal) == Altered()


@pytest.mark.parametrize("kind", FORMATS)
def test_no_byte_can_be_changed(kind: str) -> None:
    """Nor left out, nor added, wherever in the file; of JSON only what stands between its members can."""
    chance = random.Random(20261121)  # noqa: S311 - no secret
    file = MADE[kind]
    for place in {*range(60), *range(len(file) - 100, len(file)), *chance.choices(range(len(file)), k=300)}:
        flipped = bytes([file[place] ^ 1 << chance.randrange(7)])
        for other in (file[:place] + flipped + file[place + 1 :], file[:place] + file[place + 1 :]):
            if kind != "json" or not same(other):
                assert not isinstance(judged(other, KEY.seal), Genuine), (place, other[place : place + 1])


def same(other: bytes) -> bool:
    """Whether JSON still says the same."""
    try:
        return bool(orjson.loads(other) == DOCUMENT)
    except orjson.JSONDecodeError:
        return False


OTHERS: list[object] = ["x", "", 1, 1.0, True, None, [], {}, [["a"]], 2**70, "\ud800"]


@pytest.mark.parametrize("name", DOCUMENT)
def test_no_member_can_be_changed(name: str) -> None:
    """To another value of any type, nor left out, nor called otherwise."""
    value = DOCUMENT[name]
    others = [other for other in (*OTHERS, f"{value}0") if (type(other), other) != (type(value), value)]
    assert len(others) >= len(OTHERS) - 1
    for other in others:
        assert judged(json.dumps(DOCUMENT | {name: other}).encode(), KEY.seal) == Altered()
    left = {key: value for key, value in DOCUMENT.items() if key != name}
    assert judged(json.dumps(left).encode(), KEY.seal) == (Unrelated() if name == "beian" else Altered())
    renamed = left | {f"{name}s": value, "beian": "receipt"}
    assert judged(json.dumps(renamed).encode(), KEY.seal) == Altered()


@pytest.mark.parametrize("place", range(len(DOCUMENT["rows"])))
@pytest.mark.parametrize("side", [0, 1])
def test_no_row_can_be_changed(place: int, side: int) -> None:
    """Neither its label nor its value; nor can rows change places."""
    rows = [list(row) for row in DOCUMENT["rows"]]
    rows[place][side] += "。"
    assert judged(json.dumps(DOCUMENT | {"rows": rows}).encode(), KEY.seal) == Altered()
    turned = DOCUMENT["rows"][1:] + DOCUMENT["rows"][:1]
    assert judged(json.dumps(DOCUMENT | {"rows": turned}).encode(), KEY.seal) == Altered()


def test_nothing_can_be_added_to_a_document() -> None:
    """Not even what Beian never reads."""
    assert judged(json.dumps(DOCUMENT | {"more": ""}).encode(), KEY.seal) == Altered()


def test_json_may_be_set_otherwise() -> None:
    """Its members, their values and their texts are what is sealed."""
    turned = dict(reversed(DOCUMENT.items()))
    for text in (
        json.dumps(turned),
        json.dumps(DOCUMENT, indent=4),
        json.dumps(DOCUMENT, ensure_ascii=False),
    ):
        assert judged(text.encode(), KEY.seal) == Genuine(DOCUMENT)


@pytest.mark.parametrize(("kind", "old", "new"), [
    ("html", "李华", "李强"),
    ("html", "</table>", "</table><p>more</p>"),
    ("pdf", "/Title", "/Titel"),
])  # fmt: skip
def test_what_is_shown_cannot_be_changed_around_the_data(kind: str, old: str, new: str) -> None:
    """It is altered; that the data within are not is said besides."""
    assert judged(MADE[kind].replace(old.encode(), new.encode(), 1), KEY.seal) == Altered(DOCUMENT)


def test_the_end_of_lines_counts() -> None:
    """A page that went through a program which rewrites it is not what was made."""
    assert judged(MADE["html"].replace(b"\n", b"\r\n"), KEY.seal) == Altered(DOCUMENT)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_two_documents_in_one_file_are_none(kind: str) -> None:
    """Though each is genuine: it could not be told which one is shown."""
    file = MADE[kind]
    start = file.index(OPENING if kind == "html" else b'stream\n{"beian"')
    end = file.index(CLOSING if kind == "html" else b"\nendstream", start) + len(b"\nendstream")
    assert judged(file[:end] + file[start:end] + file[end:], KEY.seal) == Altered()


@pytest.mark.parametrize("file", [
    b'{"beian":' + b"[" * 200_000,
    b'{"beian":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    b'{"beian":' + b'{"a":' * 100_000,
    b'{"beian": "receipt", "beian": "receipt"}',
    b'{"beian": NaN}',
    b'{"beian": 1' + b"0" * 10_000 + b"}",
    b'{"beian": 1e999}',
    b'{"beian": "receipt", "seal": "\\ud800"}',
    b'{"beian": "receipt", "seal": "\xc3\xa9"}',
    b'{"beian": "receipt", "seal": {}}',
    b'["beian"]',
    b'"beian"',
    b'\xff\xfe"beian"',
    b'\xef\xbb\xbf{"beian": "receipt"}',
    b'<p>"beian"',
    b"<" + OPENING * 30_000 + b'"beian"',
    b"<" + OPENING + b'"beian"',
    b"%PDF-" + b'stream\n{"beian":"receipt",' * 30_000,
    b'%PDF-stream\n{"beian":"receipt",\nendstream',
    b'%PDF-"beian"',
], ids=lambda file: repr(file[:30]))  # fmt: skip
def test_hostile_files_are_altered_ones(file: bytes) -> None:
    """However deep, long, broken or often; quickly, and without an error."""
    assert judged(file, KEY.seal) == Altered()


@pytest.mark.parametrize("file", [b"", b"{}", b"%PDF-1.7", b"<!doctype html>", bytes(1000), SENT])
def test_other_files_are_no_receipts(file: bytes) -> None:
    """Nothing in them says so."""
    assert judged(file, KEY.seal) == Unrelated()


def test_a_duplicate_member_is_seen() -> None:
    """A reader might take the first, another the last."""
    twice = b'{"number":"PRACTICE-1",' + MADE["json"].lstrip()[1:]
    assert judged(twice, KEY.seal) == Altered()


def test_a_proof_is_no_seal() -> None:
    """What an office was sent is never a receipt, whatever it is made to say."""
    stated = {name: value for name, value in DOCUMENT.items() if name != "seal"}
    proof = KEY.prove(orjson.dumps(stated, option=orjson.OPT_SORT_KEYS))
    assert judged(json.dumps(DOCUMENT | {"seal": proof}).encode(), KEY.seal) == Altered()
