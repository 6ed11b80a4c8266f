"""What the card makes of the owner's place: the notices of those named, and what is said of all others."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.card.groups import Group
from dialogs.card.headline import called
from dialogs.conversation import Check, World
from dialogs.interview import on_day
from dialogs.messages import Items, Part, T, Text
from dialogs.rules import locality
from dialogs.rules.model import Instrument
from dialogs.rules.values import UNKNOWN


def asked(check: Check, world: World) -> bool:
    """Whether the owner was asked for the place, or has named one."""
    book = world.rulebook
    return locality.asked_by(book) is not None and locality.settled(check.answers, book)


def unknown(check: Check, world: World) -> bool:
    """Whether the owner was asked for the place, and did not know it or did not tell."""
    return UNKNOWN is check.answers.get(locality.asked_by(world.rulebook) or "")


def left_out(instrument: Instrument, check: Check, world: World) -> bool:
    """Whether it is the notice of a place that the owner was asked about and did not name."""
    place = instrument.place
    return bool(place) and asked(check, world) and place not in locality.named(check.answers, world.rulebook)


def not_yet_line(check: Check, world: World) -> list[Part]:
    """Which notices of the places named were not in force on the day asked about."""
    day, found = on_day(check, world), world.rulebook.instruments.values()
    names = tuple(
        T(i.name) for i in found if i.place and not i.in_force_on(day) and not left_out(i, check, world)
    )
    return [T("Not in force on that day: {names}.", names=Items(names))] if names else []


def local_notices(check: Check, world: World) -> tuple[Text, ...]:
    """The notices of the places named; of all places, where none had to be asked about."""
    day, found = on_day(check, world), world.rulebook.instruments.values()
    return tuple(T(i.name) for i in found if i.place and i.in_force_on(day) and not left_out(i, check, world))


def elsewhere_line(check: Check, world: World) -> list[Part]:
    """That other places have had notices of their own; which were checked, is said by name."""
    named, fact = locality.named(check.answers, world.rulebook), locality.asked_by(world.rulebook)
    if named and fact:
        names = Items(tuple(T(world.rulebook.places[place].name) for place in sorted(named)))
        return [
            T(
                "Of local notices only those of {places} were checked. For another place, change the answer to “{fact}”; places not listed may have had notices of their own, so please ask the office there.",
                places=names,
                fact=T(world.rulebook.facts[fact].label),
            )
        ]
    if named:
        return []
    if asked(check, world):
        return [
            T(
                "Other places have had notices of their own. I have none of yours, so please ask the internet information office there."
            )
        ]
    places = tuple(T(place.name) for place in world.rulebook.places.values())
    return [
        T(
            "If you are not in {place}: other places have had notices of their own. I have none of those, so please ask the office there.",
            place=Items(places, "or"),
        )
    ]


def unknown_place_lines(groups: Sequence[Group], check: Check, world: World) -> list[Part]:
    """Which notices may cover an account whose place is not known, and which offices may be asked: once for all."""
    instruments = tuple(dict.fromkeys(group.lead.instrument for group in groups))
    if not instruments:
        return []
    lines: list[Part] = [
        T(
            "Whether this {kind} has to be registered hangs on the place it is connected with, which is not known.",
            kind=called(check, world),
        ),
        T("It may be covered by {names}.", names=Items(tuple(T(i.name) for i in instruments), "or")),
    ]
    if not any(instrument.current_on(on_day(check, world)) for instrument in instruments):
        lines.append(T("Not certain: the times they gave for filing are over, and no later source we have seen confirms or repeals them."))  # fmt: skip
    offices = Items(tuple(T(i.office) for i in instruments), "or")
    lines.append(
        T("The office to ask is {offices}; other places have had notices of their own.", offices=offices)
    )
    return lines
