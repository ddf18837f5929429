"""Every example in the docstrings of the reader of office files holds, and it needs no Odoo."""

import doctest
import importlib
from pathlib import Path

import pytest

OFFICE = Path(__file__).resolve().parents[2] / "office"
MODULES = sorted(path.stem for path in OFFICE.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert not doctest.testmod(importlib.import_module(f"office.{name}")).failed


def test_office_needs_no_odoo():
    for path in OFFICE.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("import odoo", "from odoo")), f"{path.name}: {line}"
