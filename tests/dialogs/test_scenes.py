from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dialogs import codec
from dialogs.conversation import Arrived, Conversation, Event, Pressed, Said, TimePassed
from dialogs.messages import Message
from dialogs.respond import SCENES
from dialogs.words import COMMANDS
from tests.dialogs.places import PLACES, at
from tests.dialogs.talks import Talk

NASTY = (
    "", " ", "\n", "\x00", "\x1b[2J\x07", "\u202e0123\u202c", "\u200b\u200d\ufeff", "a\u0301" * 40,
    "\ud800", "取\udc00消", "😀👨‍👩‍👧‍👦", "%s %(name)s %n", "{0.__class__}", "{n}",
    "{answer}", "{", "}}{{", "${HOME}",
    "<b>1</b>", "&amp;", "'; DROP TABLE conversations;--", "=1+1", "[link](http://example.com)", "/", "//",
    "/nonsense", "/start@bot x", "-5", "1e5", "3_0_0", "nan", "９９９", "٣", "①", "0", "1" * 5000, "中" * 300,
    "a" * 10_001, "：", "1、2、3", "=0", ":keep", ":unknown", "weibo and wechat", "about 30k", "no idea",
    "news?", "长安?", "03/04/2017", "2017-02-30",
)  # fmt: skip
"""What nobody should type, and somebody will."""


def events(talk: Talk) -> Iterator[Event]:
    """All that can come in where a talk stands."""
    yield from (Arrived(), Arrived("help"), TimePassed(), Pressed(talk.conversation.turn, 99))
    yield from (Said(f"/{command}") for command in COMMANDS)
    yield from (Said(words[place]) for words in COMMANDS.values() for place in (0, -1))
    yield from (Pressed(talk.conversation.turn, place) for place in range(len(talk.choices)))
    yield from (Said(str(place)) for place in range(1, len(talk.choices) + 2))
    yield from map(Said, NASTY)


def check_kept(conversation: Conversation) -> None:
    """Raises for a conversation that cannot be written as UTF-8, or is read back as another."""
    written = json.dumps(codec.encode(conversation), ensure_ascii=False).encode()
    assert codec.decode(json.loads(written)) == conversation


def check_said(event: Event, messages: tuple[Message, ...]) -> None:
    """Raises for anything but one question, reports before it, with words that can be written as UTF-8."""
    asks = [message for message in messages if not message.progress]
    assert len(asks) == (0 if isinstance(event, TimePassed) else 1)
    assert asks == list(messages[-1:])
    for message in messages:
        assert message.lines
        json.dumps(codec.encode(message), ensure_ascii=False).encode()


@pytest.mark.parametrize("place", PLACES)
def test_every_event_in_every_place_is_answered(place: str) -> None:
    """Whatever comes in, wherever the owner is: one message, and a conversation that can be kept."""
    for event in events(at(place)):
        turn = at(place).take(event)
        check_kept(turn.conversation)
        check_said(event, turn.messages)


def test_the_places_are_all_scenes() -> None:
    """No scene is left out above."""
    assert {at(place).scene for place in PLACES} == set(SCENES)
