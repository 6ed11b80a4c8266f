"""The command `beian`: names and options only; what a command does is in `bot.commands`."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bot import observability
from bot.terminal import Unheard


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="beian")
def main() -> None:
    """Does a social-media account have to be registered, and how? Ask Beian."""
    observability.set_up()


@main.command()
def chat() -> None:
    """Talk to the bot in this terminal."""
    observability.set_up(logging.ERROR)  # what is merely logged would stand between the lines of the chat
    _call("chat")


@main.command()
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="An answer, such as platform=weibo; may be repeated. A wrong one names those there are.",
)
@click.option("--on", "day", metavar="DATE", help="The day asked about; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict for machines.")
def check(facts: tuple[str, ...], day: str | None, *, as_json: bool) -> None:
    """Say what these answers come to, without keeping anything."""
    _call("check", facts=facts, day=day, as_json=as_json)


@main.command()
def serve() -> None:
    """Run every configured channel, and bring filings forward, until told to stop."""
    _call("serve")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8017, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where it keeps its filings.")
def sandbox(host: str, port: int, folder: Path | None) -> None:
    """Run the practice office by itself."""
    _call("sandbox", host=host, port=port, folder=folder)


@main.group()
def rules() -> None:
    """The law as data."""


@rules.command("check")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Another rulebook than the shipped one.",
)
def rules_check(folder: Path | None) -> None:
    """Prove the rulebook over all answers, on all days that matter."""
    _call("rules", folder=folder)


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it for machines.")
def rules_list(*, as_json: bool) -> None:
    """Name every source, what rests on it, and when it was last checked."""
    _call("sources", as_json=as_json)


@rules.command("diff")
@click.argument("old")
@click.argument("new", default="")
@click.option("--json", "as_json", is_flag=True, help="Print it for machines.")
@click.option(
    "--notify", is_flag=True, help="Tell the owners who asked to be told, where it changes something."
)
@click.option("--dry-run", is_flag=True, help="With --notify: only say how many they are, and what changes.")
def rules_diff(old: str, new: str, *, as_json: bool, notify: bool, dry_run: bool) -> None:
    """Say whose outcome changes from OLD to NEW, each a folder or a git revision; NEW is what is here."""
    if (dry_run and not notify) or (as_json and notify):
        raise click.UsageError("--dry-run goes with --notify only, and --json without it")
    if notify:
        _call("notify", old=old, new=new, dry=dry_run)
    else:
        _call("diff", old=old, new=new, as_json=as_json)


@rules.command("graph")
@click.argument("instruments", nargs=-1, metavar="[INSTRUMENT]...")
@click.option(
    "--language", type=click.Choice(["en", "zh_CN"]), help="Its language; with --folder, both if left out."
)
@click.option("--on", "day", metavar="DATE", help="The day asked about; today if left out.")
@click.option("--mermaid", "as_mermaid", is_flag=True, help="Mermaid instead of SVG, for pages that draw it.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write one file each; by default of all.",
)
def rules_graph(
    instruments: tuple[str, ...],
    language: str | None,
    day: str | None,
    folder: Path | None,
    *,
    as_mermaid: bool,
) -> None:
    """Draw the questions and outcomes of an instrument."""
    _call("graph", instruments=instruments, language=language, day=day, folder=folder, as_mermaid=as_mermaid)


@main.group()
def receipt() -> None:
    """The receipts that owners keep."""


@receipt.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--sent",
    type=click.Path(path_type=Path),
    metavar="BODY.json",
    help="Also hold this, to the byte, against what was sent.",
)
def receipt_verify(file: Path, sent: Path | None) -> None:
    """Say whether a receipt (PDF, HTML or JSON) is as this bot made it. Needs the bot's database and key."""
    _call("receipt", file=file, sent=sent)


@main.group()
def texts() -> None:
    """The catalogues."""


@texts.command("check")
def texts_check() -> None:
    """Find texts that are missing, outdated or broken in a translation."""
    _call("texts")


def _call(command: str, **options: Any) -> None:
    """Run a command, importing only what it needs. One that nobody can hear ends quietly."""
    try:
        import_module(f"bot.commands.{command}").run(**options)
    except Unheard:
        if sys.stdout is not None:  # what is left to be printed at the end would fail once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
