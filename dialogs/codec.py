"""Conversations and messages to plain JSON values and back.

Tagged by class name, defaults left out, so a field added later reads old states without a migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from dialogs import conversation, filing, messages, office, reminder
from dialogs.rules import statement, values

_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for module in (conversation, filing, messages, office, reminder, statement, values)
    for cls in vars(module).values()
    if isinstance(cls, type) and cls.__module__ == module.__name__
}


def _defaults(cls: type) -> dict[str, Any]:
    """Each field's default, or MISSING."""
    return {
        f.name: f.default_factory() if f.default_factory is not MISSING else f.default for f in fields(cls)
    }


_FIELDS: dict[type, dict[str, Any]] = {cls: _defaults(cls) for cls in _CLASSES.values() if is_dataclass(cls)}


def encode(value: object) -> Any:
    """JSON values for a conversation, a message or any part of one. Raises TypeError for anything else."""
    if isinstance(value, Enum):
        return {"_": type(value).__name__, "v": value.value}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return {"_": "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {"_": "date", "v": value.isoformat()}
    cls = type(value)
    if cls not in _FIELDS:
        raise TypeError(f"{cls.__name__} is not part of a conversation")
    packed = {"_": cls.__name__}
    for name, default in _FIELDS[cls].items():
        item = getattr(value, name)
        if item != default:
            packed[name] = encode(item)
    return packed


def decode(value: Any) -> Any:
    """What `encode` was given. Raises KeyError for a class that is no longer known."""
    if isinstance(value, list):
        return tuple(decode(item) for item in value)
    if not isinstance(value, dict):
        return value
    tag = value.get("_")
    if tag is None:
        return {key: decode(item) for key, item in value.items()}
    if tag == "datetime":
        return datetime.fromisoformat(value["v"])
    if tag == "date":
        return date.fromisoformat(value["v"])
    cls = _CLASSES[tag]
    if issubclass(cls, Enum):
        return cls(value["v"])
    return cls(**{key: decode(item) for key, item in value.items() if key != "_"})
