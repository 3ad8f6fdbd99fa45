"""No room of the house gets crowded: modules, functions and argument lists stay small."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 50
ARGUMENTS = 6

LARGER: dict[str, str] = {
    "cli/brief.py::brief": "each argument is an option that its user types",
    "cli/case_draft.py::draft": "each argument is an option that its user types",
    "cli/sweep.py::sweep": "each argument is an option that its user types",
    "search/kernel.py": "a compiled function is kept by the date of its own file: all are in one",
    "record/store.py": "one class is the door to a record: each method is one thing to do with it",
    "game/solve.py::_told": "names every field of a solution once",
}
"""What may be larger, and why."""


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring: explaining more must not cost code."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, tuple[str, ast.AST]]:
    source = root / "src" / "foedus"
    texts = {str(p.relative_to(source)): p.read_text("utf-8") for p in sorted(source.rglob("*.py"))}
    return {name: (text, ast.parse(text)) for name, text in texts.items()}


def test_modules_are_small(modules: dict[str, tuple[str, ast.AST]]) -> None:
    sizes = {name: text.count("\n") for name, (text, _) in modules.items()}
    assert {n: s for n, s in sizes.items() if s > MODULE_LINES and n not in LARGER} == {}


def test_functions_fit_on_a_screen_and_take_few_arguments(
    modules: dict[str, tuple[str, ast.AST]],
) -> None:
    crowded = {}
    for name, (_, tree) in modules.items():
        for function in _functions(tree):
            arguments = len(function.args.posonlyargs) + len(function.args.args)
            arguments += len(function.args.kwonlyargs)
            if name.startswith("cli/") or name == "search/kernel.py":
                arguments = 0  # options that a user types; arrays that the compiler takes singly
            size = (_code_lines(function), arguments)
            if (size[0] > FUNCTION_LINES or size[1] > ARGUMENTS) and (
                f"{name}::{function.name}" not in LARGER
            ):
                crowded[f"{name}::{function.name}"] = size
    assert crowded == {}


def test_what_may_be_larger_is_there(modules: dict[str, tuple[str, ast.AST]]) -> None:
    known = {f"{n}::{f.name}" for n, (_, tree) in modules.items() for f in _functions(tree)}
    assert set(LARGER) <= known | set(modules)
