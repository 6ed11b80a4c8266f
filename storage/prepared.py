"""Statements written in SQLAlchemy Core, compiled once for each database, run with plain values.

SQLAlchemy would look each statement up in its cache on each use and look at each value; on the path of a turn
that costs more than the database does. So values are what the drivers take: text, whole numbers, bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Dialect, Text, bindparam, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias


class Prepared:
    """A statement, and its text for each database. `columns` are those an INSERT gets values for."""

    __slots__ = ("_columns", "_compiled", "_statement")

    def __init__(self, statement: ClauseElement, columns: Iterable[str] | None = None) -> None:
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def on(self, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
        """The text, and the constants it needs besides its parameters."""
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            constants = {name: value for name, value in compiled.params.items() if value is not None}
            found = self._compiled[dialect.name] = (str(compiled), constants)
        return found


class _Items(FunctionElement[Any]):
    """The items of a JSON list, as the rows of a table with one column, `value`."""

    name = "items"
    inherit_cache = True


@compiles(_Items, "sqlite")
def _sqlite_items(items: _Items, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(items.clauses, **options)})"


@compiles(_Items, "postgresql")
def _postgresql_items(items: _Items, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(items.clauses, **options)} AS json))"


def listed(parameter: str) -> TableValuedAlias:
    """The rows given by `parameter`, made by `rows`: however many, the statement's text stays the same."""
    return _Items(bindparam(parameter, type_=Text)).table_valued("value")


def nth(position: int) -> ColumnElement[str]:
    """The value at `position` of a row of `listed`, as text."""
    return literal_column(f"value ->> {position:d}", Text)


def rows(values: Iterable[tuple[str | int, ...]]) -> str:
    """`values` as a parameter for `listed`."""
    return orjson.dumps(list(values)).decode()
