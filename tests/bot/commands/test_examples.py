from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.terminal import ROOT, beian

EXAMPLES = ROOT / "docs" / "examples"
OPEN = "You are in the middle of something"
IN_ORDER = (
    ("weibo-45000.en.txt", "Practice receipt PRACTICE-2"),
    ("weibo-45000.zh.txt", "演练回执 PRACTICE-2"),
    ("enterprise-20000.en.txt", "Stopped. The answers are erased."),
    ("package.en.txt", "Your form, to hand in yourself."),
)


@pytest.mark.parametrize("order", [IN_ORDER, IN_ORDER[::-1]])
def test_the_examples_work_one_after_the_other(tmp_path: Path, order: tuple[tuple[str, str], ...]) -> None:
    """In one data folder, in any order; each in its own language, and each leaves nothing open."""
    for name, last in order:
        lines = tuple((EXAMPLES / name).read_text(encoding="utf-8").splitlines())
        office = {"office": "none"} if name.startswith("package") else {}
        ended = beian("chat", data=tmp_path, lines=lines, **office)
        assert (ended.status, ended.err) == (0, ""), name
        assert last in ended.out[ended.out.rindex(f"> {lines[-1]}") :]
        assert OPEN not in ended.out
        covered = [line for line in lines if line in ("11010519491231002X", "13800138000")]
        assert ended.out.count("> **********\n") == len(covered)


def test_every_example_is_tried() -> None:
    """And named in the README, in this order."""
    named = [name for name, _ in IN_ORDER]
    assert sorted(named) == sorted(path.name for path in EXAMPLES.iterdir())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(named, key=readme.index) == named


def test_the_chat_in_the_readme_is_the_chat(tmp_path: Path) -> None:
    """Line by line; what is left out is marked."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = (part for part in readme.split("```") if "\n> weibo\n" in part)
    lines = tuple(line.removeprefix("> ") for line in shown.splitlines() if line.startswith("> "))
    printed = beian("chat", data=tmp_path, lines=lines, office="none").out
    place = 0
    for part in (part.strip("\n") for line in shown.splitlines() for part in line.split("…")):
        assert part in printed[place:]
        place = printed.index(part, place) + len(part)
