from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands import revisions
from bot.rulebook import texts
from tests.dialogs.rules.small import FILES, changed

SILENT = "where no office states that it collects"
LATER = changed("cn/city.toml", "current_until = 2020-02-01", "current_until = 2020-03-01")


def beian(*arguments: str) -> Result:
    """What `beian rules diff` prints."""
    return CliRunner().invoke(main, ["rules", "diff", *arguments])


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Git, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - no shell, no foreign words


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one revision of the small rulebook, in which somebody is and has edited it."""
    root = tmp_path / "checkout"
    rulebook = written(root / "dialogs" / "rulebook", FILES)
    (rulebook / "notes.md").write_text("no rulebook")
    git(tmp_path, "init", "-q", str(root))
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    git(root, "tag", "first")
    written(rulebook, LATER)
    monkeypatch.chdir(root)
    return root


def test_two_folders(tmp_path: Path) -> None:
    """What changes first, grouped by duty: from what to what, when, for whom, and of how many."""
    old, new = written(tmp_path / "old", FILES), written(tmp_path / "new", LATER)
    result = beian(str(old), str(new))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "The outcome of 1 duty changes.",
        "",
        "city-2020/weibo: Registering a Weibo account",
        f"  ask the office -> applies, from 2020-02-02 until 2020-03-01, {SILENT}",
        "    platform weibo; followers 1001+; residence city (1 of 27 classes)",
        "",
        "Written otherwise: instrument.city-2020",
    ]


def test_nothing_changes(tmp_path: Path) -> None:
    """Then that is all that is said."""
    folder = str(written(tmp_path / "one", FILES))
    assert beian(folder, folder).stdout == "No outcome changes.\n"


def test_what_is_new_and_what_is_asked_is_named(tmp_path: Path) -> None:
    """A duty that is removed with its questions, and a form that nobody asks for."""
    more = FILES["cn/city.toml"].partition("[[duty]]")[0]
    old, new = written(tmp_path / "old", FILES), written(tmp_path / "new", {**FILES, "cn/city.toml": more})
    lines = beian(str(old), str(new)).stdout.splitlines()
    assert "city-2020/weibo (removed): Registering a Weibo account" in lines
    assert lines[-2:] == ["No longer asked: platform, followers, residence", "Removed: note.tip"]
    assert "city-2020/weibo (new): Registering a Weibo account" in beian(str(new), str(old)).stdout


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    """Every line is in the JSON; the sum of what is left out is printed."""
    shipped = dict(texts())
    old = str(written(tmp_path / "old", shipped))
    sooner = shipped["cn/tang.toml"].replace("valid_from = 2025-03-21", "valid_from = 2025-03-01")
    new = str(written(tmp_path / "new", {**shipped, "cn/tang.toml": sooner}))
    changes = json.loads(beian(old, new, "--json").stdout)["changes"]
    lines = beian(old, new).stdout.splitlines()
    left_out = [int(line.split()[1]) for line in lines if line.endswith("--json has them all")]
    assert left_out
    assert sum(line.startswith("    ") for line in lines) - len(left_out) + sum(left_out) == len(changes)


@pytest.mark.parametrize("inside", [".", "dialogs"])
def test_a_revision_against_what_is_here(
    checkout: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From anywhere in the checkout; only what is the rulebook's is read."""
    monkeypatch.chdir(checkout / inside)
    assert "from 2020-02-02 until 2020-03-01" in beian("first").stdout
    assert beian("first", "HEAD").stdout == "No outcome changes.\n"


def test_a_revision_against_a_folder(checkout: Path, tmp_path: Path) -> None:
    """A folder is taken as one, also where a revision has its name."""
    folder = written(tmp_path / "other", FILES)
    assert beian("HEAD", str(folder)).stdout == "No outcome changes.\n"
    written(checkout / "first", LATER)
    assert "until 2020-03-01" in beian("HEAD", "first").stdout


def test_outside_of_a_checkout_the_programs_own_counts(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody runs it from a checkout, but is elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(revisions, "FOLDER", checkout / "dialogs" / "rulebook")
    assert "until 2020-03-01" in beian("first").stdout


def test_without_any_checkout_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program has no revisions; folders can still be compared."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(revisions, "FOLDER", written(tmp_path / "installed", FILES))
    result = beian("HEAD~1")
    assert result.exit_code == 2
    assert "has to run in a git checkout of the program" in result.stderr
    assert beian(str(tmp_path / "installed")).stdout == "No outcome changes.\n"


def test_without_git_it_says_what_to_do(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to run is no revision either."""
    monkeypatch.setenv("PATH", str(checkout))
    result = beian("first")
    assert (result.exit_code, "no folder" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:dialogs", "-h~1"])
def test_an_unknown_name_is_refused(checkout: Path, name: str) -> None:
    """In one line, with exit code 2; git takes none of it for an option."""
    result = beian("--", name)
    assert result.exit_code == 2
    assert f"Error: '{name}' is no folder, and in {checkout} no git revision" in result.stderr
    assert not (checkout / "x").exists()


def test_a_folder_without_a_rulebook_is_refused(tmp_path: Path) -> None:
    """And not taken for one in which everything was removed."""
    result = beian(str(tmp_path))
    assert (result.exit_code, "without any .toml file" in result.stderr) == (2, True)


def test_a_broken_rulebook_names_itself(tmp_path: Path) -> None:
    """The name that was given, the file and the key."""
    broken = written(tmp_path / "broken", changed("cn/city.toml", 'zone = "Asia/Shanghai"', 'zone = "x"'))
    result = beian(str(broken))
    assert result.exit_code == 1
    assert f"{broken}: cn/city.toml" in result.stderr


def test_json(tmp_path: Path) -> None:
    """The whole list, for machines; answers as they are given to `beian check`."""
    old, new = written(tmp_path / "old", FILES), written(tmp_path / "new", LATER)
    assert json.loads(beian(str(old), str(new), "--json").stdout) == {
        "changes": [
            {
                "duty": "city-2020/weibo",
                "from": "2020-02-02",
                "until": "2020-03-01",
                "stated": False,
                "answers": {"platform": ["weibo"], "followers": ["1001+"], "residence": ["city"]},
                "before": "ask_the_office",
                "after": "applies",
                "classes": 1,
                "of": 27,
            }
        ],
        "added": [],
        "removed": [],
        "reworded": ["instrument.city-2020"],
    }
