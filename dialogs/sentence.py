"""A sentence that answers several facts at once: 'a Weibo with 45k followers, I live in Xi'an'.

Only what is clearly said is taken; the rest is asked. A clause speaks of a fact if it has one of its cues, or,
for a fact without cues, names one of its options.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dialogs.asking import understand, words_of
from dialogs.parsing.options import match
from dialogs.parsing.result import Ambiguous, Refused, Vague
from dialogs.parsing.text import fold
from dialogs.rules.model import Question, Rulebook
from dialogs.rules.values import Band, Value

_CLAUSES = re.compile(r"(?<!\d),|,(?!\d)|[;\n。，；、]|\band\b|\bwith\b|\bbut\b|\. ")
_SHORTEST = 2
"""Characters a word must have to count inside a sentence: 'me' and 我 stand in too many."""
_LONGEST = 500


def stated(text: str, rulebook: Rulebook, today: date) -> Mapping[str, Value]:
    """The facts that a text clearly states, in the order of asking."""
    plain = fold(text)
    if len(plain) > _LONGEST:
        return {}
    clauses = [clause.strip() for clause in _CLAUSES.split(plain) if clause.strip()]
    found = {fact: _found(question, clauses, rulebook, today) for fact, question in rulebook.facts.items()}
    return {fact: value for fact, value in found.items() if value is not None}


def _found(question: Question, clauses: list[str], rulebook: Rulebook, today: date) -> Value | None:
    """The one value all clauses about this fact agree on."""
    read = [_read(question, clause, rulebook, today) for clause in clauses if _is_about(question, clause)]
    values = {value for value in read if value is not None}
    return values.pop() if len(values) == 1 else None


def _figure(question: Question, clause: str) -> str:
    """Of a clause about a count, what stands before its cue, with it: '25000 followers in Xi'an' says more."""
    if question.kind != "count":
        return clause
    cue = next(cue for cue in question.cues if cue in clause)
    before, after = clause.split(cue, 1)
    return f"{before}{cue}" if before.strip() else f"{cue}{after}"


def _is_about(question: Question, clause: str) -> bool:
    return any(cue in clause for cue in question.cues) or (not question.cues and question.kind == "option")


def _read(question: Question, clause: str, rulebook: Rulebook, today: date) -> Value | None:
    """What a clause says of a fact, if that is clear. 'Elsewhere' never is: there are two places to a question."""
    if question.kind == "option":
        words = {id_: tuple(w for w in ws if len(fold(w)) > _SHORTEST or (not w.isascii() and len(w) >= _SHORTEST))
                 for id_, ws in words_of(question).items()}  # fmt: skip
        option = match(clause, words)
        return option if isinstance(option, str) else None
    value = understand(question, _figure(question, clause), rulebook, today)
    if isinstance(value, (Refused, Ambiguous, Vague, Band)):
        return None
    return None if question.kind == "place" and value not in rulebook.places else value
