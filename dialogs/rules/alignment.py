"""Two rulebooks brought to one vocabulary, so that an answer can be held against both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.rules.logic import All, Any, Dated, Is, Leaf, Node, Not
from dialogs.rules.model import ELSEWHERE, Option, Question, Rulebook


class Aligned:
    """The facts of two rulebooks with the options of both; a fact of another kind is another fact.

    `own` are the facts of each by the same names, with its own options only.
    """

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._old = old
        self._apart = {
            fact: f"{fact} (before)"
            for fact, question in old.facts.items()
            if fact in new.facts and new.facts[fact].kind != question.kind
        }
        renamed = {self._apart.get(fact, fact): question for fact, question in old.facts.items()}
        self.facts: Mapping[str, Question] = {
            fact: _with_options(new.facts.get(fact), renamed.get(fact)) for fact in {**new.facts, **renamed}
        }
        self.own: Mapping[Rulebook, Mapping[str, Question]] = {old: renamed, new: new.facts}

    def condition(self, book: Rulebook, node: Node) -> Node:
        """A condition of one of the two, over the facts and options of both."""
        match node:
            case All(parts) | Any(parts):
                return type(node)(tuple(self.condition(book, part) for part in parts))
            case Not(part):
                return Not(self.condition(book, part))
            case Dated(periods):
                return Dated(tuple((first, last, self._leaf(book, leaf)) for first, last, leaf in periods))
            case _:
                return self._leaf(book, node) if isinstance(node, Leaf) else node

    def _leaf(self, book: Rulebook, leaf: Leaf) -> Leaf:
        fact = self._apart.get(leaf.fact, leaf.fact) if book is self._old else leaf.fact
        if not isinstance(leaf, Is):
            return replace(leaf, fact=fact)
        question, known = self.facts[fact], {option.id for option in self.own[book][fact].options}
        foreign = [option for option in question.options if option.id not in known]
        options, disputed = (
            (*ids, *(option.id for option in foreign if _counts_as(option, question) in ids))
            for ids in (leaf.options, leaf.disputed)
        )
        return replace(leaf, fact=fact, options=options, disputed=disputed)


def _with_options(new: Question | None, old: Question | None) -> Question:
    """The question with the options of both."""
    if new is None or old is None:
        found = new or old
        if found is None:
            raise LookupError("a fact of neither rulebook")
        return found
    ids = {option.id for option in new.options}
    return replace(new, options=(*new.options, *(o for o in old.options if o.id not in ids)))


def _counts_as(option: Option, question: Question) -> str:
    """What somebody had to answer who could not give this option yet; '' if there was nothing like it."""
    return option.counts_as or (ELSEWHERE if question.kind == "place" else "")
