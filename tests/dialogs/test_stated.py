"""What a connected office states beside that it collects, on the card and where one is told how to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import words
from tests.dialogs.talks import WEIBO, Kind, Talk, a_talk, a_world

BASIS = "Notice of 30 October 2026"
DEADLINE = "Within 30 days of the first message"
CONTACT = "filings@office.example"
SOURCE = "Deadline: accounts that existed then"


def stating(kind: Kind, *, basis: str = BASIS, deadline: str = DEADLINE, contact: str = CONTACT) -> Talk:
    """A chat at its verdict, with an office that states this."""
    world = a_world(kind)
    more = {"basis": basis, "deadline": deadline, "contact": contact}
    talk = Talk(
        replace(world, statements={id_: replace(one, **more) for id_, one in world.statements.items()})
    )
    return talk.arrive().say(*WEIBO)


def after(talk: Talk, beginning: str) -> str:
    """The line after the one that begins so."""
    lines = talk.text.splitlines()
    return lines[next(place for place, line in enumerate(lines) if line.startswith(beginning)) + 1]


def test_an_offices_words_stand_beside_the_sources() -> None:
    """Quoted, and as its own: the deadline after the source's, the basis after the source."""
    talk = stating("real")
    assert after(talk, SOURCE) == f"The office states as the deadline: “{DEADLINE}”"
    assert after(talk, "Source:") == f"The office states as its basis: “{BASIS}”"
    assert CONTACT not in talk.text
    talk.say("how to ask")
    assert f"The office states where to ask: “{CONTACT}”" in talk.text.splitlines()
    assert "We have found no telephone" not in talk.text


@pytest.mark.parametrize("kind", ["practice", "none"])
def test_only_an_authority_is_quoted(kind: Kind) -> None:
    """A practice office sets nobody a deadline."""
    talk = stating(kind)
    shown = talk.text + talk.say("how to ask").text
    assert not [words_ for words_ in (BASIS, DEADLINE, CONTACT) if words_ in shown]
    assert "The office states" not in shown


def test_of_what_an_office_does_not_state_nothing_is_said() -> None:
    """The sources say it, or that they do not."""
    talk = stating("real", basis="", deadline="", contact="")
    assert talk.text == a_talk(*WEIBO, kind="real").text
    assert "The office states" not in talk.text + talk.say("how to ask").text
    assert "We have found no telephone" in talk.text


def test_in_chinese() -> None:
    """The office's words as they are, in ours."""
    shown = words("zh_CN").question(stating("real").message)
    assert f"受理单位写明的期限：“{DEADLINE}”" in shown
    assert f"受理单位写明的依据：“{BASIS}”" in shown
