"""TOML texts to a Rulebook. What refers to something missing, or says too little, is refused with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from dialogs.rules.conditions import read_condition
from dialogs.rules.instruments import read_instrument
from dialogs.rules.logic import Truth, leaves
from dialogs.rules.model import (
    Addressee,
    Deadline,
    DeadlineFor,
    Duty,
    DutyKind,
    Form,
    Instrument,
    Note,
    Place,
    Question,
    Rulebook,
    Source,
    SourceKind,
)
from dialogs.rules.questions import read_fact, read_field
from dialogs.rules.reader import RulebookError, Table


def load(texts: Mapping[str, str]) -> Rulebook:
    """The rulebook in these files (name -> TOML text). Raises RulebookError."""
    tables = {name: _parse(name, text) for name, text in sorted(texts.items())}
    places = _places(tables)
    more = _options(tables)
    facts = {id_: read_fact(id_, t, places, more.get(id_, ())) for id_, t in _named(tables, "fact")}
    for id_, added in more.items():
        if id_ not in facts:
            raise added[0].fail("fact", f"one of {', '.join(facts)}, not {id_!r}")
    sources = {id_: _source(id_, t) for id_, t in _named(tables, "source")}
    reader = _Reader(facts, sources, places)
    for table in tables.values():
        reader.read(table)
    reader.resolve()
    digest = sha256("\0".join(f"{name}\0{text}" for name, text in sorted(texts.items())).encode())
    return Rulebook(
        version=digest.hexdigest()[:16],
        facts=facts,
        places=places,
        sources=sources,
        instruments=reader.instruments,
        duties=reader.duties,
        notes=tuple(reader.notes.values()),
        forms=reader.forms,
    )


def _named(tables: Mapping[str, Table], kind: str) -> Iterator[tuple[str, Table]]:
    """The tables [kind.id] of all files. An id stands in one file only."""
    seen: set[str] = set()
    for table in tables.values():
        for id_, t in table.named(kind):
            if id_ in seen:
                raise table.fail(f"{kind}.{id_}", "an id that no other file has")
            seen.add(id_)
            yield id_, t


def _options(tables: Mapping[str, Table]) -> dict[str, tuple[Table, ...]]:
    """The options that files add to facts, by fact."""
    found: dict[str, tuple[Table, ...]] = {}
    for table in tables.values():
        for t in table.tables("option"):
            fact = t.text("fact")
            found[fact] = (*found.get(fact, ()), t)
    return found


def _parse(name: str, text: str) -> Table:
    try:
        return Table(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name}: not TOML: {error}") from error


def _places(tables: Mapping[str, Table]) -> dict[str, Place]:
    """The places of all files. What people type means one of them."""
    places: dict[str, Place] = {}
    for id_, t in _named(tables, "place"):
        place = Place(id_, t.text("name"), t.texts("words"))
        for other in places.values():
            for word in sorted(set(place.words) & set(other.words)):
                raise t.fail("words", f"words that no other place has, and {word!r} means {other.id} too")
        t.done()
        places[id_] = place
    return places


def _source(id_: str, t: Table) -> Source:
    source = Source(
        id=id_,
        issuer=t.text("issuer"),
        title=t.text("title"),
        title_zh=t.text("title_zh"),
        kind=t.one_of("kind", SourceKind),
        dated=_required(t, "date"),
        checked_on=_required(t, "checked_on"),
        read_at=t.text("read_at"),
        seen=t.text("seen", ""),
    )
    t.done()
    return source


def _required(t: Table, key: str) -> Any:
    return t.day(key)


def _new(t: Table, id_: str, taken: Mapping[str, object]) -> str:
    """An id that is not taken yet."""
    if id_ in taken:
        raise t.fail("id", f"a new id, {id_} is taken")
    return id_


class _Reader:
    """Reads instruments, duties, notes and forms against the facts and sources already known."""

    def __init__(
        self, facts: Mapping[str, Question], sources: Mapping[str, Source], places: Mapping[str, Place]
    ) -> None:
        self._facts = facts
        self._sources = sources
        self._places = places
        self.instruments: dict[str, Instrument] = {}
        self.duties: dict[str, Duty] = {}
        self.notes: dict[str, Note] = {}
        self.forms: dict[str, Form] = {}
        self._named: list[tuple[Table, str, str, Mapping[str, object]]] = []

    def resolve(self) -> None:
        """Refuses a name of something that no file has."""
        for t, key, name, known in self._named:
            if name and name not in known:
                raise t.fail(key, f"one of {', '.join(known)}, not {name!r}")

    def read(self, table: Table) -> None:
        for id_, t in table.named("instrument"):
            self.instruments[_new(t, id_, self.instruments)] = self._instrument(id_, t)
        for t in table.tables("duty"):
            duty = self._duty(t)
            self.duties[_new(t, duty.id, self.duties)] = duty
        for t in table.tables("note"):
            note = self._note(t)
            self.notes[_new(t, note.id, self.notes)] = note
        for id_, t in table.named("form"):
            self.forms[_new(t, id_, self.forms)] = self._form(id_, t)
        table.done()

    def _sources_of(self, t: Table) -> tuple[str, ...]:
        named = t.texts("sources")
        if not named:
            raise t.fail("sources", "at least one source")
        for id_ in named:
            self._source(t, "sources", id_)
        return named

    def _source(self, t: Table, key: str, id_: str) -> str:
        if id_ not in self._sources:
            raise t.fail(key, f"the id of a [source], not {id_!r}")
        return id_

    def _instrument(self, id_: str, t: Table) -> Instrument:
        instrument = read_instrument(id_, t, self._sources_of(t))
        self._named.append((t, "place", instrument.place, self._places))
        self._named.append((t, "superseded_by", instrument.superseded_by, self.instruments))
        return instrument

    def _duty(self, t: Table) -> Duty:
        id_ = t.text("id")
        instrument = id_.partition("/")[0]
        if instrument not in self.instruments:
            raise t.fail("id", f"an instrument of this file before the '/', not {instrument!r}")
        duty = Duty(
            id=id_,
            instrument=instrument,
            title=t.text("title"),
            asks=t.text("asks"),
            kind=t.one_of("kind", DutyKind),
            addressee=t.one_of("addressee", Addressee),
            when=read_condition(t.table("when"), self._facts),
            sources=self._sources_of(t),
            passage=t.text("passage", ""),
            form=t.text("form", ""),
            deadlines=tuple(self._deadline(d) for d in t.tables("deadline")),
            documents=tuple(self._document(d) for d in t.tables("document")),
            measures=t.text("measures", ""),
            where=t.text("where", ""),
            reading=t.text("reading", ""),
            notes=t.texts("notes"),
        )
        if not duty.passage and not all(leaf.passage for leaf in leaves(duty.when)):
            raise t.fail("passage", "where the source has it, or else a passage in every condition")
        self._named.append((t, "form", duty.form, self.forms))
        t.done()
        return duty

    def _document(self, t: Table) -> tuple[str, Any]:
        when = read_condition(t.table("when"), self._facts) if t.has("when") else Truth.TRUE
        text = t.text("text")
        t.done()
        return text, when

    def _deadline(self, t: Table) -> Deadline:
        on, days = t.day("on", required=False), t.whole("days") if t.has("days") else None
        if (on is None) == (days is None):
            raise t.fail("on", "either on (a date) or days (after the event)")
        deadline = Deadline(
            for_=t.one_of("for", DeadlineFor),
            rule=t.text("rule", slots=("on",) if on else ("n",)),
            source=self._source(t, "source", t.text("source")),
            on=on,
            days=days,
            count_to=t.day("count_to", required=False),
        )
        t.done()
        return deadline

    def _note(self, t: Table) -> Note:
        note = Note(
            id=t.text("id"),
            text=t.text("text"),
            sources=self._sources_of(t),
            when=read_condition(t.table("when"), self._facts) if t.has("when") else Truth.TRUE,
            from_=t.day("from", required=False),
        )
        t.done()
        return note

    def _form(self, id_: str, t: Table) -> Form:
        form = Form(
            id=id_,
            title=t.text("title"),
            office=t.text("office"),
            fields=tuple(read_field(f, self._facts, self._sources) for f in t.tables("field")),
            requires=t.texts("requires"),
            asks=t.texts("asks"),
        )
        ids = [field.question.id for field in form.fields]
        if len(set(ids)) < len(ids):
            raise t.fail("field", "different ids")
        for key, named in (("requires", form.requires), ("asks", form.asks)):
            for fact in named:
                if fact not in self._facts:
                    raise t.fail(key, f"facts, not {fact!r}")
        t.done()
        return form
