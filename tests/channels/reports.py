"""How a filing goes, as the bot tells it: what is sent, and what stands in the chat at its end."""

from __future__ import annotations

from dialogs.messages import Button, Message, T
from tests.telegram.person import Person

REVIEW = Message(("Is it right?",), (Button("send", T("Send")), Button("later", T("Not now"))))
SENDING = Message(("Sending. You can leave.",), progress="REF")
NEXT = Message(("What else?",), (Button("go on", T("Go on")),), closes=("Is it right?", "✓ Send."))
RECEIVED = Message(("The office is processing it.",), lasting=True, progress="REF")
FILED = Message(("Registered.",), closes=("Sent.",), lasting=True, progress="REF")
CONFIRMED = (REVIEW, (SENDING, NEXT))
ANSWERED = (RECEIVED, FILED)
SAID = ["Is it right?", "Sending. You can leave.", "What else?", "Registered."]
"""What the owner's telephone rings for."""
STANDING: list[tuple[str, list[list[str]]]] = [
    ("Is it right?\n\n✓ Send.", []),
    ("Sent.", []),
    ("What else?", [["Go on"]]),
    ("Registered.", []),
]
"""What there is to be seen at the end, with the buttons of each message."""


def standing(person: Person) -> list[tuple[str, list[list[str]]]]:
    """What is to be seen now of the bot's."""
    return [(one.text, one.buttons) for one in person.chat.visible() if one.of_bot]
