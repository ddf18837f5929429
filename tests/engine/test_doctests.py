"""Every example in the engine's docstrings holds."""

import doctest
import importlib
from pathlib import Path

import pytest

ENGINE = Path(__file__).resolve().parents[2] / "engine"
MODULES = sorted(path.stem for path in ENGINE.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"engine.{name}"))
    assert result.attempted, f"engine/{name}.py has no example"
    assert not result.failed


def test_engine_needs_no_odoo():
    for path in ENGINE.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("import odoo", "from odoo", "from .")), f"{path.name}: {line}"
