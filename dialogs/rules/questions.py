"""Facts and form fields as TOML writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from dialogs.rules.conditions import read_condition
from dialogs.rules.logic import Truth
from dialogs.rules.model import ELSEWHERE, AskedBy, Field, Option, Place, Question, QuestionKind, Source
from dialogs.rules.reader import Table

_PLACE = ("place",)
"""The slot of a place fact's texts."""


def read_fact(id_: str, t: Table, places: Mapping[str, Place], more: Sequence[Table] = ()) -> Question:
    """A fact of the vocabulary. A place fact gets one option for each place of the rulebook, and elsewhere.

    `more` are options that other files add, each counting as one that is there.
    """
    kind = t.one_of("kind", QuestionKind)
    if kind == "locality":
        return _question(id_, t, kind, _localities(t, places))
    if kind != "place":
        return _question(id_, t, kind, _extended(_options(t), more))
    here, options = _place_options(t, places)
    return _question(id_, t, kind, options, here=here).narrowed(places)


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
    here: str = "",
    offer_unknown: bool = True,
) -> Question:
    place, count = _PLACE if kind == "place" else (), ("n",) if kind == "count" else ()
    question = Question(
        id=id_,
        kind=kind,
        ask=t.text("ask", slots=place),
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
        ask_many=t.text("ask_many") if kind == "place" else "",
        here=here,
    )
    if kind in ("option", "several", "locality", "place") and len(options) < 2:
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


def _extended(options: tuple[Option, ...], more: Sequence[Table]) -> tuple[Option, ...]:
    """The options with those of other files, each before the one it counts as, which leaves its words to it."""
    for t in more:
        counts_as = t.text("counts_as")
        if counts_as not in [option.id for option in options]:
            raise t.fail("counts_as", f"one of {', '.join(o.id for o in options)}, not {counts_as!r}")
        added = replace(_option(t), counts_as=counts_as)
        place = next(i for i, option in enumerate(options) if option.id == counts_as)
        rest = tuple(word for word in options[place].words if word not in added.words)
        options = (*options[:place], added, replace(options[place], words=rest), *options[place + 1 :])
    return options


def _option(t: Table) -> Option:
    option = Option(
        id=t.text("id"),
        label=t.text("label"),
        words=t.texts("words"),
        said=t.text("said", ""),
        phrase=t.text("phrase", ""),
        name=t.text("name", ""),
    )
    t.done()
    return option


def _place_options(t: Table, places: Mapping[str, Place]) -> tuple[str, tuple[Option, ...]]:
    """What yes is called where one place is in question; an option for each place, and one for none of them."""
    here, away = t.table("here"), t.table("elsewhere")
    label, said, phrase = (here.text(key, slots=_PLACE) for key in ("label", "said", "phrase"))
    options = [
        Option(place.id, place.name, place.words, said, phrase, (place.name,)) for place in places.values()
    ]
    said, phrase = (away.text(key, slots=_PLACE) for key in ("said", "phrase"))
    names = tuple(place.name for place in places.values())
    options.append(Option(ELSEWHERE, away.text("label"), away.texts("words"), said, phrase, names))
    here.done()
    away.done()
    return label, tuple(options)


def _localities(t: Table, places: Mapping[str, Place]) -> tuple[Option, ...]:
    """One option a place, and one for none of them, worded by the fact's `elsewhere`."""
    away = t.table("elsewhere")
    options = [Option(place.id, place.name, place.words) for place in places.values()]
    options.append(Option(ELSEWHERE, away.text("label"), away.texts("words"), away.text("said")))
    away.done()
    return tuple(options)
