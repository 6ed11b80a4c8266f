"""The runner on a real database: what chats say to it, and what waits for them after that."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.i18n import words
from bot.papers.seal import ReceiptKey
from bot.printer import Printer
from bot.runner import Incoming, Runner
from dialogs.conversation import Arrived, Conversation, Event, Said, World
from dialogs.messages import Message
from storage import outbox
from storage.database import Database
from storage.records import Address
from tests.dialogs.talks import a_world

HERE = Address("console", "local")
PRINTER = Printer(ReceiptKey(bytes(32)).seal)
OTHER = Address("console", "other")
SORRY = "Something went wrong on my side. Nothing you entered before is lost."


def named(*updates: tuple[str, Event]) -> list[Incoming]:
    """Events of one chat with the channel's ids of them."""
    return [Incoming(HERE, event, id_) for id_, event in updates]


@dataclass
class House:
    """A database with a runner in a world that can be replaced."""

    database: Database
    world: World = field(default_factory=a_world)

    @property
    def runner(self) -> Runner:
        """A runner as a process that has just started has it."""
        return Runner(self.database, lambda: self.world)

    def take(self, *events: Event, address: Address = HERE) -> None:
        """One chat's events, in one batch."""
        self.runner.run([Incoming(address, event) for event in events])

    def say(self, *texts: str, address: Address = HERE) -> None:
        """The owner arrives, and types these."""
        self.take(Arrived(), *map(Said, texts), address=address)

    def conversation(self, address: Address = HERE) -> Conversation:
        """A chat as it is kept."""
        return self.runner.conversation(address).conversation

    def messages(self, address: Address = HERE) -> list[Message]:
        """What waits for a chat, in order."""
        with self.database.reading() as tx:
            return [one.message for one in outbox.waiting(tx, address)]

    def words(self, address: Address = HERE) -> list[str]:
        """The same in English words."""
        return ["\n".join(words("en").question(message)) for message in self.messages(address)]
