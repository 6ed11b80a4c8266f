from __future__ import annotations

import os
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(name: str) -> dict[str, list[str]]:
    """Each pinned requirement of a file with its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        text = line.split("#")[0].strip().removesuffix("\\").strip()
        if text.startswith("--hash="):
            found[next(reversed(found))].append(text)
        elif text:
            found[text] = []
    return found


def versions(name: str) -> dict[str, str]:
    """Each pinned project of a file with its one version."""
    requirements = [Requirement(text) for text in pins(name)]
    return {one.name: str(one.specifier).removeprefix("==") for one in requirements}


@pytest.mark.parametrize("name", FILES)
def test_requirements_name_no_place(name: str) -> None:
    """Where packages come from is the affair of the machine that installs them."""
    text = (ROOT / name).read_text()
    assert not [line for line in text.splitlines() if "://" in line or "--index" in line or "--find" in line]


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    """What is installed is, to the byte, what was locked."""
    found = pins(name)
    assert found
    loose = [text for text, hashes in found.items() if "==" not in text or not hashes]
    assert loose == []
    assert all(one.startswith("--hash=sha256:") for hashes in found.values() for one in hashes)


def test_both_files_agree() -> None:
    """A library that the tests and the bot share has one version."""
    runtime, dev = (versions(name) for name in FILES)
    assert {name: dev[name] for name in dev.keys() & runtime.keys()} == {
        name: runtime[name] for name in dev.keys() & runtime.keys()
    }


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]),
        ("requirements-dev.txt", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_the_pins_are_of_what_the_project_declares(name: str, declared: list[str]) -> None:
    """Whoever changes pyproject.toml has run `make lock`."""
    pinned = versions(name)
    outside = [
        text for text in declared if not (one := Requirement(text)).specifier.contains(pinned[one.name])
    ]
    assert outside == []


def test_the_project_declares_its_four_pillars() -> None:
    """Both Telegram libraries, the database and the texts are declared, not brought along by chance."""
    declared = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
    assert {"python-telegram-bot", "aiogram", "sqlalchemy", "babel"} <= declared


def test_pyproject_is_the_only_tool_configuration() -> None:
    """No tool hides settings in a file of its own."""
    others = (
        "setup.py setup.cfg tox.ini pytest.ini mypy.ini .mypy.ini ruff.toml .ruff.toml .flake8 .importlinter"
    )
    assert [name for name in others.split() if (ROOT / name).exists()] == []


def test_make_alone_says_what_there_is() -> None:
    """Whoever types `make` reads each target with its purpose, and nothing is set up."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(
        ["make"],  # noqa: S607 - the make of whoever runs the tests
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = [line.split()[1] for line in run.stdout.splitlines()]
    assert listed == [
        "help", "chat", "test", "kills", "faults", "clock", "due", "check",
        "rules-size", "lock", "texts", "pictures", "font", "clean",
    ]  # fmt: skip
    assert run.stderr == ""


def test_what_runs_elsewhere_is_what_runs_here() -> None:
    """.ci/run holds no commands of its own: it calls make."""
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert [line for line in script.read_text().splitlines() if line.startswith("make")] == [
        "make check",
        "make test",
    ]
