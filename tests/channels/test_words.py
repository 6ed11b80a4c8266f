"""Owners' words are shown as text, whatever they are, and every text is of a length that Telegram takes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.api import Library
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.screen import LONGEST
from bot.delivered import Place
from bot.pace import Pace
from bot.settings import Settings
from bot.shown import Choice, Shown
from bot.telegram import library_of
from tests.channels.conftest import Open
from tests.channels.golden import UNHURRIED
from tests.channels.walks import HOLDER, begins, paragraphs, reply, walk
from tests.chats import Clock
from tests.telegram.entities import units
from tests.telegram.faults import Status
from tests.telegram.person import Person
from tests.telegram.server import Telegram

pytestmark = pytest.mark.anyio

NAME = "What is the account's name?"
NO_MARKUP = "Bad Request: can't parse entities: Unsupported start tag"
MARKUP = (
    "<b>Old</b> & <City>",
    "&lt;script&gt; &amp;",
    '<a href="tg://user?id=1">x</a>',
    "*a* _b_ `c` [d](e)",
    "</b>",
)
ODD = (
    "a\x00b",
    "\u202eevil\u2066",
    "\u200b\u200d\ufeff",
    "\ufffe\uffff",
    "e\u0301" * 40,
    "𠮷" * 50,
    "👨‍👩‍👧",
    "\r\n\t x",
)
LONG = ("x" * 4096, "国" * 4096, "𠮷" * 2048, "<" * 4096, "&amp;" * 800, "a\n\n" * 1300, "9" * 4096)


@pytest.fixture
async def bare_library(server: Telegram, library: str) -> AsyncIterator[Library]:
    """The library alone, to show messages that no conversation comes to."""
    settings = Settings(telegram_token=server.token, telegram_api=server.url, telegram_library=library)
    made = library_of(settings)
    yield made
    await made.close()


def message(*lines: str, choices: tuple[str, ...] = ("Yes", "No")) -> Shown:
    """A message with these lines."""
    buttons = tuple(Choice(label, label) for label in choices)
    return Shown(1, 7, lines, buttons, numbered=True, sensitive=False, closes=(), files=())


async def shown(library: Library, person: Person, what: Shown) -> list[tuple[str, list[list[str]]]]:
    """A message as the person sees it: each part's text and buttons."""
    person.starts()
    delivery = Delivery(library, Pace(UNHURRIED, UNHURRIED, lambda: 0.0))
    part = 0
    while (await delivery.show(str(person.chat.id), what, Place(), part)).more:
        part += 1
    return [(one.text, one.buttons) for one in person.chat.of_bot()]


async def test_markup_is_text(person: Person, open_bot: Open, clock: Clock) -> None:
    """What an owner calls an account is said back letter for letter, and marks nothing."""
    async with open_bot() as app:
        await walk(person, app, clock, NAME)
        for name in MARKUP:
            person.says(name)
            said = await reply(person)
            assert paragraphs(said)[0] == f"Noted: {name}."
            assert {entity["type"] for entity in said.content.get("entities", [])} <= {"bold"}
            assert [said.text[e["offset"] :][: e["length"]] for e in said.content.get("entities", [])] in (
                [],
                [paragraphs(said)[-1]],
            )
            person.says("/start")
            await person.answered()
            person.says("back")
            await person.answered()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_any_text_is_answered(person: Person, open_bot: Open, mode: str) -> None:
    """Control characters, text directions, the longest messages: each is answered, and the question stays."""
    async with open_bot():
        await begins(person)
        for text in ODD + LONG:
            person.says(text)
            said = await reply(person)
            assert paragraphs(said)[-1] == HOLDER
            assert units(said.text) <= LONGEST
        person.says("me")
        assert paragraphs(await reply(person))[0] == "Held by you as a person."


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_half_a_character(person: Person, other: Person, open_bot: Open, clock: Clock) -> None:
    """A lone surrogate is replaced, wherever in an update it is; a pair of them is the character it means."""
    async with open_bot() as app:
        await walk(person, app, clock, NAME)
        person.says("Old \ud83d City")
        other.user.first_name = "\udc00"
        other.sends_document("\ud800.pdf", b"%PDF", caption="\udfff")
        other.says("\ud800")
        assert paragraphs(await reply(person))[0] == "Noted: Old \ufffd City."
        assert len(await other.answered(2)) == 2
        person.says("back")
        await person.answered()
        person.says("\ud83d\ude00 City")
        assert paragraphs(await reply(person))[0] == "Noted: 😀 City."


