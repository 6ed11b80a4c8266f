"""What the owner wants to be reminded of: each thing by itself, and only what is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.asking import choice
from dialogs.conversation import At, Check, Conversation, World
from dialogs.messages import Button, Day, Items, Message, Number, Part, T, Text
from dialogs.phrases import zone_name
from dialogs.reminding import setting, telling
from dialogs.reminding.offers import EXPIRY, OWN, RULES, Offer, by_id, corrections, deadlines
from dialogs.reminding.setting import today
from dialogs.scenes.scene import Reply, Scene, left
from dialogs.timing import BEFORE, zone_of


def offers(c: Conversation, world: World) -> tuple[Offer, ...]:
    """What can be chosen here: deadlines that are not over, and what only the owner knows."""
    still = (one for one in _deadlines(c, world) if one.on is None or one.on >= today(c, world))
    return (*still, EXPIRY, OWN, RULES)


def every_offer(c: Conversation, world: World) -> tuple[Offer, ...]:
    """What can be chosen anywhere."""
    return (*offers(c, world), *corrections(c))


def _deadlines(c: Conversation, world: World) -> tuple[Offer, ...]:
    return deadlines(c.check or Check(), world)


def begin(c: Conversation, world: World) -> Reply:
    """Here from a verdict: first the deadlines that are over, or that the source gives none still to come."""
    found = _deadlines(c, world)
    past = [one for one in found if one.on is not None and one.on < today(c, world)]
    lines: list[Part] = [T("Now past: {rule}.", rule=telling.rule_text(one.rule, one.terms)) for one in past]
    if len(past) == len(found):
        lines.append(T("The source gives no date that is still to come; you can name a day of your own."))
    return Reply(c, tuple(lines))


def show(c: Conversation, world: World) -> Message:
    """What can be chosen, a mark at what is set."""
    found = offers(c, world)
    notices = {world.rulebook.duties[one.duties[0]].instrument for one in found if one.duties}
    chosen = [_button(one, c, world, named=len(notices) > 1) for one in found]
    return Message((T("What shall I remind you of?"),), (*chosen, choice("done", T("Done"))))


_OTHERS = {
    "expiry": replace(choice("expiry", T("A qualification expires")), id="expiry"),
    "own": replace(choice("own", T("A day of my own")), id="own"),
    "rules": replace(choice("rules", T("A rule change that affects this result")), id="rules"),
}


def _button(offer: Offer, c: Conversation, world: World, *, named: bool) -> Button:
    """An offer as a choice; a deadline with the name of its notice, where there are several."""
    if offer.rule:
        label = telling.rule_text(offer.rule, offer.terms)
        name = T(world.rulebook.instruments[world.rulebook.duties[offer.duties[0]].instrument].name)
        made = Button(offer.id, T("{name}: {rule}", name=name, rule=label) if named else label)
    else:
        made = _OTHERS[offer.id]
    return replace(made, label=T("✓ {choice}", choice=made.label)) if _is_set(offer, c) else made


def _is_set(offer: Offer, c: Conversation) -> bool:
    """Whether it is set already."""
    facts = dict(c.check.answers) if offer.kind == "rules" and c.check is not None else {}
    return any(
        (one.kind, one.duties, one.terms, dict(one.facts)) == (offer.kind, offer.duties, offer.terms, facts)
        for one in setting.coming(c)
    )


def pick(c: Conversation, world: World, choice_: str) -> Reply:
    """Set it, or ask for the day first; more can be chosen until it is done."""
    offer = by_id(offers(c, world), choice_)
    if offer is None:
        return Reply(left(c))
    if offer.on is None and offer.kind != "rules":
        return Reply(replace(c, open=At("remind_day", c.open, offer.id)))
    return set_(c, offer, world)


def set_(c: Conversation, offer: Offer, world: World) -> Reply:
    """Remind of that from now on, and say when; or say why not."""
    reminder = setting.planned(offer, c, world)
    if setting.full(c, reminder):
        return Reply(
            c, (T("There are {n} reminders already. Stop one first: /reminders.", n=Number(setting.MOST)),)
        )
    if offer.on is not None and not reminder.at:
        return Reply(c, (_too_near(offer.on, c, world),))
    after, effects = setting.added(c, reminder)
    if offer.kind == "rules":
        return Reply(after, (_WATCHING,), effects)
    days, zone = telling.local(reminder.at, c, world), zone_name(zone_of(c, world))
    line = T(
        "{what}. I will remind you on {days}, in the daytime ({zone}).",
        what=telling.listed(reminder),
        days=days,
        zone=zone,
    )
    return Reply(after, (line, T("Each reminder can be stopped: /reminders.")), effects)


_WATCHING = T(
    "I will tell you if a rule change affects this result. For that your answers are kept, encrypted, until you stop it: /reminders."
)


def _too_near(on: date, c: Conversation, world: World) -> Text:
    """Why nothing is set: the day is over, or too near for a notice before it."""
    if on < today(c, world):
        return T("By that, the last day was {day}, now past; there is nothing to remind you of.", day=Day(on))
    days = Items(tuple(Number(days) for days in BEFORE), "or")
    return T(
        "The last day is {day}. That is too near to remind you {days} days before it; please note it yourself.",
        day=Day(on),
        days=days,
    )


def say(c: Conversation, world: World, text: str) -> Reply:
    """Words that are none of the choices."""
    return Reply(c, (T("Please choose one of these, or “done”."),))


SCENE = Scene(show, pick, say)
