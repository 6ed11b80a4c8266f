"""Reading one TOML table strictly: every key expected, every mistake named by file and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args


class RulebookError(Exception):
    """A rulebook file says something that cannot be understood: 'file: key: what was expected'."""


class Table:
    """A TOML table being read: the whole `file`, or the table at `path` in it.

    `done` refuses keys that nobody asked for.
    """

    def __init__(self, data: Any, file: str, path: str = "") -> None:
        if not isinstance(data, dict):
            raise RulebookError(f"{file}: {path}: expected a table")
        self._data: dict[str, Any] = data
        self._left = set(data)
        self._file = file
        self._path = path

    def fail(self, key: str, expected: str) -> RulebookError:
        """The error for one key of this table."""
        return RulebookError(f"{self._file}: {self._to(key)}: expected {expected}")

    def _to(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def raw(self, key: str, default: Any = None) -> Any:
        """The value as TOML has it."""
        self._left.discard(key)
        return self._data.get(key, default)

    def text(self, key: str, default: str | None = None, *, slots: tuple[str, ...] = ()) -> str:
        """A text that is not empty; without a default it must be there. `slots` are those filled in it."""
        value = self.raw(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.fail(key, "a text")
        return self._filled(key, value, slots)

    def _filled(self, key: str, value: str, slots: tuple[str, ...]) -> str:
        """The text itself, if no owner would be shown a slot of it unfilled."""
        named = [f"{{{slot}}}" for slot in slots]
        rest = value
        for slot in named:
            rest = rest.replace(slot, "")
        if "{" in rest or "}" in rest:
            only = f"no slot but {' and '.join(named)}" if named else "no slot"
            raise self.fail(key, f"{only} in {value!r}")
        return value

    def one_of(self, key: str, kinds: Any, default: str | None = None) -> Any:
        """One of a Literal's words."""
        value = self.raw(key, default)
        if value not in get_args(kinds):
            raise self.fail(key, f"one of {', '.join(get_args(kinds))}, not {value!r}")
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A TOML date."""
        value = self.raw(key)
        if (value is None and required) or (value is not None and type(value) is not date):
            raise self.fail(key, "a date such as 2017-07-14")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.raw(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, "true or false")
        return value

    def whole(self, key: str) -> int:
        """A whole number, zero or more."""
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fail(key, "a whole number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one; nothing for an empty list."""
        value = self.raw(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) and item for item in listed):
            raise self.fail(key, "a list of texts")
        return tuple(self._filled(key, item, ()) for item in listed)

    def table(self, key: str) -> Table:
        """A table that must be there."""
        return Table(self.raw(key), self._file, self._to(key))

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array, in order."""
        listed = self.raw(key, [])
        if not isinstance(listed, list):
            raise self.fail(key, f"an array of tables, [[{key}]]")
        for place, item in enumerate(listed, 1):
            name = item.get("id", place) if isinstance(item, dict) else place
            yield Table(item, self._file, f"{self._to(key)}[{name}]")

    def named(self, key: str) -> Iterator[tuple[str, Table]]:
        """The tables [key.name], by name."""
        mapping: Mapping[str, Any] = self.raw(key, {})
        if not isinstance(mapping, dict):
            raise self.fail(key, f"tables [{key}.name]")
        for name, item in mapping.items():
            yield name, Table(item, self._file, f"{self._to(key)}.{name}")

    def done(self) -> None:
        """Raises RulebookError for a key that nothing reads."""
        for key in sorted(self._left):
            raise RulebookError(f"{self._file}: {self._to(key)}: unknown key")
