from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.i18n import words
from bot.pictures import svg
from bot.rulebook import rulebook
from dialogs.picture import picture

BOOK = rulebook()
SUMMER = date(2017, 7, 25)
LANGUAGES = ("en", "zh_CN")
COMMITTED = Path(__file__).parents[3] / "docs/images/rules"


def beian(*options: str) -> tuple[int, str, str]:
    """What `beian rules graph` exits with, prints and complains of."""
    result = CliRunner().invoke(main, ["rules", "graph", *options], env={"BEIAN_LANGUAGE": "en"})
    return result.exit_code, result.stdout, result.stderr


def test_the_committed_pictures_are_of_this_rulebook(tmp_path: Path) -> None:
    """What the README shows is what the rulebook says; `make pictures` draws it anew."""
    assert beian("--folder", str(tmp_path)) == (0, "", "")
    new, old = (
        {path.name: path.read_text() for path in folder.glob("*.svg")} for folder in (tmp_path, COMMITTED)
    )
    assert len(new) == len(BOOK.instruments) * len(LANGUAGES)
    stale = sorted(name for name in new | old if new.get(name) != old.get(name))
    assert stale == [], "run `make pictures`"


def test_one_picture_is_printed() -> None:
    """In the language and on the day asked for; the day is then said."""
    code, text, _ = beian("cn-xian-2017", "--language", "zh_CN", "--on", "2017-07-25")
    drawn = picture(BOOK.instruments["cn-xian-2017"], BOOK, SUMMER, dated=True)
    assert (code, text) == (0, svg.svg(drawn, words("zh_CN")))
    assert "2017年7月25日的情况" in text
    assert beian("cn-xian-2017", "--mermaid")[1].splitlines()[3] == "flowchart TD"


def test_a_folder_takes_what_is_named(tmp_path: Path) -> None:
    """One file for each instrument and language asked for."""
    folder = tmp_path / "new"
    assert (
        beian("cn-xian-2017", "cn-news-2017", "--language", "en", "--mermaid", "--folder", str(folder))[0]
        == 0
    )
    assert {path.name for path in folder.iterdir()} == {"cn-xian-2017.en.mmd", "cn-news-2017.en.mmd"}


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ((), "one INSTRUMENT, or --folder for several"),
        (("cn-xian-2017", "cn-news-2017"), "one INSTRUMENT, or --folder for several"),
        (("atlantis",), "no instrument 'atlantis'; there are: "),
        (("cn-xian-2017", "--on", "soon"), "--on takes a date such as 2017-07-25; not 'soon'"),
    ],
)
def test_what_cannot_be_drawn_is_said(options: tuple[str, ...], complaint: str) -> None:
    """A wrong option is exit code 2, with what would be right."""
    code, out, err = beian(*options)
    assert (code, out) == (2, "")
    assert complaint in err
