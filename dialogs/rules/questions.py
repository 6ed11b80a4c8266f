"""Facts and form fields as TOML writes them."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from dialogs.rules.conditions import read_condition
from dialogs.rules.logic import Truth
from dialogs.rules.model import AskedBy, Field, Option, Place, Question, QuestionKind, Source
from dialogs.rules.reader import Table

ELSEWHERE = "elsewhere"
"""The option of a place fact that means: in none of the places the rulebook knows."""

_PLACE = ("place",)
"""The slot of a place fact's texts."""


def read_fact(id_: str, t: Table, places: Mapping[str, Place]) -> Question:
    """A fact of the vocabulary. A place fact gets one option for each place of the rulebook, and elsewhere."""
    kind = t.one_of("kind", QuestionKind)
    options = _place_options(t, places) if kind == "place" else _options(t)
    return _question(id_, t, kind, options, several=len(places) > 1)


def read_field(t: Table, facts: Mapping[str, Question], sources: Mapping[str, Source]) -> Field:
    """A field of a form. It names the source that asks it, or is asked by the office; nothing else is asked."""
    id_ = t.text("id")
    when = read_condition(t.table("when"), facts) if t.has("when") else Truth.TRUE
    source, asked_by = t.text("source", ""), t.one_of("asked_by", AskedBy, "")
    if bool(source) == bool(asked_by) or (source and source not in sources):
        raise t.fail("source", 'the id of a [source], or asked_by = "office"')
    paper, optional = t.text("paper", ""), t.flag("optional", default=False)
    sensitive, others = t.flag("sensitive", default=False), t.flag("others", default=False)
    question = _question(id_, t, t.one_of("kind", QuestionKind), _options(t), offer_unknown=False)
    return Field(question, when, source, asked_by, optional, sensitive, others, paper)


def _question(
    id_: str,
    t: Table,
    kind: QuestionKind,
    options: tuple[Option, ...],
    *,
    several: bool = False,
    offer_unknown: bool = True,
) -> Question:
    place, count = _PLACE if kind == "place" else (), ("n",) if kind == "count" else ()
    ask, ask_many = t.text("ask", slots=place), t.text("ask_many", "", slots=place)
    question = Question(
        id=id_,
        kind=kind,
        ask=ask_many if several and ask_many else ask,
        label=t.text("label"),
        why=t.text("why", "", slots=place),
        hint=t.text("hint", ""),
        said=t.text("said", "", slots=("on",) if kind == "date" else count),
        options=options,
        offer_unknown=t.flag("offer_unknown", default=offer_unknown),
        none=t.text("none", ""),
        unknown=t.text("unknown", ""),
        above=t.text("above", "", slots=count),
        upto=t.text("upto", "", slots=count),
        from_=t.text("from", "", slots=count),
        below=t.text("below", "", slots=count),
        cues=t.texts("cues"),
        either=tuple(_either(e, options) for e in t.tables("either")),
    )
    if kind in ("option", "several", "place") and len(options) < 2:
        raise t.fail("option", "at least two options")
    if question.none and question.none not in [option.id for option in options]:
        raise t.fail("none", f"the id of an option, not {question.none!r}")
    _tell_apart(t, options)
    t.done()
    return question


def _tell_apart(t: Table, options: tuple[Option, ...]) -> None:
    """Refuses a word that would mean two options."""
    meant: dict[str, str] = {}
    for option in options:
        for word in (option.label, *option.words):
            other = meant.setdefault(normalize("NFKC", word).casefold(), option.id)
            if other != option.id:
                raise t.fail("option", f"a word for one option, and {word!r} means {other} and {option.id}")


def _either(t: Table, options: tuple[Option, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that may mean one option or another."""
    words, named = t.texts("words"), t.texts("options")
    known = {option.id for option in options}
    if len(named) < 2 or not known.issuperset(named):
        raise t.fail("options", f"at least two of {', '.join(sorted(known))}")
    t.done()
    return words, named


def _options(t: Table) -> tuple[Option, ...]:
    options = tuple(_option(o) for o in t.tables("option"))
    ids = [option.id for option in options]
    if len(set(ids)) < len(ids):
        raise t.fail("option", "different ids")
    return options


def _option(t: Table) -> Option:
    option = Option(t.text("id"), t.text("label"), t.texts("words"), t.text("said", ""), t.text("phrase", ""))
    t.done()
    return option


def _place_options(t: Table, places: Mapping[str, Place]) -> tuple[Option, ...]:
    """One option a place, worded by the fact's `here`, and one for none of them, worded by its `elsewhere`."""
    here, away = t.table("here"), t.table("elsewhere")
    label, said, phrase = (here.text(key, slots=_PLACE) for key in ("label", "said", "phrase"))
    options = [
        Option(place.id, label if len(places) == 1 else place.name, place.words, said, phrase, place.name)
        for place in places.values()
    ]
    names = ", ".join(place.name for place in places.values())
    label, said, phrase = (away.text(key, slots=_PLACE) for key in ("label", "said", "phrase"))
    options.append(Option(ELSEWHERE, label, away.texts("words"), said, phrase, names))
    here.done()
    away.done()
    return tuple(options)
