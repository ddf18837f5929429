"""Every example in the engine's docstrings holds."""

import doctest
import importlib
import subprocess
import sys
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
            assert not line.startswith(("import odoo", "from odoo")), f"{path.name}: {line}"


def test_each_module_runs_alone():
    for name in MODULES:
        command = [sys.executable, "-m", "doctest", f"engine/{name}.py"]
        result = subprocess.run(command, cwd=ENGINE.parent, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
