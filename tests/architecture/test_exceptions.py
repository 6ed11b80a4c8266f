from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import PACKAGES, modules, where

BLIND = {"Exception", "BaseException"}


def blind_excepts(source: str) -> list[int]:
    """Lines of handlers that catch whatever comes."""
    handlers = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler)]
    return [handler.lineno for handler in handlers if catches_all(handler.type)]


def catches_all(caught: ast.expr | None) -> bool:
    """Whether the expression after `except` lets nothing through."""
    if isinstance(caught, ast.Tuple):
        return any(catches_all(one) for one in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in BLIND)


def test_three_places_catch_everything() -> None:
    """A turn, update or message that raises must not stop the others; nothing else does so."""
    found = [where(path) for path in modules(*PACKAGES) for _ in blind_excepts(path.read_text())]
    assert sorted(map(str, found)) == [
        "bot/channels/telegram/intake.py",
        "bot/runner.py",
        "bot/sending.py",
    ]


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException as error", " (OSError, Exception)"])
def test_blind_excepts_are_seen(caught: str) -> None:
    """Every spelling of a blind handler counts."""
    assert blind_excepts(f"try:\n    f()\nexcept{caught}:\n    g()\n") == [3]


def test_named_exceptions_are_let_through() -> None:
    """A handler that names what it expects does not count."""
    assert blind_excepts("try:\n    f()\nexcept (OSError, ValueError):\n    g()\n") == []