async def test_any_text_where_any_is_taken(person: Person, open_bot: Open, clock: Clock) -> None:
    """As an account's name: each is noted or refused, and the form goes on."""
    async with open_bot() as app:
        await walk(person, app, clock, NAME)
        for text in ODD + LONG:
            person.says(text)
            said = paragraphs(await reply(person))
            if said[0].startswith("Noted: "):
                assert said[-1].startswith("What is the account's link or UID?")
                person.says("back")
                said = paragraphs(await reply(person))
            assert said[-1].startswith(NAME)


async def test_long_texts_are_parted(bare_library: Library, person: Person) -> None:
    """At paragraphs, as Telegram counts: after markup, in UTF-16 units; the buttons are on the last part."""
    lines = ("&" * 2047, "𠮷" * 1023, "b" * 4096, "𠮷" * 3000, "Which?")
    parts = await shown(bare_library, person, message(*lines))
    assert [text for text, _ in parts] == [
        f"{lines[0]}\n\n{lines[1]}",
        lines[2],
        "𠮷" * 2048,
        f"{'𠮷' * 952}\n\nWhich?",
    ]
    assert units(parts[0][0]) == LONGEST - 1
    assert [buttons for _, buttons in parts] == [[], [], [], [["Yes", "No"]]]


async def test_a_paragraph_just_too_many(bare_library: Library, person: Person) -> None:
    """One unit over the limit begins another part."""
    parts = await shown(bare_library, person, message("<" * 4000, "𠮷" * 47 + "x", choices=()))
    assert [units(text) for text, _ in parts] == [4000, 95]
    fits = await shown_again(bare_library, person, message("<" * 4000, "𠮷" * 47, choices=()))
    assert [units(text) for text, _ in fits] == [4096]


async def shown_again(library: Library, person: Person, what: Shown) -> list[tuple[str, list[list[str]]]]:
    """What is new on the screen."""
    before = len(person.chat.of_bot())
    return (await shown(library, person, what))[before:]


async def test_markup_that_is_refused(person: Person, open_bot: Open, server: Telegram) -> None:
    """It is sent once more, as plain text; so is the answered question."""
    async with open_bot():
        await begins(person)
        server.fail("sendMessage", how=Status(400, NO_MARKUP))
        server.fail("editMessageText", how=Status(400, NO_MARKUP))
        question = person.chat.of_bot()[-1]
        person.says("me")
        said = await reply(person)
    assert [call.parameters.get("parse_mode") for call in server.called("sendMessage")[-2:]] == ["HTML", None]
    assert [call.parameters.get("parse_mode") for call in server.called("editMessageText")[-2:]] == [
        "HTML",
        None,
    ]
    assert (paragraphs(said)[0], bool(said.buttons)) == ("Held by you as a person.", False)
    assert question.text == "In whose name is it?\n\n✓ Held by you as a person."
    assert not said.content.get("entities")


async def test_markup_that_is_refused_twice(person: Person, open_bot: Open, server: Telegram) -> None:
    """It is not tried for ever; what comes next is sent."""
    async with open_bot():
        await begins(person)
        server.fail("sendMessage", how=Status(400, NO_MARKUP), times=2)
        person.says("me")
        await server.until(lambda: not server.unmet())
        person.says("45000")
        assert paragraphs(await reply(person))[0] == "45,000 followers."
