"""The code as syntax trees, for rules that imports cannot show."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ina"


def files(pattern: str = "**/*.py", *, migrations: bool = False) -> list[Path]:
    """Files of the application below ``ina``."""
    found = sorted(PACKAGE.glob(pattern))
    return [file for file in found if migrations or "migrations" not in file.parts]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def chain(node: ast.expr) -> list[str]:
    """The names of ``a.b.c(…).d`` from left to right, calls left out; [] for what begins with anything else."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Name):
            return [node.id, *reversed(names)]
        else:
            return list(reversed(names))


def where(file: Path, node: ast.AST) -> str:
    return f"{name_of(file)}:{getattr(node, 'lineno', 0)}"


def load_operations() -> dict:
    """All operations by name, from every module that has any."""
    from ina.base.operation import registry

    for file in files():
        if "\n@operation(" not in file.read_text():
            continue
        importlib.import_module(name_of(file).removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    return registry


def spoken(file: Path) -> Iterator[ast.Constant]:
    """Texts in the code that are no docstrings."""
    silent = {
        id(node.value)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node
