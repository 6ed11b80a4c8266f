"""Rulebooks before today's, each read only when somebody speaks whose answers rest on it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from dialogs.conversation import Conversation, World
from dialogs.rules.load import load
from dialogs.rules.model import Rulebook
from dialogs.rules.reader import RulebookError
from storage import rulebooks
from storage.database import Transaction

log = logging.getLogger(__name__)


class Earlier:
    """Those read so far, by version; None for one that is not kept, or that this program cannot read."""

    def __init__(self) -> None:
        self._read: dict[str, Rulebook | None] = {}

    def known_to(self, world: World, tx: Transaction, conversations: Iterable[Conversation]) -> World:
        """The world with the earlier rulebooks that these conversations rest on."""
        needed = {version for c in conversations for version in c.rulebooks} - {world.rulebook.version}
        if not needed:
            return world
        for version in needed - self._read.keys():
            self._read[version] = _kept(tx, version)
        known = {version: book for version in needed if (book := self._read[version]) is not None}
        return replace(world, earlier=known)


def _kept(tx: Transaction, version: str) -> Rulebook | None:
    """The rulebook of a version, as it is kept."""
    texts = rulebooks.load(tx, version)
    if texts is None:
        log.warning("earlier rulebook not kept", extra={"row": version})
        return None
    try:
        return load(texts)
    except RulebookError:
        log.warning("earlier rulebook not readable", extra={"row": version}, exc_info=True)
        return None
