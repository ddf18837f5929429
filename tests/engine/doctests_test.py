"""Every example in the docstrings of engine/ and printing/ holds, and neither needs Odoo."""

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
MODULES = [
    module.name
    for folder in ("engine", "printing")
    for module in pkgutil.walk_packages([str(TOP / folder)], f"{folder}.")
]
WITHOUT_EXAMPLES = {"engine.eligibility", "printing.pagination"}


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(name))
    assert bool(result.attempted) != (name in WITHOUT_EXAMPLES), f"examples of {name}"
    assert not result.failed


def test_neither_needs_odoo():
    for folder in ("engine", "printing"):
        for path in (TOP / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not [name for name in names if name.split(".")[0] == "odoo"], path
