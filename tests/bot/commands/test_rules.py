from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.figures import figures
from bot.rulebook import texts
from bot.spoken import texts as spoken_texts


def test_the_shipped_rulebook_is_proven() -> None:
    """It says how much that was; nothing of a progress bar where there is no terminal."""
    result = CliRunner().invoke(main, ["rules", "check"])
    assert (result.exit_code, result.stderr) == (0, "")
    *_, counts, interviews, last = result.stdout.splitlines()
    assert re.fullmatch(r"[0-9]+ days, [0-9]+ starts, [0-9]+ states walked", counts)
    assert re.fullmatch(r"[0-9]+ complete interviews, the longest with [0-9]+ questions", interviews)
    assert last == "proven"


def test_what_rests_on_reports_only_is_said() -> None:
    """A warning is no fault."""
    result = CliRunner().invoke(main, ["rules", "check"])
    assert "warning: cn-news-2017: in force by news reports only" in result.stdout.splitlines()


def test_an_empty_folder_proves_nothing(tmp_path: Path) -> None:
    """No outcome is reachable where there is no law; a folder that is not there is refused."""
    result = CliRunner().invoke(main, ["rules", "check", "--folder", str(tmp_path)])
    assert "applies: no duty ever comes to it" in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1] == "5 faults"
    assert result.exit_code == 1
    assert CliRunner().invoke(main, ["rules", "check", "--folder", str(tmp_path / "no")]).exit_code == 2


SAME = [
    ("more than 30,000 followers", "粉丝超过3万"),
    ("since 14 July 2017", "2017年7月14日起"),
    ("the notice of July 2017", "2017年7月的通知"),
    ("before 15 August (whether the 15th counts)", "8月15日前（是否含15日）"),
    ("art. 15 and item 8", "第十五条、第八项"),
    ("one account for a person and two for an enterprise", "个人1个账号，企业2个账号"),
    ("the first message", "第一条信息"),
    ("a date such as 2017-03-01", "例如2017年3月1日"),
    ("anquan419.com", "安全419"),
    ("45000, 45k or 4.5万", "45000、4.5万"),
]
OTHER = [
    ("more than 30,000 followers", "粉丝超过3000"),
    ("since 14 July 2017", "2017年7月15日起"),
    ("since 14 July 2017", "2017年7月起"),
    ("within 30 days", "三个月内"),
    ("within 30 days, at most 30", "30日内"),
    ("art. 15", "第十六条"),
    ("two accounts", "3个账号"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_the_same_figures(english: str, chinese: str) -> None:
    """However a language writes them."""
    assert figures(english).alike(figures(chinese))
    assert figures(chinese).alike(figures(english))


@pytest.mark.parametrize(("english", "chinese"), OTHER)
def test_other_figures(english: str, chinese: str) -> None:
    """Another number, another day, or one too few."""
    assert not figures(english).alike(figures(chinese))
    assert not figures(chinese).alike(figures(english))


def test_a_translation_of_other_figures_is_caught() -> None:
    """Every text of the files is held against its translation; one that is not there has none."""
    assert list(spoken_texts(texts())) == []
    (fault,) = spoken_texts({"a.toml": '[note.a]\ntext = "item 4 of 5"\n'})
    assert str(fault) == "a.toml: no translation into zh_CN: 'item 4 of 5'"
