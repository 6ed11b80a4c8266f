from __future__ import annotations

import re

from click.testing import CliRunner

from bot.cli import main
from tests.bot.commands.terminal import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_proof_in_the_readme_is_the_proof() -> None:
    """With the counts that are printed; warnings come before them."""
    (shown,) = (part for part in README.split("```") if part.endswith("\nproven\n"))
    printed = CliRunner().invoke(main, ["rules", "check"]).stdout
    assert printed.endswith(shown)


def test_every_command_is_in_the_table() -> None:
    """And every command of the table is one."""
    table = re.findall(r"^\| `beian ([a-z]+(?: [a-z]+)?)", README, re.MULTILINE)
    groups = {name: getattr(command, "commands", None) for name, command in main.commands.items()}
    every = {f"{name} {sub}" for name, subs in groups.items() for sub in subs or ()}
    assert sorted(table) == sorted(every | {name for name, subs in groups.items() if subs is None})


def test_every_make_target_that_is_named_is_one() -> None:
    """As `make` lists them."""
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:`|^|none )make ([a-z-]+)", README, re.MULTILINE))
    assert named
    assert named <= set(targets)
