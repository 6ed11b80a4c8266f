"""Help and privacy: said, and the question asked again."""

from __future__ import annotations

from dialogs.conversation import Conversation, World
from dialogs.messages import Part, T
from dialogs.scenes.scene import Reply


def help_(c: Conversation, world: World) -> Reply:
    """What can be typed, anywhere."""
    return Reply(
        c,
        (
            T(
                "I check whether an account has to be registered, and help to register it. I am not an authority, and this is not legal advice."
            ),
            T("/check begins a check, /register the form, /filings shows what was filed and its receipts."),
            T("“Remind me” under a result sets reminders; /reminders shows and stops them."),
            T("/language changes the language, /privacy says what is kept, /cancel stops."),
            T("“back”, “change”, “why” and “don't know” work at every question."),
        ),
    )


def privacy(c: Conversation, world: World) -> Reply:
    """What is kept, how long, and who sees it."""
    name, contact = world.operator
    lines: list[Part] = [
        T(
            "A check asks no name. Its answers are erased when you end it, or 2 hours after your last answer; if the program is not running then, at its next start."
        ),
        T(
            "A form is only begun after you agree. A draft that was not sent is erased 7 days after your last answer."
        ),
        T(
            "What you filed is erased 3 days after it was registered, rejected, withdrawn or given up; what was returned or prepared, after 7 days."
        ),
        T(
            "An entry in /filings stays until you remove it: its state, the office's words, its receipt, or the number you told with its office and day. Of a registration the kind of account, the kind of holder and the day of the first message stay too, so that you can change it."
        ),
        T(
            "Of a reminder its day and its rule are kept until it is over, and 30 days more; to tell you of a change of the rules, also the answers, until you stop it."
        ),
        T(
            "What you type is stored encrypted, under a key of your own. Nothing is sent anywhere before you confirm it."
        ),
    ]
    if world.office.kind == "practice":
        lines.append(
            T(
                "The practice office keeps what is filed with it in a file of its own, not encrypted; so please use invented details."
            )
        )
    lines.append(T("A form made for you to hand in is a file of yours, and not encrypted."))
    lines.append(T("I never look up anybody's account, and no list of people is kept."))
    if name:
        lines.append(T("This bot is run by {name} ({contact}).", name=name, contact=contact))
    return Reply(c, tuple(lines))


_NOTICED = {
    "unreadable": T("I can only read text here."),
    "contact": T("That is your telephone number. It is not asked for here, and not kept."),
    "others_contact": T(
        "That is another person's contact. Only your own can be taken here, or a number you type."
    ),
    "edited": T("Editing a message changes nothing here. To change an answer, say “change”."),
}


def noticed(c: Conversation, what: str) -> Reply:
    """Something that is no answer: said so, and the question asked again."""
    return Reply(c, (_NOTICED[what],))


def in_group(link: str) -> Part:
    """The one line for a group: nothing is discussed there. `link` leads to a private chat."""
    return T("I speak in private only: {link}", link=link)
