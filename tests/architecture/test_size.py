from __future__ import annotations

import ast
import statistics

from tests.architecture.sources import PACKAGES, modules, where

LONGEST_MODULE = 300
LONGEST_FUNCTION = 39
MEDIAN_MODULE = 100


def function_lengths(source: str) -> dict[str, int]:
    """Lines of each function, from its `def` to its last line, docstring included."""
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {
        f"{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions
    }


def module_lengths(*packages: str) -> dict[str, int]:
    """Lines of each module."""
    return {where(path): len(path.read_text().splitlines()) for path in modules(*packages)}


def test_modules_are_short() -> None:
    """No module, and no test module, is longer than a person reads in one go."""
    lengths = module_lengths(*PACKAGES, "tests")
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_most_modules_are_very_short() -> None:
    """Half of the modules fit on two screens."""
    assert statistics.median(module_lengths(*PACKAGES).values()) < MEDIAN_MODULE


def test_functions_are_short() -> None:
    """No function outgrows a screen."""
    lengths = {
        f"{where(path)}:{name}": lines
        for path in modules(*PACKAGES)
        for name, lines in function_lengths(path.read_text()).items()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_lengths_count_every_line_of_methods_too() -> None:
    """The ruler itself: a method inside a class counts from its `def` to its end."""
    source = (
        "class A:\n    async def b(self):\n        '''Doc.'''\n\n        return (\n            1\n        )\n"
    )
    assert function_lengths(source) == {"2 b": 6}
